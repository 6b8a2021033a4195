"""The day from which a record may be repaired moves with its decision: the repair waits for it, or begins."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from cast import AT, LIN, ZHAO
from django.db import transaction
from repairing import EARLY, RIPE, accepted, asked_for, body_of, fined_thrice, part_about, records
from sending import csv_of, penalty, sent

from gongxin.core.cases import Words
from gongxin.core.disclosure import Audience
from gongxin.core.ledger import Kind
from gongxin.flows.correct import correct_entry
from gongxin.flows.repair_days import ripen_due
from gongxin.flows.steer_case import pause
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import clocks_of
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everyone_was_told")]

AN_HOUR_LATER = AT + timedelta(hours=1)
LATER_DAY = date(2027, 1, 20)  # three months after 20 October 2026
LATER = datetime(2027, 1, 20, 2, tzinfo=UTC)


@pytest.fixture
def subject_id() -> UUID:
    return fined_thrice()


@pytest.fixture
def case(subject_id: UUID) -> Case:
    known = records(subject_id)
    return asked_for(subject_id, known[RIPE], known[EARLY])


def decided_on(case: Case, number: str, day: str) -> None:
    """Correct the day of a decision."""
    part = part_about(case, number)
    assert part.record_id is not None
    with transaction.atomic():
        correct_entry(
            current_entry(part.subject_id, part.record_id), {"CF_JDRQ": day}, kind=Kind.CLERICAL,
            ground="决定日期录入有误", proposed_by=LIN.written, decided_by=ZHAO, at=AN_HOUR_LATER,
        )  # fmt: skip


def clocks(case: Case, number: str) -> dict[str, set[str]]:
    part = part_about(case, number)
    found: dict[str, set[str]] = {}
    for one in clocks_of(case):
        if one.part_id == part.id:
            found.setdefault(one.limit, set()).add(one.ended)
    return found


def test_a_repair_whose_record_proves_to_be_decided_later_waits_for_its_new_day_and_is_told(
    subject_id: UUID, case: Case
) -> None:
    decided_on(case, RIPE, "2026-10-20")

    part = part_about(case, RIPE)
    assert (part.state, part.waits_until, part.closed_at) == ("waiting", LATER_DAY, None)
    assert clocks(case, RIPE) == {"repair-accept": {"void"}, "repair-answer": {"void"}}
    assert "2027-01-20" in Notice.objects.get(kind="case.wait").facts["reason"]
    assert record(subject_id, part.record_id, audience=Audience.SUBJECT, at=AN_HOUR_LATER).repair == "none"

    assert ripen_due(at=LATER) == 2  # the other waited for 12 January
    assert part_about(case, RIPE).state == "applied"


def test_so_does_one_that_was_accepted_also_while_its_clock_stood_still(case: Case) -> None:
    part = accepted(case, RIPE)
    words = Words("等待财政部门核实")
    pause(part_id=part.id, seen=part.steps_taken, who=body_of(part), words=words, at=AT)

    decided_on(case, RIPE, "2026-10-20")

    assert part_about(case, RIPE).state == "waiting"
    assert clocks(case, RIPE)["repair-decide"] == {"paused", "void"}


def test_one_that_waits_waits_on_for_a_later_day(case: Case) -> None:
    decided_on(case, EARLY, "2026-10-20")

    assert part_about(case, EARLY).waits_until == LATER_DAY
    assert ripen_due(at=datetime(2027, 1, 12, 2, tzinfo=UTC)) == 0
    assert ripen_due(at=LATER) == 1


def test_one_that_waited_for_a_day_that_has_passed_begins_at_once(case: Case) -> None:
    decided_on(case, EARLY, "2026-07-02")

    assert part_about(case, EARLY).state == "applied"
    assert clocks(case, EARLY) == {"repair-accept": {""}, "repair-answer": {""}}


def test_what_its_source_sends_again_with_a_later_day_is_asked_anew_too(case: Case) -> None:
    sent(csv_of(penalty(CF_WSH=RIPE, CF_JDRQ="2026-10-20")), at=AN_HOUR_LATER)

    assert part_about(case, RIPE).waits_until == LATER_DAY


def test_a_correction_of_something_else_leaves_the_repair_where_it_was(case: Case) -> None:
    part = part_about(case, RIPE)
    assert part.record_id is not None
    with transaction.atomic():
        correct_entry(
            current_entry(part.subject_id, part.record_id), {"CF_NR_FK": "0.2"}, kind=Kind.CLERICAL,
            ground="金额录入有误", proposed_by=LIN.written, decided_by=ZHAO, at=AN_HOUR_LATER,
        )  # fmt: skip

    assert part_about(case, RIPE).steps_taken == part.steps_taken
