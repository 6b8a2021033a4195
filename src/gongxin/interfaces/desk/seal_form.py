"""What is asked for when looks are to be sealed: on whom, in which case, under which article, until when."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gongxin.flows.seal_looks import (
    AskedThemselves,
    EndsTooSoon,
    HasEnded,
    NotInForce,
    NotWaiting,
    SealedAlready,
    TooLong,
)
from gongxin.interfaces.desk.code_of_other import subject_under
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.wording import day_in_words

REFUSALS: Mapping[type[Exception], Promise] = {
    AskedThemselves: _("You asked for this yourself: another person of the centre approves it."),
    EndsTooSoon: _("The end is not later than today, or than the end it has now."),
    HasEnded: _("Someone has ended this already, or it has ended by itself."),
    NotInForce: _("The seal has ended: what the subject could see is not hidden again."),
    NotWaiting: _("Someone has decided this already."),
    SealedAlready: _("In this case a seal stands or is asked for already: extend that one."),
}

SAID: tuple[type[Exception], ...] = (TooLong, *REFUSALS)


class EndForm(forms.Form):
    """Under which article, until when: all that an extension says."""

    article = forms.CharField(label=_("Law and article"), max_length=200, validators=[refuse_personal_number])
    until_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SealForm(EndForm):
    code = forms.CharField(label=_("Code of the subject"), max_length=40)
    case_number = forms.CharField(
        label=_("Number of the investigation"), max_length=60, validators=[refuse_personal_number]
    )
    field_order = ("code", "case_number", "article", "until_on")

    def clean_code(self) -> UUID:
        """Return the subject of the code."""
        return subject_under(self.cleaned_data["code"])


def say_why_not(form: forms.Form, refused: Exception) -> None:
    """Put a refusal where it belongs on the form."""
    if isinstance(refused, TooLong):
        day = day_in_words(refused.latest, language=get_language())
        form.add_error("until_on", gettext("Six months at most: %(day)s is the latest.") % {"day": day})
    else:
        place = "until_on" if isinstance(refused, EndsTooSoon) and "until_on" in form.fields else None
        form.add_error(place, str(REFUSALS[type(refused)]))
