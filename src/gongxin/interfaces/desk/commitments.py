"""Commitments at the desk of the body that accepted them: what is overdue, and finding how one was kept."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.cases import Party, Who
from gongxin.core.commitments import Fulfilment
from gongxin.flows.case_steps import NotResponsible, WordsMissing
from gongxin.flows.correct import NothingCorrected, NotStanding
from gongxin.flows.find_fulfilment import Found, UnfitWords, find
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.promise_words import FULFILMENTS, template_name
from gongxin.interfaces.permissions import actor_of, agency_bound, allowed, permit, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.commitments.models import Commitment
from gongxin.registry.commitments.queries import (
    NoSuchCommitment,
    Promised,
    commitment_of,
    findings_of,
    promised_to,
)
from gongxin.registry.subjects.queries import profile

CHOICES: dict[str, Promise] = {"all": gettext_lazy("All"), "overdue": gettext_lazy("Overdue")}
WORDS_ASKED = forms.Textarea(attrs={"rows": 3})


class FindingForm(forms.Form):
    """How it was kept; of a breach what was not kept, what follows, and the paper that proves it."""

    fulfilment = forms.ChoiceField(
        label=gettext_lazy("How it was kept"),
        choices=[(one.value, FULFILMENTS[one.value]) for one in Fulfilment],
    )
    unfulfilled = forms.CharField(
        label=gettext_lazy("What was not kept"), required=False, max_length=4000, widget=WORDS_ASKED,
        validators=[refuse_personal_number],
    )  # fmt: skip
    consequence = forms.CharField(
        label=gettext_lazy("What follows"), required=False, max_length=4000, widget=WORDS_ASKED,
        validators=[refuse_personal_number],
    )  # fmt: skip
    evidence = forms.CharField(
        label=gettext_lazy("The paper that proves it, by its number"), required=False, max_length=200,
        validators=[refuse_personal_number],
    )  # fmt: skip


@requires("commitment.read")
def commitments(request: HttpRequest) -> HttpResponseBase:
    """List what was promised to one's own body, or to all; what falls due first stands first."""
    chosen = request.GET.get("due", "all")
    if chosen not in CHOICES:
        raise Http404
    table = _table(_reach(request), chosen, clock.today())
    may_promise = allowed(request, action="commitment.promise")
    context = {"section": "commitments", "chosen": chosen, "choices": CHOICES, "may_promise": may_promise}
    return list_page(request, "desk/commitments.html", table, context)


@requires("commitment.read", signed_out=kept_form.signed_out)
def commitment(request: HttpRequest, commitment_id: UUID) -> HttpResponseBase:
    """Show one promise with what was found of it; its accepting body finds how it was kept."""
    try:
        made = commitment_of(commitment_id, agency_ids=_reach(request))
    except NoSuchCommitment as missing:
        raise Http404 from missing
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permit(request, action="commitment.find")
        if form.is_valid() and _found(request, made, form):
            messages.success(request, _("Found and entered. Whoever promised is told."))
            return redirect("desk:commitment", made.id)
    subject = profile(made.subject_id, at=clock.now())
    letter = made.text.split("\n")[:-1]  # the last line names who signed: kept, not shown (R9)
    findings = [(FULFILMENTS[one.fulfilment], one) for one in findings_of(made)]
    context = {
        "section": "commitments", "made": made, "subject": subject, "letter": letter,
        "findings": findings, "form": form if allowed(request, action="commitment.find") else None,
    }  # fmt: skip
    return desk_page(request, "desk/commitment.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, made: Commitment, form: FindingForm) -> bool:
    """Find it; where that cannot be, say at the form why, and return False."""
    told = form.cleaned_data
    what = Found(Fulfilment(told["fulfilment"]), told["unfulfilled"], told["consequence"], told["evidence"])
    agency = own_body(request, action="commitment.find")
    who = Who(actor_of(request), Party.AGENCY, agency.id)
    try:
        find(what, commitment_id=made.id, agency=agency, who=who, at=clock.now())
    except WordsMissing as lacking:
        for name in lacking.missing:
            form.add_error(name, _("A breach needs this."))
    except UnfitWords:
        form.add_error(None, _("Leave out numbers and home addresses of persons."))
    except NothingCorrected:
        form.add_error(None, _("This was found today already."))
    except (NotResponsible, NotStanding):
        form.add_error(None, _("The record was withdrawn, or another body answers for it."))
    else:
        return True
    return False


def own_body(request: HttpRequest, *, action: str) -> Agency:
    """Return the body for which one acts. Raises Http404 for whoever acts for none."""
    agency_id = agency_bound(request, action=action)
    if agency_id is None:
        raise Http404
    return Agency.objects.get(id=agency_id)


def _reach(request: HttpRequest) -> set[UUID] | None:
    agency_id = agency_bound(request, action="commitment.read")
    return None if agency_id is None else agencies_under(agency_id)


def _table(agency_ids: set[UUID] | None, chosen: str, today: date) -> Table[Promised]:
    overdue_on = today if chosen == "overdue" else None

    def rows(limit: int, offset: int) -> Sequence[Promised]:
        return promised_to(agency_ids, overdue_on=overdue_on, limit=limit, offset=offset)

    columns = (
        Column[Promised](gettext_lazy("To be kept by"), lambda one: one.commitment.keep_until,
                         warns=lambda one: one.days_over(today) > 0),
        Column[Promised](gettext_lazy("Days over"), lambda one: one.days_over(today)),
        Column[Promised](gettext_lazy("Number"), lambda one: one.commitment.number, lead=True, link=_address),
        Column[Promised](gettext_lazy("Kind of promise"), lambda one: template_name(one.commitment.template)),
        Column[Promised](gettext_lazy("What it is about"), lambda one: one.commitment.matter),
        Column[Promised](gettext_lazy("How it was kept"), lambda one: FULFILMENTS[one.fulfilment]),
        Column[Promised](gettext_lazy("Accepted by"), lambda one: one.commitment.accepting_agency.name),
    )  # fmt: skip
    return Table("commitments", CHOICES[chosen], columns, rows, {"due": chosen})


def _address(one: Promised) -> str:
    return reverse("desk:commitment", args=[one.commitment.id])
