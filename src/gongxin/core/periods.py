"""Periods in days, months and years, as the Civil Code counts them.

The day of the event is not counted (art 201); a period of months or years ends on the corresponding
day, or on the month's last day where there is none (art 202).
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a law states it."""

    years: int = 0
    months: int = 0
    days: int = 0

    def after(self, on: date) -> date:
        """Return the day on which a period begun by an event on `on` ends."""
        return add_months(on, self.years * 12 + self.months) + timedelta(days=self.days)


def add_months(on: date, months: int) -> date:
    """Return the corresponding day `months` later, or that month's last day where there is none."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
