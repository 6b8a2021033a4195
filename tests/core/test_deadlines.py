from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.deadlines import (
    UnknownClass,
    classes_with_deadlines,
    due_on,
    lateness_working_days,
    publish_by,
    usable_from,
)
from gongxin.core.sources import sources
from gongxin.core.working_days import packaged_calendar

CALENDAR = packaged_calendar()


@pytest.mark.parametrize("class_id", ["licence", "penalty"])
def test_a_decision_must_be_public_within_seven_working_days(class_id: str) -> None:
    due = publish_by(class_id, date(2026, 9, 17), CALENDAR)

    # 18, 20 (a made-up Sunday), 21, 22, 23, 24, then the Mid-autumn holiday 25 to 27, then 28.
    assert (due.publish_by, due.provisional, due.source) == (date(2026, 9, 28), False, "S-424")


def test_a_decision_older_than_the_notice_is_measured_by_the_plan() -> None:
    assert publish_by("penalty", date(2017, 3, 1), CALENDAR).source == "S-PLAN"


def test_registration_has_twenty_working_days() -> None:
    assert publish_by("registration", date(2026, 3, 2), CALENDAR).publish_by == date(2026, 3, 30)


def test_a_class_without_a_legal_limit_has_no_due_day() -> None:
    due = publish_by("honour", date(2026, 3, 2), CALENDAR)

    assert (due.publish_by, due.provisional, due.rule) == (None, False, "no-limit")


def test_a_class_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownClass):
        publish_by("rumours", date(2026, 3, 2), CALENDAR)


def test_lateness_is_counted_in_working_days() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)

    assert lateness_working_days(friday, monday, CALENDAR) == 1
    assert lateness_working_days(monday, friday, CALENDAR) == 0


def test_a_revoked_penalty_goes_within_three_working_days() -> None:
    assert due_on("withdraw-revoked", date(2026, 4, 30), CALENDAR).due_on == date(2026, 5, 8)


def test_a_penalty_is_usable_after_both_limits_have_passed() -> None:
    # Served on 10 March: review ends on 9 May (a made-up Saturday), suit on 10 September.
    assert usable_from(date(2026, 3, 2), date(2026, 3, 10), CALENDAR).due_on == date(2026, 9, 11)


def test_a_limit_for_suit_that_ends_in_the_national_holiday_moves_past_it() -> None:
    # Six months from 1 April end on 1 October; the first working day after it is the 8th.
    assert usable_from(date(2026, 4, 1), date(2026, 4, 1), CALENDAR).due_on == date(2026, 10, 9)


def test_service_not_stated_is_taken_as_seven_working_days_after_the_decision() -> None:
    unstated = usable_from(date(2026, 3, 2), None, CALENDAR)

    assert unstated == usable_from(date(2026, 3, 2), date(2026, 3, 11), CALENDAR)


def test_a_limit_that_reaches_2027_is_provisional() -> None:
    assert usable_from(date(2026, 9, 1), None, CALENDAR).provisional


def test_every_deadline_names_a_source_the_product_knows() -> None:
    named = {
        due.source
        for class_id in classes_with_deadlines()
        if (due := publish_by(class_id, date(2026, 3, 2), CALENDAR)).due_on
    }

    assert named <= sources().keys()


@given(st.sampled_from(classes_with_deadlines()), st.dates(date(2010, 1, 1), date(2030, 1, 1)))
def test_a_due_day_is_a_working_day_after_the_decision(class_id: str, decided_on: date) -> None:
    due = publish_by(class_id, decided_on, CALENDAR)

    assert due.due_on is None or (due.due_on > decided_on and CALENDAR.is_working_day(due.due_on))
