"""What may happen to a tip-off, by when, and how its number is written."""

from datetime import date
from itertools import pairwise

import pytest

from gongxin.core.leaks import holds_personal_number
from gongxin.core.receipts import LETTERS, as_typed, in_groups, letters_of
from gongxin.core.sources import sources
from gongxin.core.tip_offs import MOVES, State, channels, due_in, erase_on, matters, refusals
from gongxin.core.working_days import packaged_calendar


def test_officials_persons_and_disputes_have_a_channel_of_their_own() -> None:
    told = channels()

    assert "12388" in told["conduct-of-an-official"].channel.zh
    assert {"private-conduct", "labour-dispute", "consumer-dispute"} <= set(told)
    assert not [one for one in (*told.values(), *matters().values()) if one.basis.source not in sources()]
    assert set(refusals()) >= {"empty", "duplicate"}


def test_no_rule_of_a_tip_off_pretends_to_be_the_laws() -> None:
    assert {one.basis.confidence for one in (*matters().values(), *channels().values())} == {"P"}


def test_a_tip_off_over_the_october_holiday_is_due_by_working_days() -> None:
    due = due_in(State.GIVEN, date(2026, 9, 30), packaged_calendar())

    assert due.due_on is not None
    assert (due.rule, due.provisional, due.confidence) == ("tip-off-triage", False, "P")
    assert due.due_on > date(2026, 10, 8)


def test_a_limit_into_a_year_without_a_calendar_is_provisional() -> None:
    assert due_in(State.SENT, date(2026, 12, 20), packaged_calendar()).provisional


def test_what_is_closed_waits_for_nothing_and_is_erased_two_years_later() -> None:
    assert due_in(State.CLOSED, date(2026, 11, 23), packaged_calendar()).due_on is None
    assert erase_on(date(2028, 2, 29)) == date(2030, 2, 28)


def test_every_open_state_has_a_limit_and_leads_on_to_the_end() -> None:
    for state in State:
        is_open = state is not State.CLOSED
        assert (due_in(state, date(2026, 11, 23), packaged_calendar()).due_on is not None) == is_open
        assert any(move.begins is state for move in MOVES.values()) == is_open


@pytest.mark.parametrize("typed", ["abcde-fghjk", " ABCDE FGHJK ", "ABCDEFGHJK", "abcde－fghjk"])
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert as_typed(typed) == "ABCDEFGHJK"


def test_a_number_holds_no_digit_so_that_no_gate_takes_it_for_a_persons() -> None:
    number = letters_of(bytes(range(200, 220)), 20)

    assert set(number) <= set(LETTERS)
    assert not holds_personal_number(f"电话 {in_groups(number)}")
    assert [len(part) for part in in_groups(number).split("-")] == [5, 5, 5, 5]


def test_numbers_of_other_randomness_are_others() -> None:
    made = [letters_of(number.to_bytes(10, "big"), 10) for number in range(0, 10**20, 10**18)]

    assert all(one != other for one, other in pairwise(made))
    with pytest.raises(ValueError, match="random"):
        letters_of(b"short", 10)
