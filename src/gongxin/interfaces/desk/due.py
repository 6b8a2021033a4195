"""What falls due, before it is late: records that still need a decision, months of which nothing is here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
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
from gongxin.engine.export_text import Cell
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import agency_asked
from gongxin.interfaces.desk.table_download import table_response
from gongxin.interfaces.desk.templatetags.desk import class_name, held_reason
from gongxin.interfaces.pages.templatetags.wording import month as month_in_words
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ledger.reported import reports_of
from gongxin.registry.publication.waiting import WaitingRecord, still_due

MOST_ON_A_PAGE, MOST_IN_A_FILE = 500, 50_000
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
def due(request: HttpRequest) -> HttpResponse:
    """List what falls due for one's own agency; for the centre of all, or of the agency it names."""
    agency = agency_asked(request, action="due.read")
    calendar, today = working_calendar(), clock.today()
    reports = reports_of(agencies_of(agency), on=today) if agency else []
    found = list(_obligations(agency, reports, today, calendar, limit=MOST_ON_A_PAGE + 1))
    context = {
        "section": "due",
        "agency": agency,
        "groups": _grouped(found[:MOST_ON_A_PAGE], today, calendar),
        "more": MOST_ON_A_PAGE if len(found) > MOST_ON_A_PAGE else None,
        "classes": [_reported(report, today, calendar) for report in reports],
        "months": [*reversed(ended_months(today)), month_of(today)],
        "today": today,
    }
    return desk_page(request, "desk/due.html", context)


@requires("due.read")
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send the same list as a table."""
    agency = agency_asked(request, action="due.read")
    calendar, today = working_calendar(), clock.today()
    reports = reports_of(agencies_of(agency), on=today) if agency else []
    found = _obligations(agency, reports, today, calendar, limit=MOST_IN_A_FILE)
    header = [
        _("How near"), _("Last day"), _("Provisional"), _("Working days left"), _("What"),
        _("Document number"), _("Decided on"), _("Class"), _("Agency"), _("Unified code of the agency"),
        _("Why it waits"),
    ]  # fmt: skip
    return table_response(
        name=f"due-{today:%Y%m%d}",
        title=_("What falls due"),
        header=header,
        rows=(_cells(one, today, calendar) for one in found),
        file_format=file_format,
    )


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


def _cells(one: Obligation, today: date, calendar: Calendar) -> list[Cell]:
    record = one.record
    words = _("Publication decision") if record else _("Nothing reported for %(month)s") % {
        "month": month_in_words(one.month)
    }  # fmt: skip
    left = -one.working_days if one.due_on < today else one.working_days
    return [
        str(GROUPS[due_group(one.due_on, today=today, calendar=calendar)]),
        one.due_on.isoformat(),
        _("yes") if one.provisional else "",
        left,
        words,
        record.document_number if record else "",
        record.decided_on.isoformat() if record and record.decided_on else "",
        class_name(one.class_id),
        one.agency_name,
        one.agency_code,
        str(held_reason(record.held_reason)) if record else "",
    ]
