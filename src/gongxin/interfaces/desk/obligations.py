"""What somebody has to do by a day: decide about a record or a listing, act in a case, settle a month."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.due_groups import DueGroup, due_group
from gongxin.core.receipts import in_groups
from gongxin.core.reporting import ClassReport, unsettled_months
from gongxin.core.working_days import Calendar, working_days_between
from gongxin.interfaces import clock
from gongxin.interfaces.desk.case_list import NamedClock, named
from gongxin.interfaces.pages.tip_off_words import STATES
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.cases.due import Wanted, running
from gongxin.registry.lists.due import SecondLook, second_looks
from gongxin.registry.publication.waiting import WaitingRecord, still_due
from gongxin.registry.tip_offs.models import TipOff
from gongxin.registry.tip_offs.queries import open_ones

GROUPS: dict[DueGroup, Promise] = {
    DueGroup.OVERDUE: _("Overdue"),
    DueGroup.TODAY: _("Due today"),
    DueGroup.SOON: _("Within three working days"),
    DueGroup.THIS_WEEK: _("This week"),
    DueGroup.LATER: _("After this week"),
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that falls due; which of the five it is about is set, the others are empty."""

    due_on: date
    provisional: bool
    working_days: int  # left until the day, or gone since
    class_id: str
    agency_name: str  # of whoever must act; empty: the centre
    agency_code: str
    record: WaitingRecord | None = None
    case: NamedClock | None = None
    tip_off: TipOff | None = None
    listing: SecondLook | None = None
    month: date | None = None

    @property
    def tip_off_number(self) -> str:
        return in_groups(self.tip_off.number or "") if self.tip_off else ""

    @property
    def tip_off_state(self) -> Promise | str:
        return STATES[self.tip_off.state] if self.tip_off else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose obligations, and as of which day. `agency` None: everybody's, but for the months."""

    agency: Agency | None
    today: date
    calendar: Calendar
    limit: int
    with_tip_offs: bool  # never where a file is made of it (R13)

    @property
    def agency_ids(self) -> Collection[UUID] | None:
        return agencies_of(self.agency) if self.agency else None

    def working_days(self, due_on: date) -> int:
        first, last = (due_on, self.today) if due_on < self.today else (self.today, due_on)
        return working_days_between(first, last, self.calendar)


def obligations(asked: Asked, reports: Sequence[ClassReport]) -> list[Obligation]:
    """Return what falls due, the earliest first; of one day the months last."""
    agency_ids = asked.agency_ids
    clocks = running(wanted=Wanted(agency_ids=agency_ids), limit=asked.limit)
    found = [
        *_records(asked),
        *_second_looks(asked, agency_ids),
        *(_of_clock(one, asked) for one in named(clocks)),
        *(_tip_offs(asked, agency_ids) if asked.with_tip_offs else ()),
        *(one for report in reports for one in _months(report, asked)),
    ]
    return sorted(found, key=lambda one: (one.due_on, one.month is not None))[: asked.limit]


def grouped(found: Sequence[Obligation], asked: Asked) -> list[tuple[DueGroup, Promise, list[Obligation]]]:
    groups: dict[DueGroup, list[Obligation]] = {group: [] for group in DueGroup}
    for one in found:
        groups[due_group(one.due_on, today=asked.today, calendar=asked.calendar)].append(one)
    return [(group, GROUPS[group], members) for group, members in groups.items() if members]


def _records(asked: Asked) -> Iterator[Obligation]:
    for record in still_due(agency_id=asked.agency.id if asked.agency else None, limit=asked.limit):
        yield Obligation(
            due_on=record.due_on,
            provisional=record.provisional,
            working_days=asked.working_days(record.due_on),
            class_id=record.class_id,
            agency_name=record.agency_name,
            agency_code=record.agency_code,
            record=record,
        )


def _second_looks(asked: Asked, agency_ids: Collection[UUID] | None) -> Iterator[Obligation]:
    """Yield what one person suspended as wrong and another has to confirm or lift."""
    found = second_looks(at=clock.now(), calendar=asked.calendar, agency_ids=agency_ids, limit=asked.limit)
    for one in found:
        due_on = one.due.due_on or asked.today
        yield Obligation(
            due_on=due_on,
            provisional=one.due.provisional,
            working_days=asked.working_days(due_on),
            class_id=one.exit.list_id,
            agency_name=one.agency.name,
            agency_code=one.agency.code,
            listing=one,
        )


def _of_clock(one: NamedClock, asked: Asked) -> Obligation:
    return Obligation(
        due_on=one.clock.due_on,
        provisional=one.clock.provisional,
        working_days=asked.working_days(one.clock.due_on),
        class_id=one.clock.class_id,
        agency_name=one.clock.agency_name,
        agency_code=one.clock.agency_code,
        case=one,
    )


def _tip_offs(asked: Asked, agency_ids: Collection[UUID] | None) -> Iterator[Obligation]:
    for one in open_ones(agency_ids, limit=asked.limit):
        if one.due_on is not None:
            yield Obligation(
                due_on=one.due_on,
                provisional=one.provisional,
                working_days=asked.working_days(one.due_on),
                class_id="",
                agency_name=one.agency.name if one.agency else "",
                agency_code=one.agency.code if one.agency else "",
                tip_off=one,
            )


def _months(report: ClassReport, asked: Asked) -> Iterator[Obligation]:
    for one in unsettled_months(report, on=asked.today, calendar=asked.calendar):
        if one.due.due_on is not None and asked.agency is not None:
            yield Obligation(
                due_on=one.due.due_on,
                provisional=one.due.provisional,
                working_days=asked.working_days(one.due.due_on),
                class_id=one.class_id,
                agency_name=asked.agency.name,
                agency_code=asked.agency.code,
                month=one.month,
            )
