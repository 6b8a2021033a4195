"""Why somebody opens a file beyond what the public sees: asked before, kept with the look."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.flows.looks import note_look
from gongxin.interfaces import clock
from gongxin.interfaces.desk.free_text import refuse_personal_number
from gongxin.interfaces.permissions import actor_of

PURPOSES = [
    ("", gettext_lazy("Choose")),
    ("court", gettext_lazy("A court asks for it")),
    ("review", gettext_lazy("Administrative review or suit")),
    ("objection", gettext_lazy("An objection or a repair is examined")),
    ("audit", gettext_lazy("Audit")),
    ("supervision", gettext_lazy("Inspection of how records are kept")),
]
NEEDS_A_CASE = frozenset({"court", "review"})


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose"),
        choices=PURPOSES,
        error_messages={"required": gettext_lazy("Say for what purpose.")},
    )
    case_number = forms.CharField(
        label=gettext_lazy("Case number"),
        max_length=60,
        required=False,
        validators=[refuse_personal_number],
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a case number where somebody outside the house asks."""
        told = self.cleaned_data
        if told.get("purpose") in NEEDS_A_CASE and told.get("case_number") == "":
            self.add_error("case_number", _("A court's question or a review has a number: give it."))
        return told

    @property
    def purpose_in_words(self) -> str:
        return str(dict(PURPOSES)[self.cleaned_data["purpose"]])


def opened(request: HttpRequest, form: PurposeForm, subject_id: UUID, *, what: str) -> None:
    """Write down the look at a subject's file: who, whom, for what, under which case number."""
    note_look(
        actor=actor_of(request),
        subject_id=subject_id,
        purpose=f"{what}: {form.cleaned_data['purpose']}",
        case_number=form.cleaned_data["case_number"],
        at=clock.now(),
    )
