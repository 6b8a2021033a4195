"""The one place that reads the clock. Everything below takes the instant or the day it is told."""

import os
import time
from datetime import UTC, date, datetime, timedelta

from gongxin.core.legal_day import day_begins, legal_day

A_DAY = len("2026-11-23")
JUST_BEFORE = timedelta(microseconds=1)


class UnreadableNow(Exception):
    """GONGXIN_NOW must be an ISO date or an instant with its offset, such as 2026-11-23T10:00:00+08:00."""


def now() -> datetime:
    """Return this instant in UTC, or what GONGXIN_NOW says (tests)."""
    told = os.environ.get("GONGXIN_NOW")
    return instant(told) if told else datetime.now(UTC)


def today() -> date:
    """Return the legal day of this instant."""
    return legal_day(now())


def machine_seconds() -> int:
    """Return seconds by the machine's own clock, not GONGXIN_NOW: to count requests, never for law."""
    return int(time.time())


def instant(text: str) -> datetime:
    """Return the instant `text` names in ISO form; a bare date is the beginning of that legal day."""
    try:
        read = _read(text)
        # The first and last days of the calendar have no neighbour to which an offset could carry them.
        legal_day(read)
    except (ValueError, OverflowError) as error:
        raise UnreadableNow(text) from error
    return read


def moment_asked(text: str, *, now: datetime) -> datetime:
    """Return the instant a question is about; a day is meant as it ended, today as it is `now`.

    Raises UnreadableNow for a text that is neither a day nor an instant with its zone.
    """
    begins = instant(text)
    if len(text) != A_DAY or begins > now:
        return begins
    return min(now, day_begins(legal_day(begins) + timedelta(days=1)) - JUST_BEFORE)


def _read(text: str) -> datetime:
    if len(text) == A_DAY:
        return day_begins(date.fromisoformat(text))
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return read.astimezone(UTC)
