"""What a subject is, in words: its database, and the schemes of its identifiers."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.demonstration.places import fictional_region
from gongxin.core.regions import Region, region
from gongxin.interfaces.pages.wording import is_english

DATABASES: dict[str, Promise] = {
    "legal-person": _("Legal person"),
    "other-organisation": _("Other organisation"),
    "natural-person": _("Licensed professional"),
}
SCHEMES: dict[str, Promise] = {
    "unified": _("Unified social credit code"),
    "registration": _("Registration number"),
    "organisation": _("Organisation code"),
}


def identifiers_in_words(identifiers: Iterable[tuple[str, str]]) -> Iterator[tuple[Promise, str]]:
    """Yield the identifiers a reader can use, in the order of `SCHEMES`; a licence's scheme is not one."""
    for scheme, words in SCHEMES.items():
        yield from ((words, value) for known, value in identifiers if known == scheme)


def known_region(code: str) -> Region | None:
    """Return the division with this code, one of the demonstration province included."""
    return region(code) or fictional_region(code)


@lru_cache(maxsize=4096)
def region_in_words(code: str, *, language: str) -> str:
    """Return a division with those it lies in; nothing for a code no division bears today."""
    names: list[str] = []
    while (found := known_region(code)) is not None:
        names.append(found.label.in_language(language))
        code = found.parent
    return ", ".join(names) if is_english(language) else "".join(reversed(names))
