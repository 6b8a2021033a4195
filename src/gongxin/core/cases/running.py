"""Clocks of cases: how a limit starts, stops for an appraisal, runs on, and is extended.

A pause costs nobody a day: what was left when the clock stopped is left when it runs again. The day on
which it stops counts as used only when it is over. Source: Henan regulation art 41; law-decisions 5, 16.
"""

from dataclasses import dataclass, replace
from datetime import date

from gongxin.core.deadlines import due_on
from gongxin.core.working_days import Calendar, add_working_days, working_days_between


class NotRunning(Exception):
    """This clock has stopped or run out, so it cannot be stopped or extended; or runs, and cannot go on."""


@dataclass(frozen=True, slots=True)
class Running:
    """One limit at work: so many working days counted from a day give its last day.

    `begun_on` stays through every pause; `working_days_left` stands while it has stopped.
    """

    limit: str
    begun_on: date
    counted_from: date
    working_days: int
    due_on: date
    provisional: bool
    source: str
    article: str
    working_days_left: int | None = None
    used_before: int = 0  # working days that passed before it was last counted from

    def is_late(self, on: date) -> bool:
        return self.working_days_left is None and on > self.due_on


def started(limit: str, *, on: date, calendar: Calendar) -> Running:
    """Return the clock that an event on a day starts. Raises KeyError for a limit the law data has not."""
    due = due_on(limit, on, calendar)
    if due.due_on is None:
        raise KeyError(limit)
    counted = working_days_between(on, due.due_on, calendar)
    return Running(limit, on, on, counted, due.due_on, due.provisional, due.source, due.article)


def paused(clock: Running, *, on: date, calendar: Calendar) -> Running:
    """Return the clock as it stops on a day. Raises NotRunning for one that has stopped or run out."""
    if clock.working_days_left is not None or clock.is_late(on):
        raise NotRunning(clock.limit)
    return replace(clock, working_days_left=working_days_between(on, clock.due_on, calendar))


def resumed(clock: Running, *, on: date, calendar: Calendar) -> Running:
    """Return the clock as it runs on from a day. Raises NotRunning for one that has not stopped."""
    if clock.working_days_left is None:
        raise NotRunning(clock.limit)
    going_on = replace(
        clock,
        counted_from=on,
        used_before=clock.used_before + clock.working_days - clock.working_days_left,
        working_days=clock.working_days_left,
        working_days_left=None,
    )
    return reckoned_anew(going_on, calendar=calendar)


def extended(clock: Running, *, working_days: int, on: date, calendar: Calendar) -> Running:
    """Return the clock with some working days more. Raises NotRunning for one that has stopped or run out."""
    if clock.working_days_left is not None or clock.is_late(on):
        raise NotRunning(clock.limit)
    return reckoned_anew(replace(clock, working_days=clock.working_days + working_days), calendar=calendar)


def working_days_used(counted_from: date, used_before: int, *, on: date, calendar: Calendar) -> int:
    """Return how many working days of a limit have passed on a day; those of a pause do not count."""
    return used_before + working_days_between(counted_from, on, calendar)


def reckoned_anew(clock: Running, *, calendar: Calendar) -> Running:
    """Return the clock with the last day that this calendar gives; what was provisional may be sure now."""
    end = add_working_days(clock.counted_from, clock.working_days, calendar)
    return replace(clock, due_on=end.day, provisional=end.provisional)
