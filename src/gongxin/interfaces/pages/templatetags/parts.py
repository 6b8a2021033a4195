"""Parts that stand many times on one page, drawn without a template for each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote, unquote, unquote_plus

from django import template
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.pages.states import HasStates, states_of

register = template.Library()
LONGEST_ADDRESS = 160


@register.simple_tag
def summary_rows(facts: Iterable[tuple[str, str]]) -> SafeString:
    """Return the rows of a summary list, every name and value escaped."""
    rows = (f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>\n" for name, value in facts)
    return SafeString("".join(rows))


@register.simple_tag
def state_tags(view: HasStates) -> SafeString:
    """Return the four tags of a record's state (`parts/state_tags.html`)."""
    return _drawn(get_language() or "", view.record, view.publication, view.dispute, view.repair)


@register.simple_tag(takes_context=True)
def here(context: Mapping[str, Any]) -> str:
    """Return the page's own address, quoted for a link; the front page's where it holds a person's number."""
    return quote(_address(context), safe="")


@register.simple_tag(takes_context=True)
def own_address(context: Mapping[str, Any]) -> str:
    """Return the page's own whole address as a person reads it, for paper."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return ""
    try:
        whole = f"{request.scheme}://{request.get_host()}{unquote(_address(context))}"
    except DisallowedHost:
        return ""  # the page that says so is drawn as well
    seen = "".join(sign for sign in whole if sign.isprintable())
    return seen if len(seen) <= LONGEST_ADDRESS else f"{seen[:LONGEST_ADDRESS]}…"


@register.simple_tag
def shown_at() -> datetime:
    """Return the moment at which the page is drawn."""
    return now()


def _address(context: Mapping[str, Any]) -> str:
    request = context.get("request")
    address = request.get_full_path() if isinstance(request, HttpRequest) else "/"
    return "/" if is_about_a_person(unquote_plus(address)) else address


class _States:
    def __init__(self, record: str, publication: str, dispute: str, repair: str) -> None:
        self.record, self.publication, self.dispute, self.repair = record, publication, dispute, repair


# There are a few hundred combinations at most, and a page shows the same one many times.
@lru_cache(maxsize=1024)
def _drawn(language: str, *values: str) -> SafeString:
    with override(language):
        return SafeString(render_to_string("parts/state_tags.html", {"states": states_of(_States(*values))}))
