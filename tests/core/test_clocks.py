"""What holds of the clocks of every record, whatever its facts; the cases by article are in `tests/law`."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core import penalties
from gongxin.core.clocks import (
    CEILING,
    Clock,
    Ended,
    Extension,
    ExtensionCitesNothing,
    RecordFacts,
    clocks_of,
    facts_from,
    may_be_shown,
    may_repair_from,
)
from gongxin.core.law_files import read_law
from gongxin.core.penalties import ceiling_of, is_never_early
from gongxin.core.working_days import CalendarYear, packaged_calendar

CALENDAR = packaged_calendar()
LAW = read_law("penalties.yaml")
WORDS = [word for kind in LAW["kinds"].values() for word in kind["words"]] + ["其他-责令改正"]
DECIDED = st.dates(date(2019, 7, 1), date(2030, 6, 1))
LATER = st.integers(0, 2500).map(timedelta)


@st.composite
def penalty_facts(draw: st.DrawFn) -> RecordFacts:
    """Any penalty a law allowed to publish on the day it was posted."""
    decided_on = draw(DECIDED)
    return RecordFacts(
        class_id="penalty",
        decided_on=decided_on,
        posted_on=decided_on + draw(LATER),
        deciding_body=draw(st.sampled_from(["郑州市生态环境局", "郑州市市场监督管理局"])),
        kinds=tuple(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))),
        simple_procedure=draw(st.booleans()),
        publication_reason=draw(st.sampled_from(["", "须提示公众"])),
        shorten_to=draw(st.none() | st.dates(date(2019, 1, 1), date(2040, 1, 1))),
        extension=draw(st.none() | st.dates(date(2019, 1, 1), date(2040, 1, 1)).map(an_extension)),
    )


def an_extension(until: date) -> Extension:
    return Extension(until, "wages-still-owed", "S-NMG")


def day_of(clock: Clock | None) -> date:
    assert clock is not None
    assert clock.on is not None
    return clock.on


def end_of(record: RecordFacts, on: date) -> date | None:
    clock = clocks_of(record, on=on, calendar=CALENDAR).publish_until
    return clock.on if clock else None


@given(penalty_facts())
def test_nothing_that_burdens_runs_past_five_years(record: RecordFacts) -> None:
    clocks = clocks_of(record, on=record.posted_on, calendar=CALENDAR)
    ends = [clocks.publish_until, clocks.share_until, clocks.use_until, clocks.repair_from]

    assert all(end.on and end.on <= ceiling_of(record.decided_on) for end in ends if end)
    assert not may_be_shown(record, ceiling_of(record.decided_on)).shown


@given(penalty_facts(), st.dates(date(2019, 1, 1), date(2040, 1, 1)))
def test_shortening_never_moves_an_end_later(record: RecordFacts, stated: date) -> None:
    plain = replace(record, shorten_to=None, extension=None)

    whole, shortened = (end_of(one, record.posted_on) for one in (plain, replace(plain, shorten_to=stated)))

    assert (whole is None) == (shortened is None)
    assert whole is None or shortened is None or shortened <= whole


@given(penalty_facts(), LATER)
def test_the_lighter_of_two_never_ends_later_than_either(record: RecordFacts, more: timedelta) -> None:
    plain = replace(record, extension=None)
    chain = [one for one in LAW["instruments"] if one["in_force_from"] <= plain.posted_on + more]

    after = clocks_of(plain, on=plain.posted_on + more, calendar=CALENDAR)
    before = clocks_of(plain, on=plain.posted_on, calendar=CALENDAR)

    assert all(one["transition"] == "lighter" for one in chain)
    for name in ("share_until", "use_until", "repair_from"):
        newer, older = after.by_name()[name], before.by_name()[name]
        assert day_of(newer) <= day_of(older)
    assert before.publish_until is not None or after.publish_until is None


@given(penalty_facts())
def test_repair_never_waits_longer_than_the_record_is_shown(record: RecordFacts) -> None:
    clocks = clocks_of(record, on=record.posted_on, calendar=CALENDAR)
    shown, repair = clocks.publish_until, clocks.repair_from

    assert record.decided_on <= day_of(repair)
    if shown is not None:
        assert day_of(repair) <= day_of(shown)
    if repair and shown and is_never_early(repair.rule):
        assert repair.on == shown.on


@given(penalty_facts(), st.integers(2019, 2036))
def test_holidays_never_lengthen_a_publication(record: RecordFacts, year: int) -> None:
    """A year of nothing but holidays moves limits in working days, and no end of publication."""
    every_day = [date(year, 1, 1) + timedelta(days=step) for step in range(365)]
    idle = CALENDAR.with_year(CalendarYear(year, frozenset(every_day), frozenset(), "", "S-CAL", "P"))

    usual = clocks_of(record, on=record.posted_on, calendar=CALENDAR)
    in_it = clocks_of(record, on=record.posted_on, calendar=idle)

    for name in ("publish_until", "share_until", "use_until", "repair_from"):
        assert in_it.by_name()[name] == usual.by_name()[name]


@given(penalty_facts(), LATER)
def test_a_record_is_shown_just_until_its_end_and_never_again(record: RecordFacts, more: timedelta) -> None:
    on = record.posted_on + more
    showing = may_be_shown(record, on)

    assert showing.shown == (showing.clock.on is not None and on < showing.clock.on)
    assert showing.shown or not may_be_shown(record, on + timedelta(days=1)).shown


@given(penalty_facts(), LATER, LATER)
def test_what_was_repaired_or_withdrawn_stays_ended(
    record: RecordFacts, wait: timedelta, more: timedelta
) -> None:
    ended = Ended(record.posted_on + wait, "repaired", "S-36")
    over = replace(record, ended=ended)
    clocks = clocks_of(over, on=ended.on + more, calendar=CALENDAR)

    assert not may_be_shown(over, ended.on + more).shown
    assert all(end.on and end.on <= ended.on for end in (clocks.share_until, clocks.use_until) if end)
    assert clocks.repair_from is None


@given(penalty_facts())
def test_an_extension_only_ever_lengthens_and_says_whose_rule_it_is(record: RecordFacts) -> None:
    plain = clocks_of(replace(record, extension=None), on=record.posted_on, calendar=CALENDAR).share_until
    extended = clocks_of(record, on=record.posted_on, calendar=CALENDAR).share_until

    assert day_of(extended) >= day_of(plain)
    assert extended == plain or (extended and extended.rule in {"wages-still-owed", CEILING})


@given(penalty_facts())
def test_the_three_ends_are_one_by_default(record: RecordFacts) -> None:
    clocks = clocks_of(record, on=record.posted_on, calendar=CALENDAR)

    assert clocks.share_until == clocks.use_until
    assert clocks.publish_until in (None, clocks.share_until)


@pytest.mark.parametrize(("rule", "source"), [("", "S-NMG"), ("wages-still-owed", " ")])
def test_an_extension_that_cites_no_rule_of_its_sector_is_none(rule: str, source: str) -> None:
    with pytest.raises(ExtensionCitesNothing):
        Extension(date(2028, 1, 1), rule, source)


def test_a_rule_marked_keep_leaves_an_older_record_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [
        {**one, "transition": "keep"} if one["id"] == "market-measures-2025" else one
        for one in LAW["instruments"]
    ]
    monkeypatch.setattr(penalties, "_law", lambda: {**LAW, "instruments": kept})
    closed = RecordFacts(
        "penalty", date(2025, 12, 1), date(2025, 12, 25), "郑州市市场监督管理局", ("责令停产停业",)
    )

    assert may_repair_from(closed) == Clock(
        date(2028, 12, 1), False, "market-order-45/serious/never-early", "S-SJCF"
    )


def test_the_facts_of_a_record_are_read_by_what_each_field_means() -> None:
    values = {"penalty_kinds": "警告；罚款", "simple_procedure": "是", "published_until": "2026-09-01"}
    decided = date(2026, 5, 11)

    facts = facts_from("penalty", values, decided_on=decided, posted_on=decided)

    assert (facts.kinds, facts.simple_procedure, facts.shorten_to) == (
        ("警告", "罚款"),
        True,
        date(2026, 9, 1),
    )


def test_a_commitment_its_source_opens_to_some_only_is_not_for_everyone() -> None:
    values = {"disclosure_scope": "特定范围内公开", "valid_until": "2028-05-31"}

    facts = facts_from("commitment", values, decided_on=date(2026, 6, 1), posted_on=date(2026, 6, 1))

    assert may_be_shown(facts, date(2026, 7, 1)).clock.rule == "withheld/limited-scope"
