"""A day as offices write it, read as one ISO date."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

_EARLIEST_YEAR = 1900  # before it stand only the zero dates of databases: 0001-01-01, 1899-12-30
_SHANGHAI = timezone(timedelta(hours=8))
_CHINESE_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")

_DAY = re.compile(
    r"(?P<year>\d{4})(?:"
    r"(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|年(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})[日号]?"
    r"|(?P<month_run>\d{2})(?P<day_run>\d{2})(?P<clock_run>\d{6})?"
    r")"
    r"(?:(?:T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_CHINESE_DAY = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)


def normal_date(text: str) -> str | None:
    """Return the ISO date `text` means, or None if it is no day of the calendar.

    Year first, four digits: 2016-1-5, 2016/1/5, 2016.1.5, 20160105, 2016年1月5日, 二〇一六年一月五日,
    each with or without a time of day. A time that names its zone is moved to Asia/Shanghai first,
    because the legal day is counted there. A two-digit year is nobody's to guess.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(_chinese_digits(plain))
    if found is None:
        return None
    try:
        day = _day(found)
    except (ValueError, OverflowError):
        return None
    return day.isoformat() if day.year >= _EARLIEST_YEAR else None


def _day(found: re.Match[str]) -> date:
    part = found.groupdict()
    month = part["month"] or part["month_zh"] or part["month_run"]
    day = part["day"] or part["day_zh"] or part["day_run"]
    hour, minute, second = _clock(part)
    moment = datetime(
        int(part["year"]), int(month), int(day), hour, minute, second, tzinfo=_zone(part["zone"])
    )
    return moment.astimezone(_SHANGHAI).date()


def _clock(part: dict[str, str]) -> tuple[int, int, int]:
    run = part["clock_run"]
    if run:
        return int(run[:2]), int(run[2:4]), int(run[4:])
    return int(part["hour"] or 0), int(part["minute"] or 0), int(part["second"] or 0)


def _zone(text: str | None) -> timezone:
    if text is None:
        return _SHANGHAI
    if text == "Z":
        return UTC
    shift = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(shift if text[0] == "+" else -shift)


def _chinese_digits(text: str) -> str:
    found = _CHINESE_DAY.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    return f"{year.translate(_CHINESE_DIGITS)}-{_up_to_99(month)}-{_up_to_99(day)}"


def _up_to_99(text: str) -> str:
    tens, ten, ones = text.rpartition("十")
    digits = ones.translate(_CHINESE_DIGITS)
    if not ten:
        return digits
    return (tens.translate(_CHINESE_DIGITS) or "1") + (digits or "0")
