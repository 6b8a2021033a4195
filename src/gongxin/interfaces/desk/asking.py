"""Asking a check at the desk: one subject or thirty bidders, on one matter, as of now or of the past."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.checks import MomentAhead, Question
from gongxin.core.checks.questions import LONGEST_CASE_NUMBER, LONGEST_PURPOSE
from gongxin.core.legal_day import SHANGHAI
from gongxin.core.measures import matters
from gongxin.flows.check_subject import Answer, AskedOtherwise, ask_many
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import answer_words, kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.shares import in_page_language
from gongxin.interfaces.permissions import agency_bound, allowed, looker_of, permit, requires
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.checks.keys import NoSigningKey
from gongxin.registry.checks.queries import asked_lately, unacknowledged

MOST_SUBJECTS, LATELY, LONGEST_CODE = 100, 20, 40


class AskForm(forms.Form):
    """Codes, one a line; the matter; the moment, now where none is given; why, and in which case."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    codes = forms.CharField(
        label=gettext_lazy("Codes, one a line"),
        max_length=MOST_SUBJECTS * LONGEST_CODE,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give a unified code, or several, one a line.")},
    )
    matter = forms.ChoiceField(
        label=gettext_lazy("Matter of the check"),
        error_messages={"required": gettext_lazy("Say on which matter.")},
    )
    moment = forms.CharField(
        label=gettext_lazy("As of when"),
        required=False,
        max_length=40,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=LONGEST_PURPOSE,
        validators=[refuse_personal_number],
        error_messages={"required": gettext_lazy("Say what for; the subject reads it.")},
    )
    case_number = forms.CharField(
        label=gettext_lazy("Number of your case"),
        max_length=LONGEST_CASE_NUMBER,
        validators=[refuse_personal_number],
        error_messages={"required": gettext_lazy("Give the number of the case you decide.")},
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(one.id, in_page_language(one.label)) for one in matters().values()]
        self.fields["matter"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]

    def clean_codes(self) -> list[str]:
        """Return each code once, in the order written."""
        lines = (line.strip() for line in self.cleaned_data["codes"].splitlines())
        codes = list(dict.fromkeys(line for line in lines if line))
        if not codes:
            raise forms.ValidationError(_("Give a unified code, or several, one a line."))
        if len(codes) > MOST_SUBJECTS:
            raise forms.ValidationError(
                _("At most %(most)s at once. The centre screens larger files.") % {"most": MOST_SUBJECTS}
            )
        return codes

    def clean_moment(self) -> datetime | None:
        """Return the instant meant, by Beijing time; None for now."""
        text = self.cleaned_data["moment"].strip()
        if not text:
            return None
        try:
            read = datetime.fromisoformat(text)
            return (read if read.tzinfo else read.replace(tzinfo=SHANGHAI)).astimezone(UTC)
        except (ValueError, OverflowError) as unreadable:
            raise forms.ValidationError(
                _("Write day and time as 2026-11-23 09:30, or leave it empty for now.")
            ) from unreadable

    def questions(self, now: datetime) -> Sequence[Question]:
        """Return the questions, each with a key of its own, so that a form sent twice asks once."""
        told = self.cleaned_data
        return [
            Question(
                code=code, matter=told["matter"], moment=told["moment"] or now, purpose=told["purpose"],
                case_number=told["case_number"], request_key=f"desk\n{told['form_id']}\n{place}",
            )
            for place, code in enumerate(told["codes"])
        ]  # fmt: skip


@requires("check.read", signed_out=kept_form.signed_out)
def checks(request: HttpRequest) -> HttpResponse:
    """Ask; a single answer leads to its own page, several stand in one table. Shows what was asked lately."""
    typed = kept_form.taken(request)
    initial = {"form_id": uuid4(), **(typed.dict() if typed else {})}
    form = AskForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        permit(request, action="check.ask")
        answers = _answers(request, form)
        if len(answers) == 1 and answers[0].told["subject"] is not None:
            return redirect("desk:check", answers[0].told["id"])
        if answers:
            return _answered(request, answers, form)
    return desk_page(request, "desk/checks.html", _context(request, form), status=422 if form.errors else 200)


def _answers(request: HttpRequest, form: AskForm) -> Sequence[Answer]:
    if not form.is_valid():
        return []
    at = clock.now()
    try:
        return ask_many(form.questions(at), looker=looker_of(request), at=at)
    except MomentAhead:
        form.add_error("moment", _("This lies ahead: nobody can be told today what will hold then."))
    except AskedOtherwise:
        form.add_error(
            None, _("This form was sent before with other words. Open the page anew and ask again.")
        )
    except NoSigningKey:
        form.add_error(None, _("No key signs answers, so nothing can be answered. Tell the operator."))
    return []


def _answered(request: HttpRequest, answers: Sequence[Answer], form: AskForm) -> HttpResponse:
    told = form.cleaned_data
    context = {
        "section": "checks",
        "rows": [
            (code, answer_words.shown(one.told)) for code, one in zip(told["codes"], answers, strict=True)
        ],
        "purpose": told["purpose"],
        "case_number": told["case_number"],
    }
    return desk_page(request, "desk/checks_answered.html", context)


def _context(request: HttpRequest, form: AskForm) -> dict[str, Any]:
    agency_ids = reach(request)
    return {
        "section": "checks",
        "form": form,
        "may_ask": allowed(request, action="check.ask"),
        "lately": [
            (one, in_page_language(matters()[one.matter].label), answer_words.verdict_in_words(one.verdict))
            for one in asked_lately(agency_ids=agency_ids, limit=LATELY)
        ],
        "changed": len(unacknowledged(agency_ids=agency_ids, limit=MOST_SUBJECTS)),
    }


def reach(request: HttpRequest) -> set[UUID] | None:
    """Return the bodies whose checks this person may read, None for all."""
    own = agency_bound(request, action="check.read")
    return None if own is None else agencies_under(own)
