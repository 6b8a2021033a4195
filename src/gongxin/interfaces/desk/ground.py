"""An act at the desk needs its ground: why, in the words of whoever answers for it."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongxin.core.grounds import LONGEST, SHORTEST
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number


class GroundForm(forms.Form):
    ground = forms.CharField(
        label=_("Ground"),
        min_length=SHORTEST,
        max_length=LONGEST,
        validators=[refuse_personal_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why."),
            "min_length": _("Say why in a few words."),
        },
    )


def ground_form(request: HttpRequest) -> GroundForm:
    """Return the form as posted, or empty, or as it was typed before a session ended."""
    typed = kept_form.taken(request)
    initial = {"ground": typed.get("ground", "")} if typed is not None else {}
    return GroundForm(request.POST if request.method == "POST" else None, initial=initial)
