"""A reorganisation in its three outcomes: masked, repaired when performed, shown again when the plan ends."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import AT
from repairing import (
    MARKET,
    QIAO_HERSELF,
    RIPE,
    asked_for,
    decide,
    fined_thrice,
    paper,
    part_about,
    records,
    shown,
)

from gongxin.core.cases import Entry, Words
from gongxin.core.disclosure import Audience
from gongxin.core.use import WhyNotUsed
from gongxin.flows.change_publication import show_again
from gongxin.flows.decide_repair import repair
from gongxin.flows.reorganise import Ruling, RulingMissing, ask_for_reorganisation, mask, plan_ended
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import parts_of, steps_of_case
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.publication.queries import record
from gongxin.registry.publication.usable import uses_of

pytestmark = pytest.mark.django_db

RULING = Ruling("（2026）豫9901破1号之三", "示范市中级人民法院", date(2026, 11, 18))
APPROVED = Words(
    reason="法院已裁定批准重整计划，在计划执行期间临时屏蔽。",
    basis="国办发〔2025〕22号",
    remedy="不服的，可依法申请行政复议。",
)


@pytest.fixture
def subject_id() -> UUID:
    return fined_thrice()


def asked(subject_id: UUID, **changes: Any) -> Case:
    given: dict[str, Any] = {
        "ruling": RULING, "form_id": uuid4(), "entry": Entry.MINE, "statement": "", "evidence": [paper()],
        "who": QIAO_HERSELF, "at": AT, **changes,
    }  # fmt: skip
    return ask_for_reorganisation(subject_id=subject_id, **given)


def masked(case: Case, number: str) -> None:
    decide(mask, part_about(case, number), words=APPROVED)


def publication(subject_id: UUID, number: str, *, at: datetime = AT) -> str:
    found = record(subject_id, records(subject_id)[number], audience=Audience.SUBJECT, at=at)
    assert found is not None
    return found.publication


def test_every_adverse_record_is_in_the_one_case_with_the_courts_ruling(subject_id: UUID) -> None:
    case = asked(subject_id)

    assert {part.record_id for part in parts_of(case)} == set(records(subject_id).values())
    assert {step.detail["ruling"]["number"] for step in steps_of_case(case)} == {RULING.number}


def test_a_record_under_repair_in_another_case_stays_there(subject_id: UUID) -> None:
    asked_for(subject_id, records(subject_id)[RIPE])

    assert records(subject_id)[RIPE] not in {part.record_id for part in parts_of(asked(subject_id))}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"ruling": Ruling(" ", RULING.court, RULING.ruled_on)}, "number"),
        ({"ruling": Ruling(RULING.number, "", RULING.ruled_on)}, "court"),
        ({"ruling": Ruling(RULING.number, RULING.court, date(2026, 11, 24))}, "ruled_on"),
        ({"evidence": []}, "evidence"),
    ],
    ids=["number", "court", "day-to-come", "no-paper"],
)
def test_without_the_ruling_nothing_is_masked(
    subject_id: UUID, changes: dict[str, Any], missing: str
) -> None:
    with pytest.raises(RulingMissing, match=missing):
        asked(subject_id, **changes)


def test_a_masked_record_is_shown_to_nobody_and_founds_nothing(subject_id: UUID) -> None:
    case = asked(subject_id)
    masked(case, RIPE)

    assert publication(subject_id, RIPE) == "masked"
    assert RIPE not in shown(subject_id)
    assert uses_of(subject_id, at=AT)[records(subject_id)[RIPE]] is WhyNotUsed.REORGANISATION


def test_each_body_masks_its_own(subject_id: UUID) -> None:
    masked(asked(subject_id), RIPE)

    assert MARKET in shown(subject_id)


def test_performed_the_plan_repairs_the_record(subject_id: UUID) -> None:
    case = asked(subject_id)
    masked(case, RIPE)

    decide(repair, part_about(case, RIPE), words=APPROVED)

    view = record(subject_id, records(subject_id)[RIPE], audience=Audience.SUBJECT, at=AT)
    assert (view.publication, view.repair, part_about(case, RIPE).outcome) == (
        "ended",
        "repaired",
        "repaired",
    )
    assert uses_of(subject_id, at=AT)[view.record_id] is WhyNotUsed.REPAIRED


def test_ended_otherwise_it_shows_again_for_the_rest_of_its_period_and_not_a_day_longer(
    subject_id: UUID,
) -> None:
    case = asked(subject_id)
    masked(case, RIPE)
    later = AT + timedelta(days=30)

    decide(plan_ended, part_about(case, RIPE), words=APPROVED, at=later)

    end = datetime(2027, 6, 30, 16, tzinfo=UTC)  # a year after the decision, at midnight in Shanghai
    assert RIPE in shown(subject_id, at=end - timedelta(seconds=1))
    assert RIPE not in shown(subject_id, at=end)
    assert record(subject_id, records(subject_id)[RIPE], audience=Audience.SUBJECT, at=later).repair == "none"


def test_a_plan_that_ends_after_the_records_own_end_shows_nothing_again(subject_id: UUID) -> None:
    case = asked(subject_id)
    masked(case, RIPE)
    after = datetime(2027, 7, 2, tzinfo=UTC)

    decide(plan_ended, part_about(case, RIPE), words=APPROVED, at=after)

    assert publication(subject_id, RIPE, at=after) == "ended"
    assert RIPE not in shown(subject_id, at=after)


def test_what_is_lifted_for_another_reason_stays_masked_while_the_plan_runs(subject_id: UUID) -> None:
    case = asked(subject_id)
    masked(case, RIPE)

    show_again([current_entry(subject_id, records(subject_id)[RIPE])], decided_by="user:zhao", at=AT)

    assert publication(subject_id, RIPE) == "masked"
