"""How near a last day is, as a clerk plans the week: grouped before it is too late."""

from datetime import date, timedelta
from enum import StrEnum

from gongxin.core.working_days import Calendar, working_days_between

SOON_WORKING_DAYS = 3
_SUNDAY = 6


class DueGroup(StrEnum):
    """In the order in which they are shown: the most pressing first."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"  # within three working days
    THIS_WEEK = "this-week"
    LATER = "later"


def due_group(due_on: date, *, today: date, calendar: Calendar) -> DueGroup:
    """Return how near `due_on` is on `today`; working days are those of the official calendar."""
    if due_on < today:
        return DueGroup.OVERDUE
    if due_on == today:
        return DueGroup.TODAY
    if working_days_between(today, due_on, calendar) <= SOON_WORKING_DAYS:
        return DueGroup.SOON
    return DueGroup.THIS_WEEK if due_on <= week_ends(today) else DueGroup.LATER


def week_ends(on: date) -> date:
    """Return the Sunday of the week in which `on` lies."""
    return on + timedelta(days=_SUNDAY - on.weekday())
