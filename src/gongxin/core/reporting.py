"""What an agency has reported, month by month, and by when a month must be settled.

No rule names a day by which a month is to be reported. But a decision of the month's last day must be
public by a day the law does name: once that has passed, whatever the month still lacks is late.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongxin.core.deadlines import NO_LIMIT, Due, classes_with_deadlines, publish_by
from gongxin.core.periods import Period, add_months
from gongxin.core.working_days import Calendar

ENDED_MONTHS = 3  # how far back a month that lacks everything is still asked for
MONTHS_STATED = 12  # for how many ended months an agency may state that it decided nothing


@dataclass(frozen=True, slots=True)
class ClassReport:
    """What an agency reported for one class: its records by the month they were decided in.

    `nil` are the months for which it stated that it had decided nothing; the first may be all there is.
    """

    class_id: str
    first_received_on: date
    last_received_at: datetime | None
    records: Mapping[date, int]
    nil: Collection[date]

    def is_settled(self, month: date) -> bool:
        """Return whether anything of `month` is here, or it was stated that there is nothing."""
        return bool(self.records.get(month)) or month in self.nil


@dataclass(frozen=True, slots=True)
class UnsettledMonth:
    """A month of which nothing is here, and the day by which the last of it would be due."""

    class_id: str
    month: date
    due: Due


def month_of(on: date) -> date:
    """Return the first day of the month in which `on` lies: what a month is called here."""
    return on.replace(day=1)


def month_ends(month: date) -> date:
    """Return the last day of `month`."""
    return Period(days=-1).after(add_months(month, 1))


def ended_months(on: date, count: int = ENDED_MONTHS) -> list[date]:
    """Return the last `count` months that have ended by `on`, the newest first."""
    return [add_months(month_of(on), -back) for back in range(1, count + 1)]


def settled_by(class_id: str, month: date, calendar: Calendar) -> Due:
    """Return the last day for a decision made on the last day of `month`; none where no limit is known."""
    if class_id not in classes_with_deadlines():
        return Due(None, False, NO_LIMIT, "")
    return publish_by(class_id, month_ends(month), calendar)


def unsettled_months(report: ClassReport, *, on: date, calendar: Calendar) -> Iterator[UnsettledMonth]:
    """Yield the ended months of which nothing is here, the oldest first.

    Months before the agency began to report the class are not asked for, nor are classes without a limit.
    """
    for month in reversed(ended_months(on)):
        if month < month_of(report.first_received_on) or report.is_settled(month):
            continue
        due = settled_by(report.class_id, month, calendar)
        if due.due_on is not None:
            yield UnsettledMonth(report.class_id, month, due)


def last_settled(report: ClassReport, *, on: date) -> date | None:
    """Return the newest ended month of which something is here or stated, looking back a year."""
    return next((month for month in ended_months(on, MONTHS_STATED) if report.is_settled(month)), None)
