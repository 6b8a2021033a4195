"""Whose platform this is, in the page's language: the settings about the institution."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from gongxin.interfaces.pages.wording import is_english


def identity_in_words() -> dict[str, Any]:
    """Return what a page's frame says of the institution."""
    language, known = get_language() or "", settings.IDENTITY
    return {
        "province": known.province.in_language(language),
        "site_name": known.site_name.in_language(language),
        "full_name": full_name(),
        "footer_text": known.footer.in_language(language),
        "office_address": known.address.in_language(language),
        "office_telephone": known.telephone,
        "icp": known.icp,
        "police_record": known.police_record,
        "police_number": known.police_number,
        "privacy_page": known.privacy,
        "accessibility_page": known.accessibility,
        "emblem": emblem_address(),
        "own_colours": known.palette is not None,
    }


def full_name() -> str:
    """Return the province and the name of its site, as a title says them."""
    language, known = get_language() or "", settings.IDENTITY
    names = (known.province.in_language(language), known.site_name.in_language(language))
    return (" " if is_english(language) else "").join(names)


def emblem_address() -> str:
    """Return where the emblem is; another picture is at another address, so that it may be kept long."""
    emblem = settings.IDENTITY.emblem
    return static("gongxin/mark.svg") if emblem is None else f"{reverse('site:emblem')}?{emblem.mark}"
