"""Working days against a calendar of other hands, on every day of twenty-three years.

`tests/files/working_days_2004_2026.csv` lists, year by year, the weekdays off and the weekends worked, as a
table of all 8,401 days has them that `law/calendars` was not written from. It is counted here naively.
"""

import csv
from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import pytest

from gongxin.core.working_days import add_working_days, packaged_calendar, working_days_between

CALENDAR = packaged_calendar()
TABLE = Path(__file__).parents[1] / "files" / "working_days_2004_2026.csv"
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1)]
# The one day on which the other table is wrong: 国办发明电〔2005〕35号 says of it 12月31日（星期六）上班.
# docs/decisions/0020 tells how that was found.
MISSING_THERE = date(2005, 12, 31)


def departures() -> dict[str, set[date]]:
    found: dict[str, set[date]] = {"off": set(), "worked": set()}
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            found[row["departure"]] |= {
                date.fromisoformat(f"{row['year']}-{day}") for day in row["days"].split()
            }
    return found


DEPARTURES = departures()


def works_there(day: date) -> bool:
    return day in DEPARTURES["worked"] if day.weekday() > 4 else day not in DEPARTURES["off"]


WORKED = [day for day in DAYS if works_there(day) or day == MISSING_THERE]
WORKED_BY = dict(zip(DAYS, accumulate(day in set(WORKED) for day in DAYS), strict=True))


def test_the_two_calendars_differ_on_one_day_only_and_there_the_notice_decides() -> None:
    assert [day for day in DAYS if CALENDAR.is_working_day(day) != works_there(day)] == [MISSING_THERE]
    assert CALENDAR.is_working_day(MISSING_THERE)


def test_the_other_calendar_is_whole() -> None:
    assert len(DAYS) == 8401
    assert all(day.weekday() < 5 for day in DEPARTURES["off"])
    assert all(day.weekday() > 4 for day in DEPARTURES["worked"])
    assert {day.year for day in DEPARTURES["off"]} == set(range(2004, 2027))


@pytest.mark.parametrize("count", [1, 3, 5, 7, 10, 15, 20, 60])
def test_a_limit_ends_on_the_same_day_from_every_day_of_the_years(count: int) -> None:
    wrong = []
    for day in DAYS:
        nth = bisect_right(WORKED, day) + count - 1
        if nth < len(WORKED):
            reckoned = add_working_days(day, count, CALENDAR)
            if (reckoned.day, reckoned.provisional) != (WORKED[nth], False):
                wrong.append((day, reckoned, WORKED[nth]))

    assert wrong == []


@pytest.mark.parametrize("length", [1, 3, 5, 7, 10, 15, 20, 60, 366, 1827])
def test_as_many_working_days_lie_between_as_one_counts_one_by_one(length: int) -> None:
    wrong = []
    for day in DAYS[:-length]:
        until = day + timedelta(days=length)
        if working_days_between(day, until, CALENDAR) != WORKED_BY[until] - WORKED_BY[day]:
            wrong.append((day, until))

    assert wrong == []


def test_what_reaches_past_the_last_notice_is_provisional_and_nothing_before_it_is() -> None:
    assert not add_working_days(date(2026, 12, 30), 1, CALENDAR).provisional
    assert add_working_days(date(2026, 12, 31), 1, CALENDAR).provisional
    assert add_working_days(date(2003, 12, 31), 1, CALENDAR).provisional
