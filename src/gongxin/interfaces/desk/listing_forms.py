"""The forms of a listing at the desk: one for each act."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.core.catalogue import Field
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.registry.lists.models import LEAST_DAYS_FOR_COMMENT


def _words(label: Any, *, most: int = 2000, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        validators=[refuse_personal_number],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ProposeForm(forms.Form):
    """Which ground, why, on which records; of the centre also for which body."""

    ground = forms.ChoiceField(label=_("Ground"))
    reasons = _words(_("Facts and reasons"))
    records = forms.MultipleChoiceField(
        label=_("Records it rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    body = forms.CharField(label=_("Code of the body that lists"), max_length=18)

    def __init__(
        self,
        *args: Any,
        grounds: Sequence[tuple[str, str]],
        records: Sequence[tuple[str, str]],
        asks_body: bool,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        self.fields["records"].choices = records  # type: ignore[attr-defined]
        if not records:
            del self.fields["records"]
        if not asks_body:
            del self.fields["body"]


class ReasonForm(forms.Form):
    reason = _words(_("Reason"), most=1000)


class ObjectionForm(forms.Form):
    text = _words(_("What was objected"))


class HearingForm(forms.Form):
    heard_on = _day(_("Heard on"))
    record = _words(_("What was said"), most=5000, rows=8)


class DecisionForm(forms.Form):
    """The decision, and the fields its class asks for besides."""

    number = forms.CharField(
        label=_("Number of the decision"), max_length=128, validators=[refuse_personal_number]
    )
    reason = _words(_("How what was said against it was weighed"), most=1000)

    def __init__(self, *args: Any, further: Sequence[Field], **named: Any) -> None:
        super().__init__(*args, **named)
        self.further = [one.key for one in further]
        for one in further:
            self.fields[one.key] = _asked(one)

    @property
    def told(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in self.further if self.cleaned_data.get(key)}


class ExitForm(ReasonForm):
    corrected_on = _day(_("Since when the cause is put right"), required=False)


class LeaveForm(ReasonForm):
    conditions_met = forms.BooleanField(label=_("Every condition is met"), required=False)


class DraftForm(forms.Form):
    list_id = forms.ChoiceField(label=_("List"))
    title = forms.CharField(label=_("Title"), max_length=200, validators=[refuse_personal_number])
    text = _words(_("Text"), most=50_000, rows=12)
    days = forms.IntegerField(
        label=_("Days open to comment"), min_value=LEAST_DAYS_FOR_COMMENT, initial=LEAST_DAYS_FOR_COMMENT
    )

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["list_id"].choices = lists  # type: ignore[attr-defined]


def _asked(one: Field) -> forms.Field:
    label = one.label.in_language(get_language() or "")
    if one.type == "code":
        return forms.ChoiceField(
            label=label, choices=[("", "—"), *((code, code) for code in one.codes)], required=one.required
        )
    return forms.CharField(
        label=label, max_length=one.max_length, required=one.required, validators=[refuse_personal_number]
    )
