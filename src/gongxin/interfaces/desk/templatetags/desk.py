"""Template filters of the desk: stored words of the state machine in the reader's language."""

from datetime import date, timedelta

from django import template
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.core.catalogue import Citation
from gongxin.core.lawbook import UnknownClass
from gongxin.engine.report.findings import cited
from gongxin.interfaces import clock
from gongxin.interfaces.desk.doubt_words import VERDICTS
from gongxin.interfaces.pages.reason_words import HELD
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.intake.models import Submission

register = template.Library()

ROW_STATES = {
    "open": _("waits"),
    "linked": _("linked"),
    "dismissed": _("dismissed"),
    "recalled": _("recalled"),
}


@register.filter
def class_name(class_id: str) -> str:
    try:
        found = active_class(class_id, on=clock.today())
    except UnknownClass:
        return class_id  # of an edition no longer in force
    return found.label.in_language(get_language() or "zh-hans")


@register.filter
def held_reason(reason: str) -> str | Promise:
    return HELD.get(reason, reason)


@register.filter
def only_lacks(form: BaseForm) -> bool:
    """Return whether nothing is wrong with a form but that something was left empty."""
    return all(fault.code == "required" for faults in form.errors.as_data().values() for fault in faults)


@register.filter
def cited_in_words(citation: Citation) -> str:
    return cited(citation, get_language() or "zh-hans")


@register.filter
def row_state(state: str) -> str | Promise:
    return ROW_STATES[state]


@register.filter
def verdict(stored: str) -> str | Promise:
    return VERDICTS[stored]


@register.filter
def refusal(submission: Submission) -> str:
    return submission.refusal_en if (get_language() or "").startswith("en") else submission.refusal_zh


@register.filter
def day_before(until: date) -> date:
    """Return the last day of an interval kept with the day after it."""
    return until - timedelta(days=1)
