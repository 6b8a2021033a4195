"""An act at the desk needs its ground: why, in the words of whoever answers for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 4, 200


class GroundForm(forms.Form):
    ground = forms.CharField(
        label=_("Ground"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why."),
            "min_length": _("Say why in a few words."),
        },
    )
