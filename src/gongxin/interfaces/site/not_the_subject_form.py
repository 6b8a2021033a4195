"""The public form of a person named in a record who is not its subject, and the code by which they ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxin.core.receipts import CODE_LETTERS, as_typed
from gongxin.interfaces.pages.typed_once import ShownOnce, Starred
from gongxin.registry.cases.receipts import Person

SHORTEST, LONGEST = 10, 2000


class NotMeForm(forms.Form):
    form_id = forms.UUIDField(widget=forms.HiddenInput)
    statement = forms.CharField(
        label=_("What happened, and why it is not about you"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=Starred(attrs={"rows": 8}),
        error_messages={
            "required": _("Say what is wrong."),
            "min_length": _("That is too short to look into: say how the record names you and why wrongly."),
        },
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        widget=ShownOnce(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give your name: nobody but the reviewer can open it.")},
    )
    contact = forms.CharField(
        label=_("How you can be reached"),
        max_length=200,
        widget=ShownOnce(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give a telephone number or an e-mail address.")},
    )

    @property
    def person(self) -> Person:
        return Person(self.cleaned_data["name"], self.cleaned_data["contact"])


class CodeForm(forms.Form):
    """The code of a receipt, in whatever case and grouping it is typed; and why, where it is taken back."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Give the receipt code.")},
    )

    def clean_code(self) -> str:
        typed = as_typed(self.cleaned_data["code"])
        if len(typed) != CODE_LETTERS:
            words: Any = _("The receipt code has %(count)s letters.")
            raise forms.ValidationError(words % {"count": CODE_LETTERS})
        return typed
