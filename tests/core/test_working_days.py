from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.law_files import law_documents
from gongxin.core.working_days import (
    CalendarRefused,
    add_working_days,
    next_working_day,
    packaged_calendar,
    parse_calendar,
    working_days_between,
)

CALENDAR = packaged_calendar()
DAYS = st.dates(date(2015, 6, 1), date(2028, 6, 1))

NOTICE_FOR_2027 = """
year: 2027
notice: {number: 国办发明电〔2026〕X号, confidence: P}
source: S-CAL
confidence: P
holidays:
  - name: {zh: 元旦, en: New Year's Day}
    days_off: [2026-12-31, 2027-01-01, 2027-01-02]
    made_up: [2026-12-27]
"""


def test_a_made_up_sunday_counts_as_a_working_day() -> None:
    assert CALENDAR.is_working_day(date(2026, 1, 4))
    assert add_working_days(date(2025, 12, 31), 1, CALENDAR).day == date(2026, 1, 4)


def test_the_day_of_the_decision_is_not_counted() -> None:
    monday = date(2026, 3, 2)

    assert add_working_days(monday, 1, CALENDAR).day == date(2026, 3, 3)


def test_the_spring_festival_is_crossed_with_its_two_made_up_saturdays() -> None:
    # After 13 February 2026: the 14th is made up, the 15th to the 23rd are off, the 28th is made up.
    reckoned = add_working_days(date(2026, 2, 13), 7, CALENDAR)

    assert (reckoned.day, reckoned.provisional) == (date(2026, 3, 2), False)


def test_the_holiday_prolonged_in_2020_is_off() -> None:
    assert not CALENDAR.is_working_day(date(2020, 1, 31))


def test_the_last_days_of_2018_follow_the_notice_for_2019() -> None:
    assert CALENDAR.is_working_day(date(2018, 12, 29))
    assert not CALENDAR.is_working_day(date(2018, 12, 31))


def test_a_count_that_reaches_2027_is_provisional() -> None:
    reckoned = add_working_days(date(2026, 12, 30), 2, CALENDAR)

    # 31 December, then 1 January off, then a weekend.
    assert (reckoned.day, reckoned.provisional) == (date(2027, 1, 4), True)


def test_a_new_notice_makes_2027_official_and_may_change_the_december_before() -> None:
    calendar = CALENDAR.with_year(parse_calendar(NOTICE_FOR_2027))

    reckoned = add_working_days(date(2026, 12, 30), 1, calendar)

    assert (reckoned.day, reckoned.provisional) == (date(2027, 1, 4), False)
    assert calendar.is_working_day(date(2026, 12, 27))
    assert CALENDAR.is_working_day(date(2026, 12, 31))  # the first calendar is as it was


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("year: 2027", "year: 2029"),  # days of another year
        ("made_up: [2026-12-27]", "made_up: [2027-01-04]"),  # a Monday needs no making up
        ("made_up: [2026-12-27]", "made_up: [2027-01-02]"),  # off and made up at once
        ("2027-01-01, ", "2027-02-30, "),  # no such day
        ("source: S-CAL", "sauce: S-CAL"),
        ("    days_off: [2026-12-31, 2027-01-01, 2027-01-02]\n", ""),
        ("holidays:", "holidays: 3\nx:"),
        ("year: 2027", "year: ["),
    ],
)
def test_a_document_that_is_no_notice_is_refused(wrong: str, right: str) -> None:
    with pytest.raises(CalendarRefused):
        parse_calendar(NOTICE_FOR_2027.replace(wrong, right))


@pytest.mark.parametrize("text", ["", "[]", "year: 2027", "\x00"])
def test_a_file_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(CalendarRefused):
        parse_calendar(text)


def test_every_calendar_of_the_product_is_accepted_by_the_parser() -> None:
    years = [parse_calendar(text).year for _, text in law_documents("calendars")]

    assert years == list(range(2004, 2027))


@given(DAYS, st.integers(0, 60))
def test_a_limit_ends_on_a_working_day_after_just_so_many_working_days(on: date, count: int) -> None:
    end = add_working_days(on, count, CALENDAR).day

    assert count == 0 or CALENDAR.is_working_day(end)
    assert working_days_between(on, end, CALENDAR) == count


@given(DAYS, st.integers(-30, 900))
def test_counting_by_weeks_is_counting_day_by_day(after: date, length: int) -> None:
    until = after + timedelta(days=length)

    one_by_one = sum(CALENDAR.is_working_day(after + timedelta(days=step)) for step in range(1, length + 1))

    assert working_days_between(after, until, CALENDAR) == one_by_one


@given(DAYS)
def test_a_limit_that_ends_on_a_day_off_moves_to_the_next_working_day_and_no_further(on: date) -> None:
    moved = next_working_day(on, CALENDAR).day

    assert CALENDAR.is_working_day(moved)
    assert not any(CALENDAR.is_working_day(on + timedelta(days=n)) for n in range((moved - on).days))
