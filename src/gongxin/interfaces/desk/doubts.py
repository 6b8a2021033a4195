"""The review queue of doubtful links: how many wait and how long, narrowed by reason, sender and standing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongxin.core.legal_day import day_begins
from gongxin.interfaces import clock
from gongxin.interfaces.desk.doubt_history import standing_of_each
from gongxin.interfaces.desk.doubt_words import AGES, REASONS, STANDINGS
from gongxin.interfaces.desk.just_decided import just_decided
from gongxin.interfaces.desk.record_columns import leaving_name
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.desk.templatetags.desk import class_name
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agencies_of, agency_of_code
from gongxin.registry.subjects.doubt_queue import Narrowed, cases, count_by_reason, count_standing, waiting
from gongxin.registry.subjects.models import Doubt
from gongxin.registry.subjects.queries import Profile, profiles


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the queue."""

    doubt_id: UUID
    name: str
    beside: Profile
    reason: str
    found_at: datetime
    class_id: str
    agency_name: str
    said_by: str  # of a case put aside, or proposed: whose word stands


@dataclass(frozen=True, slots=True)
class Asked:
    """How the queue is narrowed, as the address says it; empty where it is not."""

    standing: str = "open"
    reason: str = ""
    agency: Agency | None = None
    age: int | None = None

    @property
    def filters(self) -> dict[str, str]:
        named = {
            "standing": self.standing if self.standing != "open" else "",
            "reason": self.reason,
            "agency": self.agency.code if self.agency else "",
            "age": "" if self.age is None else str(self.age),
        }
        return {name: value for name, value in named.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.filters)

    @property
    def narrowed(self) -> Narrowed:
        fresh, at = self.age == 0, clock.now()
        return Narrowed(
            standing=self.standing,
            reason=self.reason,
            agencies=agencies_of(self.agency) if self.agency else None,
            found_from=day_begins(clock.today()) if fresh else None,
            found_before=at - timedelta(days=self.age) if self.age else None,
        )


@requires("doubt.read")
def doubts(request: HttpRequest) -> HttpResponseBase:
    """List the cases that wait, the longest waiting first, with counts by reason and by age."""
    asked = asked_of(request)
    first = cases(asked.narrowed).first()
    counts = waiting(at=clock.now(), today=day_begins(clock.today()))
    elsewhere = set(asked.filters) - {"reason"}
    by_reason = count_by_reason(asked.narrowed) if elsewhere else counts.by_reason
    standings = {key: counts.total if key == "open" else count_standing(key) for key in STANDINGS}
    context = {
        "section": "doubts",
        "asked": asked,
        "just": just_decided(request),
        "first": case_address(first.id, asked) if first else "",
        "total": counts.total,
        "reasons": [(key, words, by_reason.get(key, 0)) for key, words in REASONS.items()],
        "ages": [(str(days), words, counts.by_age[days]) for days, words in AGES.items()],
        "standings": [(key, words, standings[key]) for key, words in STANDINGS.items()],
        "agencies": Agency.objects.order_by("name"),
    }
    return list_page(request, "desk/doubts.html", doubts_table(asked), context)


def asked_of(request: HttpRequest) -> Asked:
    """Return how the address narrows the queue. Raises Http404 for what is no such filter."""
    standing, reason = request.GET.get("standing") or "open", request.GET.get("reason", "")
    age, code = request.GET.get("age", ""), request.GET.get("agency", "").strip()
    if standing not in STANDINGS or (reason and reason not in REASONS) or age not in {"", *map(str, AGES)}:
        raise Http404
    try:
        agency = agency_of_code(code) if code else None
    except UnknownAgency as unknown:
        raise Http404 from unknown
    return Asked(standing, reason, agency, int(age) if age else None)


def case_address(doubt_id: UUID, asked: Asked) -> str:
    """Return the address of a case, which remembers how the queue was narrowed."""
    address = reverse("desk:doubt", args=(doubt_id,))
    return f"{address}?{asked.query}" if asked.query else address


def doubts_table(asked: Asked) -> Table[Case]:
    """Return the cases that wait under these filters."""
    said_by = Column[Case](_("By whom"), lambda case: case.said_by)
    columns = (
        Column[Case](
            _("Name"),
            lambda case: case.name,
            link=lambda case: case_address(case.doubt_id, asked),
            leaves_as=lambda case: leaving_name(case.name, private=False),
            lead=True,
        ),
        Column[Case](
            _("Beside"), lambda case: case.beside.name, leaves_as=lambda case: case.beside.public_name
        ),
        Column[Case](_("Code"), lambda case: case.beside.code),
        Column[Case](_("Why"), lambda case: REASONS[case.reason]),
        Column[Case](_("Class"), lambda case: class_name(case.class_id) if case.class_id else None),
        Column[Case](_("Agency"), lambda case: case.agency_name),
        Column[Case](_("Found at"), lambda case: case.found_at),
        *([] if asked.standing == "open" else [said_by]),
    )

    def rows(limit: int, offset: int) -> list[Case]:
        return _cases(list(cases(asked.narrowed)[offset : offset + limit]))

    return Table("doubts", STANDINGS[asked.standing], columns, rows, asked.filters)


def _cases(leads: list[Doubt]) -> list[Case]:
    ids = {one for lead in leads for one in (lead.subject_id, lead.other_id) if one is not None}
    known = profiles(ids, at=clock.now())
    said = {one.doubt_id: one.by for one in standing_of_each(leads)}
    who = Who(said.values())
    return [
        _case(lead, known, who.in_words(said[lead.id]) if lead.id in said else "")
        for lead in leads
        if lead.other_id in known
    ]


def _case(lead: Doubt, known: dict[UUID, Profile], said_by: str) -> Case:
    row = lead.row
    return Case(
        doubt_id=lead.id,
        name=row.name if row else _name(lead, known),
        beside=known[lead.other_id],
        reason=lead.reason,
        found_at=lead.found_at,
        class_id=row.class_id if row else "",
        agency_name=row.submission.agency.name if row else "",
        said_by=said_by,
    )


def _name(lead: Doubt, known: dict[UUID, Profile]) -> str:
    subject = known.get(lead.subject_id) if lead.subject_id else None
    return subject.name if subject else ""
