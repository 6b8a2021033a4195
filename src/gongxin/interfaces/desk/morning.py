"""The centre's morning page: what was refused, falls due, is overdue, waits or stands still."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.legal_day import day_begins
from gongxin.core.office_days import OfficeDays, office_days
from gongxin.core.submissions import STOPPED, State
from gongxin.interfaces import clock
from gongxin.interfaces.desk import home
from gongxin.interfaces.desk.as_of import AsOf
from gongxin.interfaces.desk.case_list import cases_table
from gongxin.interfaces.desk.doubts import Asked, doubts_table
from gongxin.interfaces.desk.held_list import due_table, overdue_table
from gongxin.interfaces.desk.notices import notices_table
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.submission_columns import AGENCY, FILE, RECEIVED_AT, REFUSAL, submissions_table
from gongxin.interfaces.desk.tables import FORMATS, Column, Shown, Table, exported, files_of
from gongxin.interfaces.desk.tip_offs import tip_offs_table
from gongxin.interfaces.desk.waiting_lists import suspended_table, unlinked_table
from gongxin.interfaces.permissions import agency_bound, requires
from gongxin.registry.accounts.rota import on_duty
from gongxin.registry.cases.due import Wanted as Clocks
from gongxin.registry.cases.due import count_running
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.intake.unfinished import open_rows, submissions_in
from gongxin.registry.notices.on_desk import FAILED, Wanted, count_on_desk
from gongxin.registry.publication.standing import count_pending, count_suspended
from gongxin.registry.subjects.doubt_queue import count_standing
from gongxin.registry.tip_offs.queries import count_open

FIRST = 5
REFUSED = State.REFUSED.value
TITLES: Mapping[str, Promise] = {
    "stopped": _("Stopped: our fault"),
    "refused": _("Files refused"),
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "soon": _("Due within five working days"),
    "cases": _("Cases due within five working days"),
    "tip-offs": _("Tip-offs due within five working days"),
    "unlinked": _("Rows without a subject"),
    "doubts": _("Doubtful links"),
    "proposed": _("Merges waiting for a second person"),
    "held": _("Held records"),
    "suspended": _("Suspended"),
    "letters": _("Notices whose mail failed"),
}
EMPTY: Mapping[str, Promise] = {
    "stopped": _("No file stands still through a fault of ours."),
    "refused": _("No file was refused as a whole since the last working day."),
    "overdue": _("No publication decision is overdue."),
    "today": _("Nothing must be decided today."),
    "soon": _("Nothing falls due in the next five working days."),
    "cases": _("No case is overdue or falls due in the next five working days."),
    "tip-offs": _("No tip-off is overdue or falls due in the next five working days."),
    "unlinked": _("Every accepted row has its subject."),
    "doubts": _("No doubtful link waits."),
    "proposed": _("No merge waits for a second person."),
    "held": _("No record waits for an officer."),
    "suspended": _("No publication is suspended."),
    "letters": _("No notice waits for a letter."),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One thing to look at: how much of it, its first rows, the way to all of them."""

    key: str
    count: int
    address: str
    table: Table[Any]

    @property
    def title(self) -> Promise:
        return TITLES[self.key]

    @property
    def empty(self) -> Promise:
        return EMPTY[self.key]

    @property
    def lines(self) -> Sequence[Sequence[Shown]]:
        return self.table.lines(self.table.rows(FIRST, 0)) if self.count else ()


@requires("desk.open")
def front(request: HttpRequest) -> HttpResponseBase:
    """Show the centre its morning page, and an agency its own."""
    if agency_bound(request, action="desk.open") is not None:
        return home.home(request)
    days = office_days(clock.today(), working_calendar())
    blocks = list(_blocks(days))
    if (file_format := request.GET.get("format", "")) in FORMATS:
        return exported(request, _counts(blocks, days), file_format)
    nothing = [block for block in blocks if not block.count]
    context = {
        "section": "home",
        "blocks": blocks,
        "nothing": nothing,
        "days": days,
        "on_duty": on_duty(None, on=days.today),
        "files": files_of(request),
    }
    return desk_page(request, "desk/morning.html", {**context, **home.nobody_works()})


def _blocks(days: OfficeDays) -> Iterator[Block]:
    now = AsOf(days.today, clock.now(), past=False)
    yield from _submissions(days)
    counts = count_pending(at=now.at, today=days.today, through=days.through)
    yield Block("overdue", counts.overdue, reverse("desk:overdue"), overdue_table(now))
    yield Block("today", counts.today, _to("held", due="today"), due_table("today", now))
    yield Block("soon", counts.soon, _to("held", due="soon"), due_table("soon", now))
    yield from _promised(days)
    yield Block("unlinked", open_rows().count(), _to("unlinked"), unlinked_table(now))
    yield from _doubts()
    yield Block("held", counts.waiting, _to("held"), due_table("all", now))
    yield Block("suspended", count_suspended(at=now.at), _to("suspended"), suspended_table(now))
    failed = count_on_desk(Wanted(FAILED))
    yield Block("letters", failed, _to("notices", state=FAILED), notices_table(FAILED, agency_ids=None))


def _promised(days: OfficeDays) -> Iterator[Block]:
    """Yield what somebody outside waits for; what is overdue stands in it, first."""
    due = count_running(Clocks(through=days.through))
    yield Block("cases", due, _to("cases", near="soon"), cases_table("soon", ""))
    table = tip_offs_table(days.today, days.through)
    yield Block("tip-offs", count_open(through=days.through), _to("tip-offs"), table)


def _doubts() -> Iterator[Block]:
    for key, standing in (("doubts", "open"), ("proposed", "proposed")):
        asked = Asked(standing)
        yield Block(key, count_standing(standing), _to("doubts", **asked.filters), doubts_table(asked))


def _submissions(days: OfficeDays) -> Iterator[Block]:
    stopped = submissions_in(None, STOPPED, since=None).count()
    table = submissions_table(None, STOPPED, "")
    stopped_on = Column[Any](_("Stopped on"), lambda one: one.stopped_at)
    number = Column[Any](_("Number in the log"), lambda one: one.id.hex)
    address = _to("submissions", state=STOPPED)
    yield Block("stopped", stopped, address, _with(table, FILE, AGENCY, stopped_on, number))
    since = days.last.isoformat()
    refused = submissions_in(None, REFUSED, since=day_begins(days.last)).count()
    table = submissions_table(None, REFUSED, since)
    address = _to("submissions", state=REFUSED, since=since)
    yield Block("refused", refused, address, _with(table, FILE, AGENCY, RECEIVED_AT, REFUSAL))


def _with(table: Table[Any], *columns: Column[Any]) -> Table[Any]:
    return replace(table, columns=columns)


def _counts(blocks: Sequence[Block], days: OfficeDays) -> Table[Block]:
    """Return the morning's counts as a table of their own."""
    columns = (
        Column[Block](_("Day"), lambda _block: days.today),
        Column[Block](_("What waits"), lambda block: block.title),
        Column[Block](_("How many"), lambda block: block.count),
    )
    return Table("morning", _("Morning page"), columns, lambda limit, offset: blocks[offset:][:limit])


def _to(name: str, **parameters: str) -> str:
    address = reverse(f"desk:{name}")
    return f"{address}?{urlencode(parameters)}" if parameters else address
