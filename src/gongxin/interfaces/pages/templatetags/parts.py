"""Parts that stand many times on one page, drawn without a template for each."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from gongxin.interfaces.pages.states import HasStates, states_of

register = template.Library()

ROW = "<div><dt>{}</dt><dd>{}</dd></div>\n"


@register.simple_tag
def summary_rows(facts: Iterable[tuple[str, str]]) -> SafeString:
    """Return the rows of a summary list, every name and value escaped."""
    return format_html_join("", ROW, facts)


@register.simple_tag
def state_tags(view: HasStates) -> SafeString:
    """Return the four tags of a record's state (`parts/state_tags.html`)."""
    return _drawn(get_language() or "", view.record, view.publication, view.dispute, view.repair)


class _States:
    def __init__(self, record: str, publication: str, dispute: str, repair: str) -> None:
        self.record, self.publication, self.dispute, self.repair = record, publication, dispute, repair


# There are a few hundred combinations at most, and a page shows the same one many times.
@lru_cache(maxsize=1024)
def _drawn(language: str, *values: str) -> SafeString:
    with override(language):
        return SafeString(render_to_string("parts/state_tags.html", {"states": states_of(_States(*values))}))
