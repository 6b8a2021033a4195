"""Listings at the desk: whom records suggest, what is proposed and when it may be decided, who asks to leave.

The platform only suggests: a person looks, and proposes or does not.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.cases import Party, Who
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import StatutoryList, statutory_list, statutory_lists
from gongxin.flows.list_subject import Proposal, may_be_decided_from, propose
from gongxin.interfaces import clock
from gongxin.interfaces.desk.code_of_other import subject_under
from gongxin.interfaces.desk.listing_forms import ProposeForm
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.listing_refusals import REFUSED, say_why_not
from gongxin.interfaces.permissions import actor_of, agency_bound, agency_of, allowed, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agencies_under, agency_of_code
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.lists.models import Exit, Proceeding
from gongxin.registry.lists.queries import open_exits, open_proceedings
from gongxin.registry.publication.candidates import Candidate, candidates
from gongxin.registry.publication.founding import Standing
from gongxin.registry.publication.listings import in_force_of
from gongxin.registry.publication.usable import uses_of
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import profile, profiles

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One proceeding as it is listed."""

    one: Proceeding
    list_name: str
    name: str
    first: date | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """Whom records suggest for one list."""

    id: str
    label: str
    found: Sequence[Candidate]


@requires("listing.read", signed_out=kept_form.signed_out)
def overview(request: HttpRequest) -> HttpResponse:
    """Show whom records suggest, what is open and since when it may be decided, and who asks to leave."""
    bodies, at = bodies_in_reach(request), clock.now()
    code = request.GET.get("code", "").strip()
    fault, standing = "", list[tuple[Standing, str]]()
    if code:
        try:
            standing = _standing(subject_under(code))
        except ValidationError as unknown:
            fault = " ".join(unknown.messages)
    context = {
        "section": "listings",
        "suggested": _suggested(bodies),
        "lines": [_line(one) for one in open_proceedings(bodies)[:SHOWN]],
        "exits": _exits(bodies),
        "lists": _choices(legal_day(at)),
        "code": code,
        "fault": fault,
        "standing": standing,
        "may_propose": allowed(request, action="listing.propose"),
        "may_read_criteria": allowed(request, action="criteria.read"),
    }
    return desk_page(request, "desk/listings.html", context)


@requires("listing.propose", signed_out=kept_form.signed_out)
def propose_page(request: HttpRequest) -> HttpResponse:
    """Ask on which ground and why an organisation is to be listed, and propose it."""
    found = statutory_lists().get(request.GET.get("list", ""))
    if found is None:
        raise Http404
    try:
        subject_id = subject_under(request.GET.get("code", ""))
    except ValidationError as unknown:
        messages.error(request, " ".join(unknown.messages))
        return redirect("desk:listings")
    known = profile(subject_id, at=clock.now())
    if known is None:
        raise Http404
    typed = kept_form.taken(request)
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        initial=typed.dict() if typed else {},
        grounds=_grounds(found),
        records=_records(subject_id),
        asks_body=agency_of(request) is None,
    )
    if form.is_valid():
        one = _proposed(request, form, found, known.subject_id)
        if one is not None:
            messages.success(request, _("Proposed. Nobody has been told yet: give the notice next."))
            return redirect("desk:listing", one.id)
    context = {
        "section": "listings",
        "known": known,
        "list_name": named(found.id),
        "form": form,
        "no_grounds": not _grounds(found),
    }
    return desk_page(request, "desk/listing_propose.html", context, status=422 if form.errors else 200)


def who_of(request: HttpRequest) -> Who:
    """Return who acts, and for which body; none for the centre."""
    agency_id = agency_of(request)
    return Who(actor_of(request), Party.CENTRE if agency_id is None else Party.AGENCY, agency_id)


def bodies_in_reach(request: HttpRequest) -> Collection[UUID] | None:
    """Return the bodies whose listings one may see; None for all."""
    own = agency_bound(request, action="listing.read")
    return None if own is None else agencies_under(own)


def named(list_id: str) -> str:
    return statutory_list(list_id).label.in_language(get_language() or "")


def _suggested(bodies: Collection[UUID] | None) -> list[Suggested]:
    at = clock.now()
    found = (
        Suggested(one.id, named(one.id), candidates(one, at=at, agency_ids=bodies)) for one in _adverse()
    )
    return [one for one in found if one.found]


def _adverse() -> Sequence[StatutoryList]:
    return [one for one in statutory_lists().values() if one.adverse]


def _line(one: Proceeding) -> Line:
    known = profile(one.subject_id, at=clock.now())
    first = may_be_decided_from(one, statutory_list(one.list_id))
    return Line(one, named(one.list_id), known.name if known else "", first)


def _exits(bodies: Collection[UUID] | None) -> list[tuple[Exit, str, str]]:
    waiting = [one for one in open_exits() if bodies is None or _agency_of(one) in bodies]
    known = profiles([one.subject_id for one in waiting], at=clock.now())
    return [
        (one, named(one.list_id), known[one.subject_id].name) for one in waiting if one.subject_id in known
    ]


def _agency_of(one: Exit) -> UUID:
    return current_entry(one.subject_id, one.record_id).agency_id


def _standing(subject_id: UUID) -> list[tuple[Standing, str]]:
    at = clock.now()
    found = in_force_of(subject_ids_of(subject_id, at=at), at=at)
    return [(one, named(one.list_id or "")) for one in found]


def _choices(on: date) -> list[tuple[str, str]]:
    return [(one.id, named(one.id)) for one in statutory_lists().values() if one.instrument_on(on)]


def _grounds(found: StatutoryList) -> list[tuple[str, str]]:
    language = get_language() or ""
    return [(one.key, one.label.in_language(language)) for one in found.grounds_on(clock.today())]


def _records(subject_id: UUID) -> list[tuple[str, str]]:
    """Return the adverse records of a subject that may found something now."""
    usable = [record_id for record_id, why in uses_of(subject_id, at=clock.now()).items() if why is None]
    entries = (current_entry(subject_id, record_id) for record_id in usable)
    return [(one.record_id.hex, f"{one.document_number} {one.decided_on or ''}".strip()) for one in entries]


def _proposed(
    request: HttpRequest, form: ProposeForm, found: StatutoryList, subject_id: UUID
) -> Proceeding | None:
    told = form.cleaned_data
    try:
        proposal = Proposal(
            subject_id, found.id, told["ground"], told["reasons"], _body(request, told.get("body", "")),
            [UUID(one) for one in told.get("records", [])],
        )  # fmt: skip
        return propose(proposal, who=who_of(request), at=clock.now())
    except UnknownAgency:
        form.add_error("body", _("No agency has this code."))
    except REFUSED as refused:
        say_why_not(form, refused)
    return None


def _body(request: HttpRequest, code: str) -> Agency:
    own = agency_of(request)
    return agency_of_code(code.strip()) if own is None else Agency.objects.get(id=own)
