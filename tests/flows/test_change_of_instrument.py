"""When an instrument gives way to another, what it showed is decided again (law-decisions 4)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from cast import AT, LIN, ZHAO
from sending import csv_of, penalty, sent
from withdrawing import withdraw_record

from gongxin.core import penalties
from gongxin.core.actors import Actor, ActorKind
from gongxin.core.disclosure import Audience, Visibility
from gongxin.core.law_files import read_law
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.flows.change_of_instrument import decide_some_again
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.queries import RecordView, record

pytestmark = pytest.mark.django_db

WORKER = Actor(ActorKind.JOB, "worker-1")
CHANGE = date(2027, 3, 1)
ON_THE_DAY = day_begins(CHANGE)


@pytest.fixture
def new_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fictional order that shows general penalties for six months from 1 March 2027."""
    law_will_be(monkeypatch, transition="lighter")


def law_will_be(monkeypatch: pytest.MonkeyPatch, *, transition: str) -> None:
    law: dict[str, Any] = read_law("penalties.yaml")
    order = next(one for one in law["instruments"] if one["id"] == "order-36")
    general = {"publication": "open", "least": {"months": 1}, "most": {"months": 6}}
    shorter = {**order["terms"], "general": general}
    new = {**order, "id": "order-99", "in_force_from": CHANGE, "transition": transition, "terms": shorter}
    instruments = [{**one, "in_force_until": CHANGE} if one is order else one for one in law["instruments"]]
    monkeypatch.setattr(penalties, "_law", lambda: {**law, "instruments": [*instruments, new]})


def seen(at: datetime) -> RecordView:
    entry = Entry.objects.get(superseded_at=None)
    found = record(entry.subject_id, entry.record_id, audience=Audience.PUBLIC, at=at)
    assert found is not None
    return found


def newest() -> Decision:
    return Decision.objects.latest("decided_at", "id")


@pytest.mark.usefixtures("new_order")
def test_a_record_is_shown_no_longer_than_the_lighter_of_two_from_the_day_of_the_change() -> None:
    sent(csv_of(penalty()))  # decided on 12 October 2026
    assert legal_day(seen(AT).publish_until or AT) == date(2027, 10, 12)

    assert decide_some_again(actor=WORKER, at=ON_THE_DAY) == 1

    view = seen(ON_THE_DAY)
    assert view.visibility is Visibility.SHOWN
    assert legal_day(view.publish_until or AT) == date(2027, 4, 12)
    assert (view.rule, view.repairable_from) == ("order-99/general", date(2026, 11, 12))
    assert decide_some_again(actor=WORKER, at=ON_THE_DAY) == 0


@pytest.mark.usefixtures("new_order")
def test_what_the_new_rule_would_have_ended_before_ends_with_the_change() -> None:
    sent(csv_of(penalty(CF_JDRQ="2026-07-01")))

    decide_some_again(actor=WORKER, at=ON_THE_DAY)

    assert seen(ON_THE_DAY).visibility is Visibility.TOMBSTONE
    assert (newest().outcome, newest().reason, newest().rule) == ("ended", "rule-changed", "order-99/general")


@pytest.mark.usefixtures("new_order")
def test_a_day_the_source_had_shortened_to_stays() -> None:
    sent(csv_of(penalty(CF_GSJZQ="2027-03-20")))

    decide_some_again(actor=WORKER, at=ON_THE_DAY)

    assert legal_day(newest().publish_until or AT) == date(2027, 3, 20)


@pytest.mark.usefixtures("new_order")
def test_nothing_is_decided_again_before_the_change() -> None:
    sent(csv_of(penalty()))

    assert decide_some_again(actor=WORKER, at=datetime(2027, 2, 28, 15, tzinfo=UTC)) == 0


@pytest.mark.usefixtures("new_order")
def test_what_was_withdrawn_or_withheld_is_left_alone() -> None:
    sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号", CF_CFLB="警告", CF_NR_FK="")))
    entry = Entry.objects.get(document_number__contains="12号", superseded_at=None)
    withdraw_record(
        subject_id=entry.subject_id, record_id=entry.record_id, ground="处罚决定被撤销",
        proposed_by=LIN, decided_by=ZHAO, at=AT,
    )  # fmt: skip

    assert decide_some_again(actor=WORKER, at=ON_THE_DAY) == 0


def test_a_change_that_keeps_the_older_rule_decides_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sent(csv_of(penalty()))
    law_will_be(monkeypatch, transition="keep")

    assert decide_some_again(actor=WORKER, at=ON_THE_DAY) == 0


@pytest.mark.usefixtures("new_order")
def test_every_record_decided_again_is_in_the_audit_with_both_rules() -> None:
    sent(csv_of(penalty()))

    decide_some_again(actor=WORKER, at=ON_THE_DAY)

    event = AuditEvent.objects.get(action="publication.rule-changed")
    assert event.detail == {"before": "order-36/general", "after": "order-99/general"}
    assert (event.actor, newest().decided_by) == ("worker-1", "job:worker-1")


@pytest.mark.usefixtures("new_order")
def test_a_worker_follows_the_law_by_itself() -> None:
    sent(csv_of(penalty()))

    run_worker(once=True, clock=lambda: ON_THE_DAY, name="worker-1")

    assert newest().rule == "order-99/general"


@pytest.mark.usefixtures("new_order")
def test_one_turn_after_another_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongxin.flows.change_of_instrument.SOME", 2)
    sent(csv_of(*(penalty(CF_WSH=f"示环罚〔2026〕{number}号") for number in range(1, 6))))

    turns = [decide_some_again(actor=WORKER, at=ON_THE_DAY) for _ in range(4)]

    assert turns == [2, 2, 1, 0]


def test_the_law_as_packaged_leaves_nothing_to_decide_again_today() -> None:
    sent(csv_of(penalty()))

    assert decide_some_again(actor=WORKER, at=AT) == 0
