"""The public form of a tip-off: what is told, and apart from it who tells it, if they say so."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.core.receipts import CODE_LETTERS, NUMBER_LETTERS, as_typed
from gongxin.core.tip_offs import LONGEST, SHORTEST, matters
from gongxin.interfaces.pages.typed_once import ShownOnce, Starred
from gongxin.registry.tip_offs.sealed import Identity


class TipOffForm(forms.Form):
    form_id = forms.UUIDField(widget=forms.HiddenInput)
    matter = forms.ChoiceField(
        label=_("What it is about"), error_messages={"required": _("Choose the matter.")}
    )
    text = forms.CharField(
        label=_("What you have to tell"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=Starred(attrs={"rows": 10}),
        error_messages={
            "required": _("Say what happened."),
            "min_length": _("That is too short to look into: say what happened, where and when."),
        },
    )
    name = forms.CharField(
        label=_("Your name"), max_length=60, required=False, widget=ShownOnce(attrs={"autocomplete": "off"})
    )
    contact = forms.CharField(
        label=_("How you can be reached"),
        max_length=200,
        required=False,
        widget=ShownOnce(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        matter = self.fields["matter"]
        assert isinstance(matter, forms.ChoiceField)  # noqa: S101 (as declared above)
        language = get_language() or ""
        known = [(one.id, one.label.in_language(language)) for one in matters().values()]
        matter.choices = [("", _("Choose")), *known]

    @property
    def identity(self) -> Identity:
        return Identity(self.cleaned_data["name"], self.cleaned_data["contact"])


class ReceiptForm(forms.Form):
    """Number and code of a receipt, in whatever case and grouping they are typed."""

    number = forms.CharField(
        label=_("Number of the tip-off"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Give the number on the receipt.")},
    )
    code = forms.CharField(
        label=_("Receipt code"),
        max_length=60,
        widget=ShownOnce(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Give the receipt code.")},
    )

    def clean_number(self) -> str:
        return self._letters("number", NUMBER_LETTERS, _("The number has %(count)s letters."))

    def clean_code(self) -> str:
        return self._letters("code", CODE_LETTERS, _("The receipt code has %(count)s letters."))

    def _letters(self, name: str, count: int, words: Any) -> str:
        typed = as_typed(self.cleaned_data[name])
        if len(typed) != count:
            raise forms.ValidationError(words % {"count": count})
        return typed
