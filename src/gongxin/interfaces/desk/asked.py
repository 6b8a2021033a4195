"""One check at the desk: the answer to print and hand over, how it changed, and what was done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core import jws
from gongxin.core.measures import all_rules, matters
from gongxin.flows.acknowledge_change import NothingChanged, acknowledge
from gongxin.flows.say_done import (
    APPLIED,
    GRANTED,
    LONGEST_NOTE,
    NOT_APPLIED,
    Done,
    NotThatDay,
    rules_named,
    say_done,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.asking import reach
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import answer_words, kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.shares import in_page_language
from gongxin.interfaces.permissions import actor_of, allowed, permit, requires
from gongxin.registry.checks.models import Check
from gongxin.registry.checks.queries import (
    ChangeOf,
    NoSuchCheck,
    changes_of_check,
    check_of,
    feedback_of,
    unacknowledged,
)

SHOWN = 200
DONE = {
    APPLIED: gettext_lazy("Applied"),
    NOT_APPLIED: gettext_lazy("Not applied"),
    GRANTED: gettext_lazy("Granted"),
}


class DoneForm(forms.Form):
    """What was in fact done because of an answer."""

    done = forms.ChoiceField(
        label=gettext_lazy("What was done"),
        choices=[("", gettext_lazy("Choose")), *DONE.items()],
        error_messages={"required": gettext_lazy("Say what was done.")},
    )
    rule = forms.ChoiceField(label=gettext_lazy("By which measure"), required=False)
    done_on = forms.DateField(
        label=gettext_lazy("On which day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Give the day."), "invalid": gettext_lazy("Give a day.")},
    )
    note = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_personal_number],
    )
    public = forms.BooleanField(
        label=gettext_lazy("It may be told to everybody as a case, with the organisation's name"),
        required=False,
    )

    def __init__(self, *args: Any, check: Check, **named: Any) -> None:
        super().__init__(*args, **named)
        labels = {one.id: in_page_language(one.measure.label) for one in all_rules()}
        rules = [(one, labels.get(one, one)) for one in sorted(rules_named(check))]
        self.fields["rule"].choices = [("", _("None of them")), *rules]  # type: ignore[attr-defined]


@requires("check.read", signed_out=kept_form.signed_out)
def check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """Show one check; acknowledge its change, or say what was done."""
    found = _in_reach(request, check_id)
    act, typed = request.POST.get("act", ""), kept_form.taken(request)
    initial = {"done_on": clock.today(), **(typed.dict() if typed else {})}
    form = DoneForm(request.POST if act == "done" else None, initial=initial, check=found)
    if act == "acknowledge":
        return _acknowledged(request, found)
    if act == "done" and _said(request, found, form):
        return redirect("desk:check", found.id)
    return desk_page(
        request, "desk/check.html", _context(request, found, form), status=422 if form.errors else 200
    )


@requires("check.read")
def changes(request: HttpRequest) -> HttpResponse:
    """List the answers that changed and that nobody has acknowledged, the newest first."""
    found = unacknowledged(agency_ids=reach(request), limit=SHOWN)
    context = {
        "section": "checks",
        "changes": [_change(one) for one in found],
        "may_acknowledge": allowed(request, action="check.acknowledge"),
    }
    return desk_page(request, "desk/answer_changes.html", context)


def _change(one: ChangeOf) -> dict[str, Any]:
    check, changed = one
    return {
        "check": check,
        "changed": changed,
        "answer": answer_words.shown(jws.payload_of(changed.signed)),
        "before": answer_words.verdict_in_words(check.verdict),
        "after": answer_words.verdict_in_words(changed.verdict),
    }


def _in_reach(request: HttpRequest, check_id: UUID) -> Check:
    try:
        return check_of(check_id, agency_ids=reach(request))
    except NoSuchCheck as unknown:
        raise Http404 from unknown


def _acknowledged(request: HttpRequest, found: Check) -> HttpResponse:
    permit(request, action="check.acknowledge")
    try:
        acknowledge(
            found, actor=actor_of(request), at=clock.now(), change_id=UUID(request.POST.get("change", ""))
        )
    except (NothingChanged, ValueError) as unknown:
        raise Http404 from unknown
    messages.success(request, _("Acknowledged: you have read what holds now."))
    return redirect("desk:check", found.id)


def _said(request: HttpRequest, found: Check, form: DoneForm) -> bool:
    permit(request, action="check.say-done")
    if not form.is_valid():
        return False
    told = form.cleaned_data
    said = Done(
        done=told["done"], done_on=told["done_on"], rule=told["rule"], note=told["note"].strip(),
        public=told["public"],
    )  # fmt: skip
    try:
        say_done(found, said, actor=actor_of(request), at=clock.now())
    except NotThatDay:
        form.add_error("done_on", _("The day lies ahead, or before the question was asked."))
        return False
    messages.success(request, _("Noted what was done."))
    return True


def _context(request: HttpRequest, found: Check, form: DoneForm) -> dict[str, Any]:
    changes = changes_of_check(found)
    last: Sequence[Any] = changes[-1:]
    signed = last[0].signed if last else found.signed
    answer = answer_words.shown(jws.payload_of(signed))
    at = clock.now()
    return {
        "section": "checks",
        "check": found,
        "matter": in_page_language(matters()[found.matter].label),
        "answer": answer,
        "signed": signed,
        "holds": at <= answer.valid_until,
        "changed": last[0] if last else None,
        "before": answer_words.verdict_in_words(found.verdict),
        "feedback": [(one, DONE[one.done]) for one in feedback_of(found)],
        "form": form,
        "may_acknowledge": allowed(request, action="check.acknowledge"),
        "may_say": allowed(request, action="check.say-done"),
    }
