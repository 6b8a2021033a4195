"""May a record be repaired, from which day and why not: from its facts alone."""

from dataclasses import replace
from datetime import date

import pytest

from gongxin.core.cases.eligibility import RepairFacts, WhyNot, may_be_repaired
from gongxin.core.cases.repair_law import (
    NotAGround,
    bar_ends,
    bar_rests_on_confirmation,
    commitment_letter,
    decided_elsewhere,
    papers,
    refuse_other_ground,
    signed,
)

TODAY = date(2026, 11, 23)
FINED = RepairFacts(
    adverse=True, decided=True, repaired=False, withdrawn=False, repairable_from=date(2026, 11, 12),
    ends_on=date(2027, 8, 12), rule="order-36/general", source="S-36",
)  # fmt: skip


def test_a_record_whose_day_has_come_may_be_repaired_and_the_answer_names_day_rule_and_source() -> None:
    found = may_be_repaired(FINED, on=TODAY)

    assert found.may_now
    assert (found.from_on, found.rule, found.source) == (date(2026, 11, 12), "order-36/general", "S-36")


def test_a_record_is_repaired_on_its_very_day_and_not_the_day_before() -> None:
    assert may_be_repaired(FINED, on=date(2026, 11, 12)).may_now
    before = may_be_repaired(FINED, on=date(2026, 11, 11))
    assert (before.why_not, before.may_be_asked) == (WhyNot.TOO_EARLY, True)


def test_a_record_shown_to_its_end_by_law_is_never_repaired_early_and_does_not_wait_for_it() -> None:
    found = may_be_repaired(replace(FINED, repairable_from=FINED.ends_on), on=TODAY)

    assert (found.why_not, found.may_be_asked) == (WhyNot.NEVER_EARLY, False)


def test_an_end_that_its_source_has_moved_makes_no_room_for_repair() -> None:
    moved = replace(FINED, rule="market-order-45/serious/never-early")

    assert may_be_repaired(moved, on=TODAY).why_not is WhyNot.NEVER_EARLY


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"adverse": False}, WhyNot.NOT_ADVERSE),
        ({"repaired": True}, WhyNot.OVER),
        ({"withdrawn": True}, WhyNot.OVER),
        ({"ends_on": TODAY}, WhyNot.OVER),
        ({"decided": False}, WhyNot.NOT_DECIDED),
        ({"asked": True}, WhyNot.ASKED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_repaired_says_why(changes: dict[str, object], why: WhyNot) -> None:
    assert may_be_repaired(replace(FINED, **changes), on=TODAY).why_not is why


def test_a_record_without_a_shortest_time_may_be_repaired_at_once() -> None:
    assert may_be_repaired(replace(FINED, repairable_from=None), on=TODAY).may_now


def test_a_bar_nobody_has_confirmed_bars_nobody() -> None:
    barred = replace(FINED, barred_until=date(2029, 1, 1))

    assert bar_rests_on_confirmation()
    assert may_be_repaired(barred, on=TODAY).may_now
    confirmed = may_be_repaired(replace(barred, bar_is_confirmed=True), on=TODAY)
    assert (confirmed.why_not, confirmed.from_on) == (WhyNot.BARRED, date(2029, 1, 1))


def test_a_bar_ends_on_its_day() -> None:
    over = replace(FINED, barred_until=TODAY, bar_is_confirmed=True)

    assert may_be_repaired(over, on=TODAY).may_now
    assert bar_ends(date(2024, 2, 29)) == date(2027, 2, 28)


def test_two_papers_are_asked_for_and_no_third() -> None:
    assert [one.key for one in papers()] == ["proof-of-performance", "commitment"]


def test_the_letter_names_who_promises_what_about_which_records_and_who_signed() -> None:
    shown = commitment_letter(
        subject="示范乔木机械有限公司", code="91", records=["甲", "乙"], language="zh-hans"
    )
    kept = signed(shown, name="乔木", user="u1", at="2026-11-23 10:00:00", language="zh-hans")

    assert kept.startswith(shown)
    assert "甲；乙" in shown
    assert kept.splitlines()[-1].startswith("签署人：乔木；签署时间：2026-11-23 10:00:00；账号：u1")


def test_a_market_regulators_record_is_repaired_in_the_publicity_system() -> None:
    found = decided_elsewhere("示范市市场监督管理局")

    assert found is not None
    assert "公示系统" in found.note.zh
    assert decided_elsewhere("示范市生态环境局") is None


def test_false_papers_are_a_ground_to_refuse_and_not_one_to_turn_an_application_away_unread() -> None:
    refuse_other_ground("false-proof", act="refuse")
    with pytest.raises(NotAGround):
        refuse_other_ground("false-proof", act="not-accept")
