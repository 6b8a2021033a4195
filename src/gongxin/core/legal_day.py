"""The legal day: a date in Asia/Shanghai, whatever the machine's own clock zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def legal_day(at: datetime) -> date:
    """Return the legal day on which the aware instant `at` falls."""
    if at.tzinfo is None:
        raise ValueError("a legal day needs an aware instant")
    return at.astimezone(SHANGHAI).date()


def day_begins(on: date) -> datetime:
    """Return the instant, in UTC, at which the legal day `on` begins."""
    return datetime.combine(on, time(), tzinfo=SHANGHAI).astimezone(UTC)
