"""Runs the cases of `late_payment.yaml`: by when a public body pays a small firm."""

from datetime import date
from typing import Any

import pytest
from cast import REGULATOR, code_of, firm_code
from law.cited import cases

from gongxin.core.late_payment import (
    TermTooLong,
    days_late,
    grave_from,
    grave_until,
    is_overdue,
    is_public_body,
    payment_due,
)
from gongxin.core.working_days import packaged_calendar


@pytest.mark.parametrize("case", cases("late_payment.yaml"))
def test_a_payment_is_due_as_the_law_says(case: dict[str, Any]) -> None:
    def due() -> object:
        return payment_due(case["delivered"], case.get("agreed"), packaged_calendar()).day

    if case["due"] is None:
        with pytest.raises(TermTooLong):
            due()
    else:
        assert due() == case["due"]


def test_a_payment_is_late_from_the_day_after_its_last_day() -> None:
    due = payment_due(_day("2026-06-01"), None, packaged_calendar()).day

    assert not is_overdue(due, None, on=due)
    assert is_overdue(due, None, on=_day("2026-07-02"))
    assert not is_overdue(due, _day("2026-07-20"), on=_day("2026-07-30"))
    assert days_late(due, _day("2026-07-20"), on=_day("2026-07-30")) == 19
    assert days_late(due, _day("2026-06-20"), on=_day("2026-07-30")) == 0


def test_organs_and_public_institutions_are_public_bodies_and_firms_are_not() -> None:
    assert is_public_body(REGULATOR)
    assert is_public_body(code_of("12990100MB0000001"))
    assert not is_public_body(firm_code(1))
    assert not is_public_body(None)


def test_a_finding_of_grave_late_payment_ends_by_itself() -> None:
    assert grave_until(_day("2026-11-23")) == _day("2027-11-23")


def test_a_body_has_five_working_days_to_object_after_the_day_it_was_told() -> None:
    assert grave_from(_day("2026-11-23"), packaged_calendar()) == _day("2026-12-01")
    assert grave_from(_day("2026-09-30"), packaged_calendar()) == _day(
        "2026-10-14"
    )  # holidays, a made-up day


def _day(text: str) -> date:
    return date.fromisoformat(text)
