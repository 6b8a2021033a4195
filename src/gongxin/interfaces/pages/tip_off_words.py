"""How a tip-off stands, in words: for whoever gave it and for whoever works on it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.core.catalogue import Label
from gongxin.core.tip_offs import Outcome, State, channels, matters, refusals

STATES: Mapping[str, Promise] = {
    State.GIVEN: _("Waits for the credit centre to read it"),
    State.SENT: _("With the agency that acts"),
    State.ANSWERED: _("Answered by the agency, waits for the credit centre to close it"),
    State.CLOSED: _("Closed: nothing more is done"),
}
OUTCOMES: Mapping[str, Promise] = {
    Outcome.UPHELD: _("Found true"),
    Outcome.PARTLY_UPHELD: _("Found true in part"),
    Outcome.NOT_UPHELD: _("Not found true"),
    Outcome.ELSEWHERE: _("Does not belong here"),
    Outcome.REFUSED: _("Not taken up"),
}


def matter_in_words(matter: str) -> str:
    """Return the label of a matter; of one the law data no longer knows its code."""
    known = matters().get(matter)
    return _said(known.label) if known else matter


def channel_in_words(ground: str) -> str:
    known = channels().get(ground)
    return _said(known.channel) if known else ground


def refusal_in_words(ground: str) -> str:
    known = refusals().get(ground)
    return _said(known) if known else ground


def _said(label: Label) -> str:
    return label.in_language(get_language() or "")
