"""The forms of a part of a case: what is decided and why, each point answered, its clock steered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.cases import Kind, Party, Step
from gongxin.core.cases.grounds import grounds_at
from gongxin.core.cases.kinds import act_label, button_label, limit_label
from gongxin.core.cases.points import ACCEPTED, LONGEST_SAID, REFUSED, REMOVE, Contested
from gongxin.core.cases.reasons import Template, basis_of, may_repeat, remedy_of, templates_of
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.flows.copied_reply import ANSWERS
from gongxin.interfaces.desk.days import refuse_far_day
from gongxin.interfaces.pages.case_refusals import MISSING, UNANSWERED
from gongxin.interfaces.pages.case_words import in_language
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agency_of_code
from gongxin.registry.cases.models import Part, Point
from gongxin.registry.cases.queries import opening_of

LONGEST_REASON, LONGEST_BASIS = 4000, 300
CHOOSE = ("", gettext_lazy("Choose"))
ANSWERED = frozenset({"uphold", "uphold-in-part", "refuse"})  # acts that answer what was contested
_CORRECTS = frozenset({"uphold", "uphold-in-part"})


def _text(label: Any, most: int, rows: int, **named: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, validators=[refuse_personal_number],
        widget=forms.Textarea(attrs={"rows": rows}), **named,
    )  # fmt: skip


class PartForm(forms.Form):
    """What is said of one part. Which of it an act needs, the act knows."""

    ground = forms.ChoiceField(label=gettext_lazy("On which ground"), required=False)
    reason = _text(gettext_lazy("Reason"), LONGEST_REASON, 6)
    basis = forms.CharField(label=gettext_lazy("Basis"), required=False, max_length=LONGEST_BASIS)
    remedy = _text(gettext_lazy("What can be done against it"), LONGEST_REASON, 3)
    decided_on = forms.DateField(
        label=gettext_lazy("Day of the decision, if not today"),
        required=False,
        validators=[refuse_far_day],
        widget=forms.DateInput(attrs={"placeholder": "2026-11-20"}),
    )
    same_as = forms.CharField(label=gettext_lazy("Same answer as in case"), required=False, max_length=40)
    follows = forms.ChoiceField(
        label=gettext_lazy("If it is upheld"),
        required=False,
        choices=[
            (Contested.CORRECTION.value, gettext_lazy("the record is corrected")),
            (Contested.REMOVAL.value, gettext_lazy("the record is removed")),
        ],
        widget=forms.RadioSelect,
    )
    change = forms.ChoiceField(
        label=gettext_lazy("What kind of error it was"),
        required=False,
        choices=[
            (KindOfVersion.SUBSTANTIVE.value, gettext_lazy("of substance")),
            (KindOfVersion.CLERICAL.value, gettext_lazy("a slip of the pen")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, data: QueryDict | None, *, part: Part, points: Sequence[Point], acts: "Acts", **named: Any
    ):
        super().__init__(data, **named)
        self.points, self.acts = points if acts.answers else [], acts
        for point in self.points:
            self._add_answer(point, corrects=acts.corrects)
        self._fit(part)

    def _add_answer(self, point: Point, *, corrects: bool) -> None:
        choices = [(ACCEPTED, _("accepted")), (REFUSED, _("refused"))]
        self.fields[f"answer_{point.place}"] = forms.ChoiceField(
            label=_("Answer"), choices=choices, required=False, widget=forms.RadioSelect
        )
        self.fields[f"text_{point.place}"] = _text(_("In words; needed where it is refused"), LONGEST_SAID, 2)
        if corrects and point.field:
            self.fields[f"value_{point.place}"] = forms.CharField(
                label=_("As the record is to read, if otherwise than claimed"),
                required=False,
                max_length=LONGEST_SAID,
            )

    def _fit(self, part: Part) -> None:
        """Leave out what no act now possible asks for; fill in what the law data has prepared."""
        acts = self.acts
        asked = {
            "ground": bool(acts.grounds), "basis": acts.ends, "remedy": acts.ends, "decided_on": acts.ends,
            "same_as": acts.replies, "follows": acts.corrects, "change": acts.corrects,
        }  # fmt: skip
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]
        if acts.grounds:
            self.fields["ground"].choices = [CHOOSE, *acts.grounds]  # type: ignore[attr-defined]
        wish = Contested.REMOVAL if part.wish == REMOVE else Contested.CORRECTION
        self.initial = {
            **acts.prefilled,
            **_as_proposed(part, acts),
            "follows": wish.value,
            "change": KindOfVersion.SUBSTANTIVE.value,
            **self.initial,
        }

    def complain_for(self, act: str) -> None:
        """Put a fault at everything an act needs that was left empty, all at once."""
        ends = any(step.act == act and step.ends for step, _party in self.acts.steps)
        for name in ("reason", "basis", "remedy"):
            if ends and name in self.fields and not self.cleaned_data.get(name, "").strip():
                self.add_error(name, str(MISSING[name]))
        for point in self.points if act in ANSWERED else ():
            told = self.cleaned_data
            said = told.get(f"answer_{point.place}")
            if not said or (said == REFUSED and not told.get(f"text_{point.place}", "").strip()):
                self.add_error(f"answer_{point.place}", str(UNANSWERED))

    def detail(self) -> dict[str, Any]:
        """Return what an act needs beside its words, of a valid form."""
        told = self.cleaned_data
        answers = {
            str(one.place): {"answer": told[f"answer_{one.place}"], "text": told[f"text_{one.place}"]}
            for one in self.points
        }
        written = {one.field: told.get(f"value_{one.place}", "") for one in self.points if one.field}
        named = {name: told[name] for name in ("ground", "same_as", "follows", "change") if told.get(name)}
        fields = {key: value for key, value in written.items() if value}
        return {
            **named,
            **({"answers": answers} if answers else {}),
            **({"fields": fields} if fields else {}),
        }


def _as_proposed(part: Part, acts: "Acts") -> Mapping[str, str]:
    """Return basis and remedy as who went first gave them, for the second person to confirm or decline."""
    if not any(party is Party.SECOND for _step, party in acts.steps):
        return {}
    opening = opening_of(part)
    return {"basis": opening.basis, "remedy": opening.remedy}


@dataclass(frozen=True, slots=True)
class Acts:
    """The steps that may be taken with a part now, and what they ask for together."""

    kind: Kind
    steps: Sequence[tuple[Step, Party]]

    @property
    def ends(self) -> bool:
        return any(step.ends for step, _party in self.steps)

    @property
    def answers(self) -> bool:
        return any(step.act in ANSWERED and party is Party.AGENCY for step, party in self.steps)

    @property
    def replies(self) -> bool:
        """Return whether one of them may not copy an earlier answer without saying so."""
        return any(
            step.ends and party in ANSWERS and not may_repeat(self.kind, step.act)
            for step, party in self.steps
        )

    @property
    def corrects(self) -> bool:
        return self.kind in _OF_CONTENT and any(step.act in _CORRECTS for step, _party in self.steps)

    @property
    def grounds(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the grounds to choose from, under the act they belong to."""
        found = [(step.act, grounds_at(self.kind, step.act, by=party)) for step, party in self.steps]
        return [
            (
                in_language(act_label(act, kind=self.kind)),
                [(key, in_language(label)) for key, label in of_act.items()],
            )
            for act, of_act in found
            if of_act
        ]

    @property
    def prefilled(self) -> Mapping[str, str]:
        ending = next((step.act for step, _party in self.steps if step.ends), "")
        if not ending:
            return {}
        return {"basis": basis_of(self.kind, ending), "remedy": remedy_of(self.kind, ending)}

    @property
    def templates(self) -> list[tuple[str, list[Template]]]:
        """Return the prepared reasons, under the act they belong to."""
        found = [(step.act, templates_of(self.kind, step.act)) for step, _party in self.steps]
        return [
            (in_language(act_label(act, kind=self.kind)), list(of_act)) for act, of_act in found if of_act
        ]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Return each act with what its button says."""
        return [
            (step.act, in_language(button_label(step.act, kind=self.kind))) for step, _party in self.steps
        ]


_OF_CONTENT = frozenset({Kind.OBJECTION, Kind.NOT_THE_SUBJECT})


class SteerForm(forms.Form):
    """How the clock of a part is stopped or extended, and who answers for it."""

    why = _text(gettext_lazy("Reason"), LONGEST_REASON, 2)
    limit = forms.ChoiceField(label=gettext_lazy("Limit to be extended"), required=False)
    working_days = forms.IntegerField(label=gettext_lazy("By working days"), required=False, min_value=1)
    to = forms.CharField(
        label=gettext_lazy("Body to hand over to, by its unified code"), required=False, max_length=18
    )

    def __init__(
        self, data: QueryDict | None, *, acts: Collection[str], limits: Collection[str], **named: Any
    ):
        super().__init__(data, **named)
        self.acts = acts
        self.fields["limit"].choices = [(one, in_language(limit_label(one))) for one in limits]  # type: ignore[attr-defined]
        for name, act in (("limit", "extend"), ("working_days", "extend"), ("to", "hand-over")):
            if act not in acts or (act == "extend" and not limits):
                del self.fields[name]

    def body(self) -> Agency | None:
        """Return the body that was named; None, with a fault at the field, where there is none."""
        try:
            return agency_of_code(self.cleaned_data.get("to", "").strip())
        except UnknownAgency:
            self.add_error("to", _("No agency has this unified code."))
            return None
