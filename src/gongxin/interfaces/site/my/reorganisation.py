"""Telling of a court's ruling that approves a reorganisation plan: all adverse records in one case."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.cases import Entry
from gongxin.core.legal_day import legal_day
from gongxin.flows.open_case import AlreadyOpen, AnotherForm, NewEvidence, NothingAsked
from gongxin.flows.reorganise import Ruling, RulingMissing, ask_for_reorganisation
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.evidence import handed_in, room
from gongxin.interfaces.site.my.forms import OwnForm, form_id_of, sent, shown_again
from gongxin.interfaces.site.my.pages import my_page

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RulingForm(OwnForm):
    number = forms.CharField(
        label=gettext_lazy("Number of the ruling"), max_length=100, validators=[refuse_personal_number]
    )
    court = forms.CharField(label=gettext_lazy("Court"), max_length=100, validators=[refuse_personal_number])
    ruled_on = forms.DateField(label=gettext_lazy("Day of the ruling"), widget=DATE)
    statement = forms.CharField(
        label=gettext_lazy("Anything else"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_personal_number],
    )


@acting("case.ask")
def reorganisation(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Ask for the ruling and its paper; every adverse record that still stands is in the case."""
    form, faults = RulingForm(sent(request), initial=shown_again(request)), list[str]()
    if form.is_valid():
        handed = handed_in(request, at=acts.at)
        faults = list(handed.refused)
        found = None if faults else _asked(request, acts, form, handed.kept)
        if isinstance(found, UUID):
            return redirect("my:receipt", found)
        faults += [found] if found else []
    context = {
        "section": "cases",
        "form": form,
        "faults": faults,
        "form_id": request.POST.get("form_id", "") or uuid4().hex,
        "room": room(),
        "papers_lost": request.method == "POST",
    }
    wrong = form.errors or faults
    return my_page(request, acts, "my/reorganisation.html", context, status=422 if wrong else 200)


def _asked(
    request: HttpRequest, acts: Acting, form: RulingForm, evidence: Sequence[NewEvidence]
) -> UUID | str:
    """Open the case and return its id, or what is to be put right."""
    told = form.cleaned_data
    if told["ruled_on"] > legal_day(acts.at):
        return _("The ruling bears a day that is still to come.")
    try:
        case = ask_for_reorganisation(
            subject_id=acts.subject_id,
            ruling=Ruling(told["number"], told["court"], told["ruled_on"]),
            form_id=form_id_of(request.POST),
            entry=Entry.MINE,
            statement=told["statement"],
            evidence=evidence,
            who=acts.who,
            at=acts.at,
        )
    except RulingMissing:
        return _("Hand in the ruling itself.")
    except (NothingAsked, AlreadyOpen):
        return _("No adverse record is left for it: none stands, or each is in a case already.")
    except AnotherForm:
        return _("This form was sent before, about something else. Begin anew.")
    return case.id
