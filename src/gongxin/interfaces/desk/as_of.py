"""The day a list is asked about: today, or for the centre and the auditor a past day (`?on=2026-11-20`)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest

from gongxin.core.legal_day import day_begins
from gongxin.interfaces import clock


@dataclass(frozen=True, slots=True)
class AsOf:
    """`at` is the instant a list is told for: now, or the last of a past legal day."""

    on: date
    at: datetime
    past: bool


def as_of(request: HttpRequest) -> AsOf:
    """Return which day is asked about; a day that is none, or lies ahead, is today."""
    today = clock.today()
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        asked = today
    if asked >= today or asked.year < today.year - 100:
        return AsOf(today, clock.now(), past=False)
    return AsOf(asked, day_begins(asked + timedelta(days=1)) - timedelta(microseconds=1), past=True)
