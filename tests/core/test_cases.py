"""Cases by the law data: who may take which step from which state, and how clocks run."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.cases import Kind, Party, extended, kind_of_case, paused, resumed, started
from gongxin.core.cases.kinds import NotAStep, NotTheirStep, all_kinds, number_in_words
from gongxin.core.cases.running import NotRunning, working_days_used
from gongxin.core.working_days import packaged_calendar, working_days_between

CALENDAR = packaged_calendar()
MONDAY = date(2026, 11, 23)


def test_an_objection_goes_from_the_centre_to_the_source_and_is_decided_there() -> None:
    kind = kind_of_case("objection")

    forwarded = kind.step("forward", state="received", by=Party.CENTRE)
    upheld = kind.step("uphold", state=forwarded.to, by=Party.AGENCY)

    assert [limit.name for limit in forwarded.starts] == ["objection-provider"]
    assert (upheld.ends, upheld.value) == ("upheld", "upheld")


def test_the_centre_does_not_decide_what_lies_with_the_source() -> None:
    with pytest.raises(NotTheirStep):
        kind_of_case("objection").step("uphold", state="with-source", by=Party.CENTRE)


def test_a_refused_application_is_not_accepted_later() -> None:
    with pytest.raises(NotAStep):
        kind_of_case("repair").step("accept", state="not-accepted", by=Party.AGENCY)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_state_of_a_kind_is_reached_and_every_open_one_can_end(kind: Kind) -> None:
    found = kind_of_case(kind)
    reached = {found.begins.to, *([found.waits.to] if found.waits else [])}
    for _ in found.steps:
        reached |= {step.to for step in found.steps if set(step.sources) & reached}

    assert found.open_states <= reached
    ending = {state for step in found.steps if step.ends for state in step.sources}
    assert found.open_states == ending


def test_a_step_that_ends_a_part_leads_nowhere_else() -> None:
    for kind in all_kinds():
        assert not {step.to for step in kind.steps if step.ends} & kind.open_states


def test_a_case_is_numbered_as_offices_number_papers() -> None:
    assert number_in_words("repair", 2026, 12) == "修〔2026〕12号"


def test_a_limit_of_three_working_days_begun_on_monday_ends_on_thursday() -> None:
    assert started("objection-provider", on=MONDAY, calendar=CALENDAR).due_on == date(2026, 11, 26)


def test_a_clock_into_a_year_without_a_calendar_is_provisional() -> None:
    clock = started("objection-whole", on=date(2026, 12, 29), calendar=CALENDAR)

    assert (clock.due_on, clock.provisional) == (date(2027, 1, 8), True)


def test_a_late_clock_is_neither_stopped_nor_extended() -> None:
    clock = started("objection-provider", on=MONDAY, calendar=CALENDAR)

    with pytest.raises(NotRunning):
        paused(clock, on=date(2026, 11, 27), calendar=CALENDAR)
    with pytest.raises(NotRunning):
        extended(clock, working_days=3, on=date(2026, 11, 27), calendar=CALENDAR)


@given(stopped=st.integers(0, 9), away=st.integers(0, 90))
def test_a_pause_costs_nobody_a_working_day(stopped: int, away: int) -> None:
    clock = started("repair-answer", on=date(2026, 3, 2), calendar=CALENDAR)
    stop_on = date.fromordinal(date(2026, 3, 2).toordinal() + stopped)
    go_on = date.fromordinal(stop_on.toordinal() + away)
    left = working_days_between(stop_on, clock.due_on, CALENDAR)

    again = resumed(paused(clock, on=stop_on, calendar=CALENDAR), on=go_on, calendar=CALENDAR)

    assert working_days_between(go_on, again.due_on, CALENDAR) == left
    assert again.begun_on == clock.begun_on


def test_days_of_a_pause_are_not_days_used() -> None:
    clock = started("objection-whole", on=MONDAY, calendar=CALENDAR)
    stopped = paused(clock, on=date(2026, 11, 25), calendar=CALENDAR)
    again = resumed(stopped, on=date(2026, 12, 7), calendar=CALENDAR)

    assert (
        working_days_used(again.counted_from, again.used_before, on=date(2026, 12, 8), calendar=CALENDAR) == 3
    )
