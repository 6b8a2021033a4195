"""What an officer writes down at the counter: what is asked, on which paper, and of an objection why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy

from gongxin.core.cases import Kind
from gongxin.core.cases.points import CORRECT, REMOVE, contestable_fields
from gongxin.core.catalogue import InformationClass
from gongxin.core.leaks import holds_personal_number, mask_personal_numbers
from gongxin.flows.open_case import Asked, NewPoint
from gongxin.flows.reorganise import Ruling
from gongxin.interfaces.desk.days import refuse_far_day
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.registry.publication.queries import RecordView

LONGEST = 2000
NAMES_NO_RECORD = frozenset({Kind.PLATFORM_COMPLAINT, Kind.REORGANISATION})
_RULING = ("number", "court", "ruled_on")
_SAYS_WHY = frozenset({Kind.OBJECTION, Kind.REPAIR, Kind.REORGANISATION})  # elsewhere: in points or papers


class CounterForm(forms.Form):
    """Only what its kind asks for; typed numbers of persons are refused and shown again with stars."""

    shown = forms.CharField(
        label=gettext_lazy("Paper shown"),
        max_length=200,
        validators=[refuse_personal_number],
        error_messages={
            "required": gettext_lazy("Say which paper shows that they act for the subject."),
        },
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the ruling"), max_length=60, validators=[refuse_personal_number]
    )
    court = forms.CharField(label=gettext_lazy("Court"), max_length=60, validators=[refuse_personal_number])
    ruled_on = forms.DateField(
        label=gettext_lazy("Day of the ruling"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[refuse_far_day],
    )
    statement = forms.CharField(
        label=gettext_lazy("What the applicant says"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[refuse_personal_number],
        error_messages={"required": gettext_lazy("Say what it is about.")},
    )

    def __init__(self, data: QueryDict | None, *, kind: Kind) -> None:
        super().__init__(data)
        if kind is not Kind.REORGANISATION:
            for name in _RULING:
                del self.fields[name]
        self.fields["statement"].required = kind not in _SAYS_WHY

    def full_clean(self) -> None:
        super().full_clean()
        if isinstance(self.data, QueryDict):
            self.data = _masked(self.data)

    def ruling(self) -> Ruling | None:
        told: Mapping[str, Any] = self.cleaned_data
        return Ruling(*(told[name] for name in _RULING)) if "number" in told else None


@dataclass(frozen=True, slots=True)
class PointTyped:
    """A field of a record that may be contested, with what it says and what was typed."""

    key: str
    label: str
    held: str
    claimed: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class RecordTyped:
    """One record of the case; of an objection what is asked about it."""

    view: RecordView
    kind: str
    points: Sequence[PointTyped] = ()
    wish: str = ""
    whole: str = ""
    faults: Sequence[str] = ()

    @property
    def asked(self) -> Asked:
        """Return what is asked: the fields that were filled in, and the whole where it is to be removed."""
        filled = [one for one in self.points if one.claimed or one.said]
        points = [NewPoint(one.key, one.held, one.claimed, one.said) for one in filled]
        whole = [NewPoint(said=self.whole)] if self.wish == REMOVE else []
        return Asked(self.view.record_id, self.wish, (*whole, *points))

    @property
    def texts(self) -> str:
        return "\n".join([self.whole, *(f"{one.claimed}\n{one.said}" for one in self.points)])


def records_typed(
    views: Sequence[RecordView],
    kind: Kind,
    classes: Mapping[str, InformationClass],
    sent: QueryDict | None,
) -> list[RecordTyped]:
    """Return the records of a case with what was typed about each."""
    return [_record(view, kind, classes.get(view.class_id), sent) for view in views]


def without_numbers(record: RecordTyped, words: str) -> RecordTyped:
    """Return what was typed about a record; a person's number in it is refused and starred."""
    if not holds_personal_number(record.texts):
        return record
    points = [
        replace(one, claimed=mask_personal_numbers(one.claimed), said=mask_personal_numbers(one.said))
        for one in record.points
    ]
    return replace(record, points=points, whole=mask_personal_numbers(record.whole), faults=[words])


def _record(
    view: RecordView, kind: Kind, known: InformationClass | None, sent: QueryDict | None
) -> RecordTyped:
    label = known.label.in_language(get_language() or "zh-hans") if known else view.class_id
    if kind is not Kind.OBJECTION:
        return RecordTyped(view, label)
    typed, of_it = sent or QueryDict(), view.record_id.hex
    points = [
        PointTyped(
            key,
            words,
            view.fields.get(key, ""),
            typed.get(f"claimed-{of_it}-{key}", "").strip(),
            typed.get(f"said-{of_it}-{key}", "").strip(),
        )
        for key, words in _contestable(view, known)
    ]
    wish = typed.get(f"wish-{of_it}", CORRECT)
    return RecordTyped(view, label, points, wish, typed.get(f"whole-{of_it}", "").strip())


def _contestable(view: RecordView, known: InformationClass | None) -> list[tuple[str, str]]:
    if known is None:
        return [(key, key) for key in view.fields]
    language = get_language() or "zh-hans"
    return [(one.key, one.label.in_language(language)) for one in contestable_fields(known)]


def _masked(typed: QueryDict) -> QueryDict:
    shown = typed.copy()
    for name, values in typed.lists():
        shown.setlist(name, [mask_personal_numbers(value) for value in values])
    return shown
