"""Why somebody opens a file beyond what the public sees: asked before, kept with the look."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.flows.looks import note_look
from gongxin.interfaces import clock
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.look_words import PURPOSES
from gongxin.interfaces.pages.wording import day_in_words
from gongxin.interfaces.permissions import looker_of

NEEDS_A_CASE = frozenset({"court", "review", "investigation"})


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose"),
        choices=[("", gettext_lazy("Choose")), *PURPOSES.items()],
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
            self.add_error(
                "case_number", _("A court's question, a review or an investigation has a number: give it.")
            )
        return told

    @property
    def purpose_in_words(self) -> str:
        return str(PURPOSES[self.cleaned_data["purpose"]])


def opened(request: HttpRequest, form: PurposeForm, subject_id: UUID, *, what: str) -> None:
    """Write down the look at a subject's file, and tell who looks whether the subject sees it at once."""
    purpose = form.cleaned_data["purpose"]
    until = note_look(
        looker=looker_of(request),
        subject_id=subject_id,
        purpose=f"{what}: {purpose}",
        case_number=form.cleaned_data["case_number"],
        at=clock.now(),
    )
    if until is not None:
        day = day_in_words(until, language=get_language())
        messages.info(request, _("This look is sealed: the subject sees it from %(day)s on.") % {"day": day})
    elif purpose == "investigation":
        messages.info(request, _("No seal stands under this case number: the subject may see this look now."))
