from datetime import UTC, date, datetime

import pytest

from gongxin.core.due_groups import DueGroup, due_group
from gongxin.core.reporting import ClassReport, last_settled, settled_by, unsettled_months
from gongxin.core.working_days import packaged_calendar

CALENDAR = packaged_calendar()
MONDAY = date(2026, 11, 23)
OCTOBER, SEPTEMBER, AUGUST = date(2026, 10, 1), date(2026, 9, 1), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("due_on", "group"),
    [
        (date(2026, 11, 20), DueGroup.OVERDUE),
        (MONDAY, DueGroup.TODAY),
        (date(2026, 11, 24), DueGroup.SOON),
        (date(2026, 11, 26), DueGroup.SOON),  # the third working day
        (date(2026, 11, 27), DueGroup.THIS_WEEK),
        (date(2026, 11, 30), DueGroup.LATER),
    ],
)
def test_a_last_day_is_grouped_by_how_near_it_is(due_on: date, group: DueGroup) -> None:
    assert due_group(due_on, today=MONDAY, calendar=CALENDAR) == group


def test_a_weekend_between_is_no_working_day() -> None:
    friday, wednesday = date(2026, 11, 27), date(2026, 12, 2)

    assert due_group(wednesday, today=friday, calendar=CALENDAR) == DueGroup.SOON


def test_a_holiday_between_is_no_working_day() -> None:
    before_the_holiday, after_it = date(2026, 9, 30), date(2026, 10, 9)

    assert due_group(after_it, today=before_the_holiday, calendar=CALENDAR) == DueGroup.SOON


def report(class_id: str = "penalty", **changes: object) -> ClassReport:
    given: dict[str, object] = {
        "class_id": class_id,
        "first_received_on": date(2025, 1, 5),
        "last_received_at": datetime(2026, 9, 3, tzinfo=UTC),
        "records": {},
        "nil": frozenset(),
        **changes,
    }
    return ClassReport(**given)  # type: ignore[arg-type]


def test_a_month_must_be_settled_by_the_last_day_for_a_decision_of_its_last_day() -> None:
    due = settled_by("penalty", OCTOBER, CALENDAR)

    assert (due.due_on, due.provisional) == (date(2026, 11, 10), False)  # 31 October was a Saturday


def test_a_month_that_ends_before_an_unknown_calendar_is_settled_by_a_provisional_day() -> None:
    assert settled_by("penalty", date(2026, 12, 1), CALENDAR).provisional


def test_an_ended_month_of_which_nothing_is_here_is_unsettled() -> None:
    found = unsettled_months(report(records={SEPTEMBER: 4}), on=MONDAY, calendar=CALENDAR)

    assert [one.month for one in found] == [AUGUST, OCTOBER]


def test_a_month_stated_to_be_empty_is_settled() -> None:
    nil = report(nil=frozenset({OCTOBER}), records={AUGUST: 1, SEPTEMBER: 1})

    assert list(unsettled_months(nil, on=MONDAY, calendar=CALENDAR)) == []
    assert last_settled(nil, on=MONDAY) == OCTOBER


def test_no_month_is_asked_for_before_the_agency_began_to_report() -> None:
    found = unsettled_months(report(first_received_on=date(2026, 10, 9)), on=MONDAY, calendar=CALENDAR)

    assert [one.month for one in found] == [OCTOBER]


@pytest.mark.parametrize("class_id", ["tax-a-level", "a-class-of-some-region"])
def test_a_class_without_a_limit_has_no_month_that_is_late(class_id: str) -> None:
    assert list(unsettled_months(report(class_id), on=MONDAY, calendar=CALENDAR)) == []


def test_nothing_settled_in_a_year_is_said_as_nothing() -> None:
    assert last_settled(report(), on=MONDAY) is None
