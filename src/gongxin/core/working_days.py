"""Which days are working days, and how limits are counted in them.

The yearly notice of the State Council departs from the plain week in both directions: weekdays off and
weekends made up. A year without a notice is provisional: weekends and 1 January off (law-decisions 8).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import yaml

from gongxin.core.catalogue import Label
from gongxin.core.law_files import parse_law, read_law

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class CalendarRefused(Exception):
    """A document of holidays cannot be used; its message says why."""

    def __init__(self, message: Label) -> None:
        super().__init__(f"{message.zh} / {message.en}")
        self.message = message


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's notice: only what departs from the plain week. It may reach into the December before."""

    year: int
    days_off: frozenset[date]
    days_made_up: frozenset[date]
    notice: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day that was counted out. Provisional if the count met a year without a notice."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Departures:
    weekdays_off: frozenset[date]
    weekends_worked: frozenset[date]


class Calendar:
    """Working days by the notices known. Reads a year only when a count touches it; never changes."""

    def __init__(self, read_year: Callable[[int], CalendarYear | None]) -> None:
        self._read_year = cache(read_year)
        self._departures = cache(self._departures_of)

    def with_year(self, added: CalendarYear) -> "Calendar":
        """Return a calendar that also knows `added`, in place of what was known of that year."""
        return Calendar(lambda year: added if year == added.year else self._read_year(year))

    def is_official(self, year: int) -> bool:
        return self._read_year(year) is not None

    def is_working_day(self, day: date) -> bool:
        departures = self._departures(day.year)
        if day.weekday() >= _SATURDAY:
            return day in departures.weekends_worked
        return day not in departures.weekdays_off

    def departures_between(self, after: date, until: date) -> int:
        """Return by how much the notices raise the number of working days after `after`, up to `until`."""
        gained = 0
        for year in range(after.year, until.year + 1):
            departures = self._departures(year)
            gained += sum(after < day <= until for day in departures.weekends_worked)
            gained -= sum(after < day <= until for day in departures.weekdays_off)
        return gained

    def _departures_of(self, year: int) -> _Departures:
        """A notice for next year may change this year's last days: 29 December 2018 was made up so."""
        notices = [notice for notice in (self._read_year(year), self._read_year(year + 1)) if notice]
        off = {day for notice in notices for day in notice.days_off if day.year == year}
        made_up = {day for notice in notices for day in notice.days_made_up if day.year == year}
        if not self.is_official(year):
            off.add(date(year, 1, 1))
        return _Departures(
            frozenset(day for day in off if day.weekday() < _SATURDAY), frozenset(made_up - off)
        )


@lru_cache(maxsize=1)
def packaged_calendar() -> Calendar:
    """Return the calendar of the notices that come with the product."""
    return Calendar(_packaged_year)


def _packaged_year(year: int) -> CalendarYear | None:
    try:
        return calendar_year(read_law(f"calendars/{year}.yaml"))
    except FileNotFoundError:
        return None


def parse_calendar(text: str) -> CalendarYear:
    """Return the year that a document of holidays describes. Raises CalendarRefused."""
    try:
        document = parse_law(text)
    except (yaml.YAMLError, ValueError) as error:
        raise CalendarRefused(
            Label(
                "不是有效的 YAML 文档，或含有不存在的日期",
                "it is not YAML, or names a day that does not exist",
            )
        ) from error
    return calendar_year(document)


def calendar_year(document: Any) -> CalendarYear:
    """Return the year that a parsed document of holidays describes. Raises CalendarRefused."""
    if not isinstance(document, dict) or set(document) != _KEYS:
        raise CalendarRefused(
            Label(
                f"须有且仅有：{'、'.join(sorted(_KEYS))}", f"it must have exactly: {', '.join(sorted(_KEYS))}"
            )
        )
    try:
        year = CalendarYear(
            year=int(document["year"]),
            days_off=_days(document["holidays"], "days_off"),
            days_made_up=_days(document["holidays"], "made_up"),
            notice=str(document["notice"]["number"]),
            source=str(document["source"]),
            confidence=str(document["confidence"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CalendarRefused(
            Label("格式与随产品发布的年历不同", "it is not written like the calendars of the product")
        ) from error
    _refuse_nonsense(year)
    return year


_KEYS = {"year", "notice", "source", "confidence", "holidays"}


def _days(holidays: list[dict[str, Any]], key: str) -> frozenset[date]:
    days = [day for holiday in holidays for day in holiday.get(key, [])]
    if not all(type(day) is date for day in days):
        raise TypeError(days)
    return frozenset(days)


def _refuse_nonsense(year: CalendarYear) -> None:
    days = year.days_off | year.days_made_up
    first, last = date(year.year - 1, 12, 1), date(year.year, 12, 31)
    strange = [day for day in days if not first <= day <= last]
    strange += year.days_off & year.days_made_up
    strange += [day for day in year.days_made_up if day.weekday() < _SATURDAY]
    if strange:
        listed = "、".join(sorted(str(day) for day in strange))
        raise CalendarRefused(
            Label(
                f"日期不在该年、既休又班，或调休上班日不是周末：{listed}",
                f"outside the year, both off and made up, or made up on a weekday: {listed}",
            )
        )
    if not year.days_off:
        raise CalendarRefused(Label("没有任何放假日", "it names no day off"))


def add_working_days(on: date, count: int, calendar: Calendar) -> Reckoned:
    """Return the `count`-th working day after `on`; the day of the event is not counted."""
    if count < 0:
        raise ValueError("a limit is not negative")
    day = on
    while count:
        day += _ONE_DAY
        count -= calendar.is_working_day(day)
    return Reckoned(day, _is_provisional(on, day, calendar))


def next_working_day(on: date, calendar: Calendar) -> Reckoned:
    """Return `on`, or the first working day after it if it is a day off (Civil Code art 203)."""
    day = on
    while not calendar.is_working_day(day):
        day += _ONE_DAY
    return Reckoned(day, _is_provisional(on, day, calendar))


def working_days_between(after: date, until: date, calendar: Calendar) -> int:
    """Return how many working days lie after `after`, up to and with `until`; 0 if none."""
    if until <= after:
        return 0
    weeks, rest = divmod((until - after).days, 7)
    odd_days = ((after.weekday() + step) % 7 for step in range(1, rest + 1))
    plain = weeks * 5 + sum(weekday < _SATURDAY for weekday in odd_days)
    return plain + calendar.departures_between(after, until)


def _is_provisional(first: date, last: date, calendar: Calendar) -> bool:
    return not all(calendar.is_official(year) for year in range(first.year, last.year + 1))
