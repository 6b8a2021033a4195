"""An officer asks whether a subject is the same as another: it becomes a case of the review queue."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongxin.flows.judge import (
    Absorbed,
    CodesConflict,
    JudgedDifferent,
    MergedAlready,
    NotAnOrganisation,
    doubt_pair,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.code_of_other import subject_under
from gongxin.interfaces.desk.doubt_words import REFUSALS
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, requires
from gongxin.registry.subjects.models import Doubt
from gongxin.registry.subjects.queries import Profile, bearer_of_code, profile


class OtherForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the other"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, subject_id: UUID, *args: Any, **kwargs: Any) -> None:
        """Ask for a code that is not the subject's own."""
        super().__init__(*args, **kwargs)
        self.subject_id = subject_id

    def clean_code(self) -> UUID:
        """Return the subject of the code."""
        code = self.cleaned_data["code"]
        if bearer_of_code(code, at=clock.now()) == self.subject_id:
            raise forms.ValidationError(
                gettext("This is the subject's own code. Give the code of the other.")
            )
        return subject_under(code)


@requires("doubt.judge", signed_out=kept_form.signed_out)
def ask(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Ask for the other's code; lead to the case of the two, whether found before or made now.

    Nothing of either's file is shown here. The case notes whose were looked at.
    """
    known = profile(subject_id, at=clock.now())
    if known is None:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = OtherForm(known.subject_id, typed, initial=_typed(request))
    if form.is_valid() and (doubt := _doubted(request, known, form)):
        return redirect("desk:doubt", doubt.id)
    context = {"section": "find", "subject": known, "form": form}
    return desk_page(request, "desk/doubt_asked.html", context, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = kept_form.taken(request)
    return {"code": typed.get("code", "")} if typed is not None else {}


def _doubted(request: HttpRequest, known: Profile, form: OtherForm) -> Doubt | None:
    """Return the case of the two; None, with the words on the form, where there can be none."""
    try:
        return doubt_pair(
            subject_id=known.subject_id,
            other_id=form.cleaned_data["code"],
            actor=actor_of(request),
            at=clock.now(),
        )
    except JudgedDifferent as judged:
        messages.info(request, str(REFUSALS[JudgedDifferent]))
        return judged.judgement.doubt
    except CodesConflict as conflict:
        form.add_error("code", _in_words(conflict))
    except (Absorbed, NotAnOrganisation, MergedAlready) as refused:
        form.add_error("code", str(REFUSALS[type(refused)]))
    return None


def _in_words(conflict: CodesConflict) -> str:
    one, other = (value for _scheme, value in conflict.codes)
    said = gettext("%(one)s and %(other)s are valid codes which no one organisation can both bear.")
    return f"{REFUSALS[CodesConflict]} {said % {'one': one, 'other': other}}"
