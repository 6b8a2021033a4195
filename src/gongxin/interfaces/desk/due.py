"""What falls due, before it is late: decisions, cases, tip-offs, and months of which nothing is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.due_groups import due_group
from gongxin.core.reporting import ClassReport, ended_months, last_settled, month_of, settled_by
from gongxin.core.working_days import Calendar
from gongxin.interfaces import clock
from gongxin.interfaces.desk.obligations import GROUPS, Asked, Obligation, grouped, obligations
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import agency_asked
from gongxin.interfaces.desk.tables import FORMATS, MOST_ROWS, Column, Table, exported, files_of
from gongxin.interfaces.desk.templatetags.desk import class_name, held_reason
from gongxin.interfaces.pages.templatetags.wording import month as month_in_words
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ledger.reported import reports_of

MOST_ON_A_PAGE = 500


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
    is_file = file_format in FORMATS
    most = MOST_ROWS if is_file else MOST_ON_A_PAGE
    asked = Asked(agency, today, calendar, limit=most + 1, with_tip_offs=not is_file)
    found = obligations(asked, reports)
    if is_file:
        return exported(request, due_table(found, asked), file_format)
    context = {
        "section": "due",
        "agency": agency,
        "groups": grouped(found[:MOST_ON_A_PAGE], asked),
        "more": MOST_ON_A_PAGE if len(found) > MOST_ON_A_PAGE else None,
        "classes": [_reported(report, today, calendar) for report in reports],
        "months": [*reversed(ended_months(today)), month_of(today)],
        "today": today,
        "files": files_of(request),
    }
    return desk_page(request, "desk/due.html", context)


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


def due_table(found: Sequence[Obligation], asked: Asked) -> Table[Obligation]:
    """Return the list as a table to take away."""

    def near(one: Obligation) -> Promise:
        return GROUPS[due_group(one.due_on, today=asked.today, calendar=asked.calendar)]

    def left(one: Obligation) -> int:
        return -one.working_days if one.due_on < asked.today else one.working_days

    columns = (
        Column[Obligation](gettext_lazy("How near"), near),
        Column[Obligation](gettext_lazy("Last day"), lambda one: one.due_on),
        Column[Obligation](gettext_lazy("Provisional"), lambda one: _("yes") if one.provisional else ""),
        Column[Obligation](gettext_lazy("Working days left"), left),
        *_WHAT_IT_IS,
    )
    filters = {"on": asked.today.isoformat(), **({"agency": asked.agency.code} if asked.agency else {})}
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
    if one.listing is not None:
        return _("Second person: a listing suspended as wrong")
    if one.case is not None:
        return f"{one.case.limit} {one.case.number}"
    return _("Nothing reported for %(month)s") % {"month": month_in_words(one.month)}


def _document_number(one: Obligation) -> str | None:
    if one.case is not None:
        return one.case.clock.document_number or None
    if one.listing is not None:
        return one.listing.document_number
    return one.record.document_number if one.record else None


_WHAT_IT_IS = (
    Column[Obligation](gettext_lazy("What"), _what),
    Column[Obligation](
        gettext_lazy("Registered name"),
        lambda one: one.case.subject.public_name if one.case and one.case.subject else None,
    ),
    Column[Obligation](gettext_lazy("Document number"), _document_number),
    Column[Obligation](gettext_lazy("Decided on"), lambda one: one.record.decided_on if one.record else None),
    Column[Obligation](gettext_lazy("Class"), lambda one: class_name(one.class_id) if one.class_id else None),
    Column[Obligation](gettext_lazy("Agency"), lambda one: one.agency_name or _("The credit centre")),
    Column[Obligation](gettext_lazy("Unified code of the agency"), lambda one: one.agency_code),
    Column[Obligation](
        gettext_lazy("Why it waits"), lambda one: held_reason(one.record.held_reason) if one.record else None
    ),
)
