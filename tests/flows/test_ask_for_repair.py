"""Asking for repair: several records of several bodies in one case, what waits in it, what is attached."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, QIAO
from repairing import (
    EARLY,
    QIAO_HERSELF,
    SIGNED,
    asked_for,
    fined_thrice,
    paper,
    records,
)

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Party, Who
from gongxin.core.cases.eligibility import WhyNot
from gongxin.core.cases.repair_law import Signature
from gongxin.flows.applicants import NotTheirSubject
from gongxin.flows.open_case import AlreadyOpen
from gongxin.flows.repair import NotEligible, PapersMissing, ask_for_repair, eligible_of
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import clocks_of, parts_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everyone_was_told")]


@pytest.fixture
def subject_id() -> UUID:
    return fined_thrice()


def test_what_can_be_repaired_is_told_with_its_day_rule_and_source(subject_id: UUID) -> None:
    told = {one.document_number: one for one in eligible_of(subject_id, at=AT)}

    ripe, early = told["示环罚〔2026〕1号"], told[EARLY]
    assert (ripe.may_now, ripe.from_on, ripe.rule, ripe.source) == (
        True, date(2026, 10, 1), "order-36/general", "S-36",
    )  # fmt: skip
    assert (early.may_now, early.from_on, early.why_not) == (False, date(2027, 1, 12), WhyNot.TOO_EARLY)


def test_the_records_of_two_bodies_are_asked_for_in_one_case_each_with_its_own_body(subject_id: UUID) -> None:
    case = asked_for(subject_id, *records(subject_id).values())

    bodies = {one.responsible.name for one in parts_of(case) if one.responsible}
    assert bodies == {"示范市生态环境局", "示范市市场监督管理局"}


def test_a_part_whose_day_has_not_come_waits_without_a_clock(subject_id: UUID) -> None:
    known = records(subject_id)
    case = asked_for(subject_id, *known.values())

    states = {one.record_id: (one.state, one.waits_until) for one in parts_of(case)}
    assert states[known[EARLY]] == ("waiting", date(2027, 1, 12))
    waiting = next(one.id for one in parts_of(case) if one.state == "waiting")
    assert waiting not in {clock.part_id for clock in clocks_of(case)}
    assert {clock.limit for clock in clocks_of(case)} == {"repair-accept", "repair-answer"}


def test_a_form_sent_twice_is_one_case(subject_id: UUID) -> None:
    form_id, known = uuid4(), list(records(subject_id).values())

    first = asked_for(subject_id, *known, form_id=form_id)
    second = asked_for(subject_id, *known, form_id=form_id)

    assert (first.id, Case.objects.count()) == (second.id, 1)


def test_a_record_that_is_asked_for_already_is_not_asked_for_again(subject_id: UUID) -> None:
    (one, *_) = records(subject_id).values()
    asked_for(subject_id, one)

    with pytest.raises((NotEligible, AlreadyOpen)):
        asked_for(subject_id, one)


def test_the_letter_is_kept_as_it_was_signed(subject_id: UUID) -> None:
    case = asked_for(subject_id, records(subject_id)["示环罚〔2026〕1号"])

    lines = case.commitment.splitlines()
    assert lines[0] == "信用修复承诺书"
    assert "示环罚〔2026〕1号" in lines[1]
    assert "签署人：乔木；签署时间：2026-11-23 10:00:00；账号：qiao；" in lines[-1]


@pytest.mark.parametrize(
    ("commitment", "with_proof", "missing"),
    [
        (None, True, ("commitment",)),
        (Signature("  ", agreed=True), True, ("commitment",)),
        (Signature("乔木", agreed=False), True, ("commitment",)),
        (SIGNED, False, ("proof-of-performance",)),
        (None, False, ("proof-of-performance", "commitment")),
    ],
    ids=["no-letter", "no-name", "not-ticked", "no-proof", "neither"],
)
def test_a_missing_paper_is_named(
    subject_id: UUID, commitment: Signature | None, with_proof: bool, missing: tuple[str, ...]
) -> None:
    with pytest.raises(PapersMissing) as refused:
        ask_for_repair(
            subject_id=subject_id, record_ids=list(records(subject_id).values()), form_id=uuid4(),
            entry=Entry.MINE, statement="", commitment=commitment, evidence=[paper()] if with_proof else [],
            who=QIAO_HERSELF, at=AT,
        )  # fmt: skip

    assert refused.value.missing == missing


def test_a_stranger_asks_for_nothing(subject_id: UUID) -> None:
    stranger = Who(Actor(ActorKind.USER, uuid4().hex), Party.APPLICANT)

    with pytest.raises(NotTheirSubject):
        asked_for(subject_id, *records(subject_id).values(), who=stranger)


def test_a_strangers_record_is_not_eligible(subject_id: UUID) -> None:
    with pytest.raises(NotEligible):
        asked_for(subject_id, uuid4())


def test_a_record_that_has_ended_needs_no_repair(subject_id: UUID) -> None:
    later: datetime = AT + timedelta(days=365)

    assert {one.why_not for one in eligible_of(subject_id, at=later)} == {WhyNot.OVER}
    assert subject_of_code(QIAO, at=later) == subject_id
