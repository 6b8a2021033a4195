"""What an officer says of a succession, and whom and what it would name on two public pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.disclosure import Audience
from gongxin.flows.succeed_subject import ENDS_THE_PREDECESSOR
from gongxin.interfaces.desk.code_of_other import subject_under
from gongxin.interfaces.desk.ground import GroundForm
from gongxin.interfaces.pages.subject_words import DEREGISTERED, SUCCESSIONS, registration_state
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import Profile, profiles

CHOOSE = ("", _("Choose"))


class SuccessionForm(GroundForm):
    """Nothing is chosen beforehand: what is said here is said in public."""

    role = forms.ChoiceField(
        label=_("The other is"),
        choices=[CHOOSE, ("successor", _("its successor")), ("predecessor", _("its predecessor"))],
        error_messages={"required": _("Say which of the two took over.")},
    )
    code = forms.CharField(label=_("Code of the other"), max_length=40)
    kind = forms.ChoiceField(
        label=_("How"),
        choices=[CHOOSE, *SUCCESSIONS.items()],
        error_messages={"required": _("Say how it came about.")},
    )
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"placeholder": "2026-11-20"}))
    field_order = ("role", "code", "kind", "on", "ground")

    def clean_code(self) -> UUID:
        """Return the subject of the code."""
        return subject_under(self.cleaned_data["code"])


@dataclass(frozen=True, slots=True)
class Proposed:
    """A succession about to be recorded, with all that its two pages would say of it."""

    predecessor: Profile
    successor: Profile
    kind: str
    on: date
    ground: str

    @property
    def kind_in_words(self) -> Promise:
        return SUCCESSIONS[self.kind]

    @property
    def mark(self) -> str:
        """What a confirmation answers: for other firms, another kind or day it has to be asked anew."""
        pair = f"{self.predecessor.subject_id.hex}.{self.successor.subject_id.hex}"
        return f"{pair}.{self.kind}.{self.on.isoformat()}"

    def still_exists(self, *, at: datetime) -> str:
        """Return the registration state of a predecessor that should be no more and, by it, still is."""
        if self.kind not in ENDS_THE_PREDECESSOR:
            return ""
        one = self.predecessor
        views = records_of(one.subject_id, audience=Audience.PUBLIC, at=at, known=one)
        state = registration_state(views)
        return "" if state in DEREGISTERED else state


def proposed(form: SuccessionForm, known: Profile, *, at: datetime) -> Proposed:
    """Return what a valid form says, with both as they are known at `at`."""
    told: dict[str, Any] = form.cleaned_data
    both = profiles([known.subject_id, told["code"]], at=at)
    pair = (both[known.subject_id], both[told["code"]])
    predecessor, successor = pair if told["role"] == "successor" else pair[::-1]
    return Proposed(predecessor, successor, told["kind"], told["on"], told["ground"])
