"""What falls due, before it is late: records that still need a decision, months of which nothing is here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.due_groups import DueGroup, due_group
from gongxin.core.reporting import (
    ClassReport,
    ended_months,
    last_settled,
    month_of,
    settled_by,
    unsettled_months,
)
from gongxin.core.working_days import Calendar, working_days_between
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import agency_asked
from gongxin.interfaces.desk.tables import FORMATS, MOST_ROWS, Column, Table, exported, files_of
from gongxin.interfaces.desk.templatetags.desk import class_name, held_reason
from gongxin.interfaces.pages.templatetags.wording import month as month_in_words
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ledger.reported import reports_of
from gongxin.registry.publication.waiting import WaitingRecord, still_due

MOST_ON_A_PAGE = 500
GROUPS: dict[DueGroup, Promise] = {
    DueGroup.OVERDUE: gettext_lazy("Overdue"),
    DueGroup.TODAY: gettext_lazy("Due today"),
    DueGroup.SOON: gettext_lazy("Within three working days"),
    DueGroup.THIS_WEEK: gettext_lazy("This week"),
    DueGroup.LATER: gettext_lazy("After this week"),
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that falls due: a record to decide about, or a month to settle."""

    due_on: date
    provisional: bool
    working_days: int  # left until the day, or gone since
    class_id: str
    agency_name: str
    agency_code: str
    record: WaitingRecord | None = None
    month: date | None = None


@dataclass(frozen=True, slots=True)
class MonthState:
    """What is here of one month of one class."""

    month: date
    records: int
    is_nil: bool


@dataclass(frozen=True, slots=True)
class ReportedClass:
    """One class an agency reports: what is here month by month, and by when the newest must be settled."""

    report: ClassReport
    months: list[MonthState]
    last_settled: date | None
    settle_by: date | None
    provisional: bool


@requires("due.read")
def due(request: HttpRequest) -> HttpResponseBase:
    """List what falls due for one's own agency; for the centre of all, or of the agency it names."""
    agency = agency_asked(request, action="due.read")
    calendar, today = working_calendar(), clock.today()
    reports = reports_of(agencies_of(agency), on=today) if agency else []
    file_format = request.GET.get("format", "")
    most = MOST_ROWS if file_format in FORMATS else MOST_ON_A_PAGE
    found = list(_obligations(agency, reports, today, calendar, limit=most + 1))
    if file_format in FORMATS:
        return exported(request, due_table(found, agency, today, calendar), file_format)
    context = {
        "section": "due",
        "agency": agency,
        "groups": _grouped(found[:MOST_ON_A_PAGE], today, calendar),
        "more": MOST_ON_A_PAGE if len(found) > MOST_ON_A_PAGE else None,
        "classes": [_reported(report, today, calendar) for report in reports],
        "months": [*reversed(ended_months(today)), month_of(today)],
        "today": today,
        "files": files_of(request),
    }
    return desk_page(request, "desk/due.html", context)


def _obligations(
    agency: Agency | None, reports: list[ClassReport], today: date, calendar: Calendar, *, limit: int
) -> Iterator[Obligation]:
    """Yield what falls due, the earliest first; of one day the records before the months."""
    agency_id: UUID | None = agency.id if agency else None
    records = (_of_record(one, today, calendar) for one in still_due(agency_id=agency_id, limit=limit))
    months = (one for report in reports for one in _of_months(agency, report, today, calendar))
    yield from sorted([*records, *months], key=lambda one: (one.due_on, one.month is not None))[:limit]


def _of_record(record: WaitingRecord, today: date, calendar: Calendar) -> Obligation:
    return Obligation(
        due_on=record.due_on,
        provisional=record.provisional,
        working_days=_working_days(record.due_on, today, calendar),
        class_id=record.class_id,
        agency_name=record.agency_name,
        agency_code=record.agency_code,
        record=record,
    )


def _of_months(
    agency: Agency | None, report: ClassReport, today: date, calendar: Calendar
) -> Iterator[Obligation]:
    for one in unsettled_months(report, on=today, calendar=calendar):
        if one.due.due_on is not None and agency is not None:
            yield Obligation(
                due_on=one.due.due_on,
                provisional=one.due.provisional,
                working_days=_working_days(one.due.due_on, today, calendar),
                class_id=one.class_id,
                agency_name=agency.name,
                agency_code=agency.code,
                month=one.month,
            )


def _working_days(due_on: date, today: date, calendar: Calendar) -> int:
    gone = due_on < today
    first, last = (due_on, today) if gone else (today, due_on)
    return working_days_between(first, last, calendar)


def _grouped(
    found: list[Obligation], today: date, calendar: Calendar
) -> list[tuple[DueGroup, Promise, list[Obligation]]]:
    groups: dict[DueGroup, list[Obligation]] = {group: [] for group in DueGroup}
    for one in found:
        groups[due_group(one.due_on, today=today, calendar=calendar)].append(one)
    return [(group, GROUPS[group], members) for group, members in groups.items() if members]


def _reported(report: ClassReport, today: date, calendar: Calendar) -> ReportedClass:
    months = [*reversed(ended_months(today)), month_of(today)]
    newest = settled_by(report.class_id, ended_months(today)[0], calendar)
    return ReportedClass(
        report=report,
        months=[MonthState(one, report.records.get(one, 0), one in report.nil) for one in months],
        last_settled=last_settled(report, on=today),
        settle_by=newest.due_on,
        provisional=newest.provisional,
    )


def due_table(
    found: Sequence[Obligation], agency: Agency | None, today: date, calendar: Calendar
) -> Table[Obligation]:
    """Return the list as a table to take away."""

    def near(one: Obligation) -> Promise:
        return GROUPS[due_group(one.due_on, today=today, calendar=calendar)]

    def left(one: Obligation) -> int:
        return -one.working_days if one.due_on < today else one.working_days

    columns = (
        Column[Obligation](gettext_lazy("How near"), near),
        Column[Obligation](gettext_lazy("Last day"), lambda one: one.due_on),
        Column[Obligation](gettext_lazy("Provisional"), lambda one: _("yes") if one.provisional else ""),
        Column[Obligation](gettext_lazy("Working days left"), left),
        *_WHAT_IT_IS,
    )
    filters = {"on": today.isoformat(), **({"agency": agency.code} if agency else {})}
    return Table(
        "due",
        gettext_lazy("What falls due"),
        columns,
        lambda limit, offset: found[offset : offset + limit],
        filters,
    )


def _what(one: Obligation) -> str:
    if one.record is not None:
        return _("Publication decision")
    return _("Nothing reported for %(month)s") % {"month": month_in_words(one.month)}


_WHAT_IT_IS = (
    Column[Obligation](gettext_lazy("What"), _what),
    Column[Obligation](
        gettext_lazy("Document number"), lambda one: one.record.document_number if one.record else None
    ),
    Column[Obligation](gettext_lazy("Decided on"), lambda one: one.record.decided_on if one.record else None),
    Column[Obligation](gettext_lazy("Class"), lambda one: class_name(one.class_id)),
    Column[Obligation](gettext_lazy("Agency"), lambda one: one.agency_name),
    Column[Obligation](gettext_lazy("Unified code of the agency"), lambda one: one.agency_code),
    Column[Obligation](
        gettext_lazy("Why it waits"), lambda one: held_reason(one.record.held_reason) if one.record else None
    ),
)
