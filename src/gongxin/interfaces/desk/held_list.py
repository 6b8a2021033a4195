"""What waits for a publication decision and by when, and what of it is overdue, agency by agency."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.deadlines import lateness_working_days
from gongxin.core.office_days import OfficeDays, office_days
from gongxin.core.working_days import Calendar
from gongxin.interfaces.desk.as_of import AsOf, as_of
from gongxin.interfaces.desk.record_columns import (
    AGENCY,
    CLASS,
    DECIDED_ON,
    NAME_AS_SENT,
    SUBJECT,
    WHY_IT_WAITS,
    document_number,
    due_on,
)
from gongxin.interfaces.desk.tables import Column, Table, list_page
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.publication.standing import (
    Overdue,
    StandingRecord,
    Wanted,
    overdue_by_agency,
    pending,
)

TITLES: dict[str, Promise] = {
    "all": _("Waiting for a publication decision"),
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "soon": _("Due within five working days"),
}


@requires("held.read")
def held(request: HttpRequest) -> HttpResponseBase:
    """List what waits for a publication decision: all, overdue, due today or soon; one agency's or all."""
    asked, chosen = as_of(request), request.GET.get("due", "all")
    if chosen not in TITLES:
        raise Http404
    agency = _agency(request)
    table = due_table(chosen, asked, agency)
    context = {
        "section": "held",
        "agency": agency,
        "chosen": chosen,
        "choices": TITLES,
        "asked": asked,
    }
    return list_page(request, "desk/held.html", table, context)


@requires("held.read")
def overdue(request: HttpRequest) -> HttpResponseBase:
    """List the agencies with overdue records: how many, since when, how many working days late."""
    asked = as_of(request)
    return list_page(request, "desk/overdue.html", overdue_table(asked), {"section": "held", "asked": asked})


def due_table(chosen: str, asked: AsOf, agency: Agency | None = None) -> Table[StandingRecord]:
    """Return the records due in the `chosen` sense, as of the day asked about."""
    wanted = wanted_of(chosen, office_days(asked.on, working_calendar()), agency)

    def rows(limit: int, offset: int) -> list[StandingRecord]:
        return pending(at=asked.at, wanted=wanted, limit=limit, offset=offset)

    filters = {"due": chosen, "on": asked.on.isoformat(), **({"agency": agency.code} if agency else {})}
    columns = (
        due_on(asked.on),
        document_number("desk:history" if asked.past else "desk:held-case"),
        *_WHAT_IT_IS,
    )
    return Table("held", TITLES[chosen], columns, rows, filters)


_WHAT_IT_IS: tuple[Column[StandingRecord], ...] = (
    SUBJECT, NAME_AS_SENT, CLASS, DECIDED_ON, AGENCY, WHY_IT_WAITS,
)  # fmt: skip


def overdue_table(asked: AsOf) -> Table[Overdue]:
    calendar = working_calendar()

    def rows(limit: int, offset: int) -> list[Overdue]:
        return overdue_by_agency(at=asked.at, before=asked.on)[offset : offset + limit]

    columns = (
        Column[Overdue](_("Agency"), lambda one: one.agency_name, lead=True, link=_to_due),
        Column[Overdue](_("Records overdue"), lambda one: one.records),
        Column[Overdue](_("Oldest was due"), lambda one: one.oldest_due_on),
        Column[Overdue](_("Working days late"), lambda one: days_late(one.oldest_due_on, asked.on, calendar)),
        Column[Overdue](_("Telephone"), lambda one: one.agency_telephone),
    )
    return Table("overdue", _("Overdue, agency by agency"), columns, rows, {"on": asked.on.isoformat()})


def days_late(due: date, on: date, calendar: Calendar) -> int:
    return lateness_working_days(due, on, calendar)


def wanted_of(chosen: str, days: OfficeDays, agency: Agency | None = None) -> Wanted:
    """Return which pending records are meant by "overdue", "today", "soon" or "all"."""
    agency_ids = agencies_of(agency) if agency else None
    day = timedelta(days=1)
    bounds: dict[str, tuple[date | None, date | None]] = {
        "all": (None, None),
        "overdue": (None, days.today - day),
        "today": (days.today, days.today),
        "soon": (days.today + day, days.through),
    }
    due_from, due_through = bounds[chosen]
    return Wanted(due_from, due_through, agency_ids)


def _agency(request: HttpRequest) -> Agency | None:
    code = request.GET.get("agency", "")
    if not code:
        return None
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _to_due(one: Overdue) -> str:
    return f"{reverse('desk:held')}?due=overdue&agency={one.agency_code}"
