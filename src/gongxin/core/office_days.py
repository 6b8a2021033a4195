"""The days an office looks at in the morning, on the official calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongxin.core.working_days import Calendar, add_working_days

SOON = 5  # working days: a week of work


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """`last` is the working day before `today`; `through` the fifth one after it."""

    last: date
    today: date
    through: date


def office_days(today: date, calendar: Calendar) -> OfficeDays:
    """Return what "since the last working day" and "within five working days" mean on `today`."""
    last = today - timedelta(days=1)
    while not calendar.is_working_day(last):
        last -= timedelta(days=1)
    return OfficeDays(last, today, add_working_days(today, SOON, calendar).day)
