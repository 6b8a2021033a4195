"""The day a command was asked about: one that exists, of the years the product reckons with."""

from datetime import date

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import CommandRefused

FIRST_YEAR, LAST_YEAR = 1949, 2099


def asked_day(text: str) -> date:
    """Return the day a text names. Raises CommandRefused, `no-such-day`."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _refused(text) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refused(text)
    return day


def _refused(text: str) -> CommandRefused:
    words = Label(f"不是有效日期：{text}（应如 2026-03-02）", f"no such day: {text} (write it as 2026-03-02)")
    return CommandRefused(words, "no-such-day")
