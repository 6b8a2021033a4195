"""Verifying a signed answer to a check: whoever is shown one pastes it and learns whether it is ours.

Nothing is told but what stands in it, and whether it holds now; never what holds in its place.
"""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.flows.verify_answer import NotOurs, SignedAfterRetirement, verify
from gongxin.interfaces import clock
from gongxin.interfaces.pages.answer_words import shown

LONGEST = 100_000


class AnswerForm(forms.Form):
    """A signature as it was handed over, or the whole answer that carries it."""

    signed = forms.CharField(
        label=gettext_lazy("Signed answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Paste the signature of the answer."),
            "max_length": gettext_lazy("This is longer than any answer."),
        },
    )

    def clean_signed(self) -> str:
        """Return the signature alone, without the breaks it got on its way."""
        text = self.cleaned_data["signed"].strip()
        if text.startswith("{"):
            text = _signature_in(text)
        return "".join(text.split())


def _signature_in(text: str) -> str:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    signature = told.get("signature", "") if isinstance(told, dict) else ""
    return signature if isinstance(signature, str) else ""


def verified(form: AnswerForm) -> dict[str, Any] | None:
    """Return what the page says of the answer pasted, None where the form now says why it is not ours."""
    try:
        found = verify(form.cleaned_data["signed"], at=clock.now())
    except NotOurs:
        form.add_error(
            "signed",
            _("No key of this platform signed this, or it was changed since. It is not an answer of ours."),
        )
        return None
    except SignedAfterRetirement:
        form.add_error(
            "signed", _("It was signed with a key that had been retired by then. Do not act on it.")
        )
        return None
    return {"verified": found, "answer": shown(found.told)}
