"""Days for a calendar program: iCalendar, RFC 5545, whole days without a time zone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST_LINE = 75  # octets, without the line's end


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day and what is on it. `uid` is the same each time, so that a later file mends an earlier."""

    uid: str
    on: date
    words: str


def calendar_file(days: Iterable[Day], *, made_at: datetime) -> str:
    """Return these days as an iCalendar file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongxin//own file//ZH",
        "METHOD:PUBLISH",
        *(line for day in days for line in _event(day, made_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(day: Day, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{day.uid}@gongxin"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(day.words)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, none of them inside a character; the rest is indented."""
    piece, size = "", 0
    for sign in line:
        weight = len(sign.encode())
        if size + weight > _LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + weight
    yield piece
