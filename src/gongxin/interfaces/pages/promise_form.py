"""A commitment as it is filled in, shown and signed: at /my/ and, for a public body, at the desk."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.core.commitments import (
    EVERYONE,
    LONGEST_MATTER,
    LONGEST_NAME,
    LONGEST_PROMISE,
    Mistake,
    Promise,
    Promiser,
    Signature,
    disclosures,
    mistakes,
    template,
    templates_of,
)
from gongxin.flows.sign_commitment import Draft
from gongxin.interfaces import clock
from gongxin.registry.accounts.models import Agency

SIGN = "sign"  # the button of the second step
MISTAKES: Mapping[Mistake, tuple[str, Any]] = {
    Mistake.MATTER: ("matter", _("Say what it is about.")),
    Mistake.PROMISE: ("promise", _("Say what is promised.")),
    Mistake.NO_DAY: ("keep_until", _("Name the day by which it is kept.")),
    Mistake.DAY_OVER: ("keep_until", _("This day is over.")),
    Mistake.DAY_TOO_FAR: ("keep_until", _("Name a day within the next five years.")),
    Mistake.DISCLOSURE: ("disclosure", _("Choose one of these.")),
    Mistake.PERSONAL_NUMBER: ("matter", _("Leave out numbers and home addresses of persons.")),
    Mistake.NOT_SIGNED: ("name", _("Type your name and tick the box: both make the signature.")),
}


_ASKED = ("template_id", "agency", "matter", "promise", "keep_until", "disclosure")


class PromiseForm(forms.Form):
    """What is promised to whom; name and tick are asked for once the letter was shown."""

    template_id = forms.ChoiceField(label=_("Kind of promise"))
    agency = forms.ModelChoiceField(
        label=_("The body that accepts it"), empty_label=_("Choose"), queryset=Agency.objects.none()
    )
    matter = forms.CharField(label=_("What it is about"), max_length=LONGEST_MATTER)
    promise = forms.CharField(
        label=_("What is promised, or the papers that are missing"), required=False,
        max_length=LONGEST_PROMISE, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    keep_until = forms.DateField(
        label=_("To be kept by"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    disclosure = forms.ChoiceField(label=_("Who may see it"), initial=EVERYONE)
    form_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Your name, as a signature"), required=False, max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("I have read the letter and sign it for the one named in it"), required=False
    )

    def __init__(self, *args: Any, by: Sequence[Promiser], **named: Any) -> None:
        super().__init__(*args, **named)
        language = get_language() or ""
        offered = [one for promiser in by for one in templates_of(promiser)]
        self._offer("template_id", [(one.id, one.label.in_language(language)) for one in offered])
        self._offer("disclosure", [(key, one.in_language(language)) for key, one in disclosures().items()])
        standing = Agency.objects.filter(successor__isnull=True).order_by("name")
        self.fields["agency"].queryset = standing  # type: ignore[attr-defined]

    @property
    def is_signed(self) -> bool:
        return self.data.get("act") == SIGN

    @property
    def draft(self) -> Draft:
        """Return what a valid form promises."""
        told = self.cleaned_data
        return Draft(told["template_id"], self._promise(), told["agency"], get_language() or "zh-hans")

    @property
    def signature(self) -> Signature:
        return Signature(self.cleaned_data["name"], self.cleaned_data["agreed"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "template_id" in told and "matter" in told and "disclosure" in told and not self.errors:
            signature = self.signature if self.is_signed else None
            found = mistakes(template(told["template_id"]), self._promise(), signature, on=clock.today())
            for mistake in found:
                self.add_error(*MISTAKES[mistake])
        return told

    def asked(self) -> list[forms.BoundField]:
        """Return the fields of the first step."""
        return [
            self[name] for name in ("template_id", "agency", "matter", "promise", "keep_until", "disclosure")
        ]

    def _promise(self) -> Promise:
        told = self.cleaned_data
        return Promise(told["matter"], told["promise"], told["keep_until"], told["disclosure"])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared above)
        field.choices = choices
