"""What may be done about a tip-off at the desk: one form for each act, each with the words it needs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Label
from gongxin.core.grounds import SHORTEST
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.tip_offs import FOUND, LONGEST_REASON, REWARDED, Act, State, channels, matters, refusals
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.tip_off_words import OUTCOMES
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agency_of_code
from gongxin.registry.tip_offs.models import TipOff

MOST_SUGGESTED = 30
MOST_YUAN = 1_000_000
CHOOSE = ("", gettext_lazy("Choose"))


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=SHORTEST,
        max_length=LONGEST_REASON,
        validators=[refuse_personal_number],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Say why."),
            "min_length": gettext_lazy("Say why in a few words."),
        },
    )


class ActForm(forms.Form):
    """A form of one act. Its prefix is the act's name, so that several stand on one page."""

    def __init__(self, *args: Any, tip_off: TipOff, **named: Any) -> None:
        super().__init__(*args, **named)
        self.tip_off = tip_off
        for name, choices in self.choices().items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared)
            field.choices = [CHOOSE, *choices]

    def choices(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        return {}


class SendForm(ActForm):
    agency = forms.ChoiceField(label=gettext_lazy("Agency that acts in such matters"), required=False)
    code = forms.CharField(
        label=gettext_lazy("Or the unified code of another agency"), required=False, max_length=18
    )

    def choices(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        return {"agency": [(one.code, one.name) for one in suggested(self.tip_off)]}

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        chosen, typed = told.get("agency", ""), normalise_code(told.get("code", ""))
        if bool(chosen) == bool(typed):
            self.add_error("agency", _("Choose an agency, or give the code of another; not both."))
            return told
        try:
            told["to"] = agency_of_code(chosen or typed)
        except UnknownAgency:
            self.add_error("code", _("No agency here has this code."))
        return told


class RouteOutForm(ActForm):
    channel = forms.ChoiceField(label=gettext_lazy("What it is about"))

    def choices(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        return {"channel": [(one.id, _said(one.label)) for one in channels().values()]}


class RefuseForm(ActForm):
    ground = forms.ChoiceField(label=gettext_lazy("Why it was not taken up"))

    def choices(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        return {"ground": [(key, _said(label)) for key, label in refusals().items()]}


class HandBackForm(ActForm):
    reason = _reason(gettext_lazy("Why another agency has to act"))


class AnswerForm(ActForm):
    outcome = forms.ChoiceField(label=gettext_lazy("What was found"))
    reason = _reason(gettext_lazy("Reasons, as whoever gave it will read them"))

    def choices(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        return {"outcome": [(one.value, OUTCOMES[one]) for one in FOUND]}


class AskAgainForm(ActForm):
    reason = _reason(gettext_lazy("What is still open"))


class RewardForm(ActForm):
    yuan = forms.IntegerField(label=gettext_lazy("Reward in yuan"), min_value=1, max_value=MOST_YUAN)
    reason = _reason(gettext_lazy("On what ground, and who decided"))


class CloseForm(ActForm):
    pass


FORMS: Mapping[Act, type[ActForm]] = {
    Act.SEND: SendForm,
    Act.ROUTE_OUT: RouteOutForm,
    Act.REFUSE: RefuseForm,
    Act.ANSWER: AnswerForm,
    Act.HAND_BACK: HandBackForm,
    Act.CLOSE: CloseForm,
    Act.REWARD: RewardForm,
    Act.ASK_AGAIN: AskAgainForm,
}
OF_THE_AGENCY = frozenset({Act.ANSWER, Act.HAND_BACK})
_POSSIBLE: Mapping[State, Sequence[Act]] = {
    State.GIVEN: (Act.SEND, Act.ROUTE_OUT, Act.REFUSE),
    State.SENT: (Act.ANSWER, Act.HAND_BACK),
    State.ANSWERED: (Act.CLOSE, Act.REWARD, Act.ASK_AGAIN),
    State.CLOSED: (),
}


def possible(tip_off: TipOff) -> list[Act]:
    """Return what may be done with it as it stands, by whoever may; the likeliest first."""
    acts = _POSSIBLE[State(tip_off.state)]
    return [one for one in acts if one is not Act.REWARD or tip_off.outcome in REWARDED]


def suggested(tip_off: TipOff) -> list[Agency]:
    """Return the agencies that act in such matters by their names, those nearest to the firm first."""
    matter = matters().get(tip_off.matter)
    about = tip_off.about
    region = about.subject.region if about is not None else ""
    found = [
        agency
        for part in (matter.named if matter else ())
        for agency in Agency.objects.filter(successor=None, name__contains=part)
    ]
    nearest = sorted(dict.fromkeys(found), key=lambda one: (-_alike(one.region, region), one.name))
    return nearest[:MOST_SUGGESTED]


def _alike(one: str, other: str) -> int:
    """Return how many digits two regions begin alike with: the more, the nearer."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _said(label: Label) -> str:
    return label.in_language(get_language() or "")
