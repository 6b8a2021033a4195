"""What an officer says of a case: of which candidate, which verdict, on what ground."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.grounds import LONGEST, SHORTEST
from gongxin.interfaces.desk.doubt_words import GROUNDS, VERDICTS
from gongxin.interfaces.desk.ground import GroundForm
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=list(VERDICTS.items()),
        error_messages={"required": gettext_lazy("Say whether they are the same.")},
    )
    candidate = forms.UUIDField(label=gettext_lazy("Candidate"), required=False)
    suggested = forms.CharField(label=gettext_lazy("Ground"), max_length=LONGEST, required=False)
    ground = forms.CharField(
        label=gettext_lazy("In your own words"),
        min_length=SHORTEST,
        max_length=LONGEST,
        required=False,
        validators=[refuse_personal_number],
        error_messages={"min_length": gettext_lazy("Say why in a few words.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a ground: one of those suggested, one's own words, or both."""
        told = self.cleaned_data
        suggested = self._suggested(told.get("suggested", ""), told.get("verdict", ""))
        both = "；".join(words for words in (suggested, told.get("ground")) if words)
        if not both and not {"ground", "suggested"} & set(self.errors):
            self.add_error("ground", _("Say why."))
        told["why"] = both[:LONGEST]
        return told

    def _suggested(self, words: str, verdict: str) -> str:
        """Return a suggested ground if it goes with the verdict; a ground that contradicts it is refused."""
        of = next((key for key, grounds in GROUNDS.items() if words in map(str, grounds)), "")
        if of and verdict and of != verdict:
            told = {"ground": words, "theirs": VERDICTS[of], "verdict": VERDICTS[verdict]}
            self.add_error(
                "suggested",
                _(
                    "“%(ground)s” is a ground for “%(theirs)s”, not for “%(verdict)s”:"
                    " choose one that goes with it, or say why in your own words."
                )
                % told,
            )
        return words if of == verdict else ""

    @property
    def chosen(self) -> UUID | None:
        found: UUID | None = self.cleaned_data.get("candidate")
        return found


def decision_form(request: HttpRequest) -> DecisionForm:
    """Return the form as posted, or empty, or as it was typed before a session ended."""
    if request.method == "POST" and request.POST.get("act") == "decide":
        return DecisionForm(request.POST)
    typed = kept_form.taken(request)
    return DecisionForm(initial=dict(typed.items()) if typed is not None else {})


def second_form(request: HttpRequest) -> GroundForm:
    """Return the form of whoever confirms a merge or undoes something: its ground."""
    sent = request.method == "POST" and request.POST.get("act") in {"confirm", "undo"}
    return GroundForm(request.POST if sent else None)
