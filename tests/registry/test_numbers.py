"""A number is found from its first batch on; an act that forgets its numbers is caught after every test."""

import pytest
from cast import AT
from kept_numbers import numbered_in_the_ledger, numbers_kept
from sending import csv_of, penalty, received, sent

from gongxin.core.submissions import State
from gongxin.flows import lease, post
from gongxin.flows.submit import advance
from gongxin.registry.intake.models import Submission
from gongxin.registry.ledger import numbers
from gongxin.registry.ledger.models import Entry, Number

pytestmark = pytest.mark.django_db


def fines(rows: int) -> bytes:
    return csv_of(*[penalty(CF_WSH=f"示环罚〔2026〕{at}号") for at in range(100, 100 + rows)])


def found(number: str = "示环罚", **page: int) -> list[str]:
    some = numbers.numbered(number, agency_ids=None, **{"limit": 50, **page})
    return [Entry.objects.get(record_id=record, superseded_at=None).document_number for _, record in some]


@pytest.fixture
def half_posted(monkeypatch: pytest.MonkeyPatch) -> Submission:
    """A file of six rows whose worker was told to leave after the first two were posted."""
    monkeypatch.setattr(post, "FIRST_BATCH_ROWS", 2)
    submission = received(fines(6))

    def leave(phase: str, done: int, _total: int) -> None:
        if phase == "post" and done:
            raise lease.Stopped

    lease.claim(submission_id=submission.id, worker="w1", at=AT)
    with pytest.raises(lease.Stopped):
        advance(submission_id=submission.id, worker="w1", clock=lambda: AT, progress=leave)
    return Submission.objects.get(state=State.POSTING.value)


@pytest.mark.usefixtures("half_posted")
def test_a_number_is_found_while_its_file_is_still_being_posted():
    assert len(found()) == 2
    assert numbers_kept() == set()


def test_a_file_whose_worker_left_has_all_its_numbers_in_order_in_the_end(half_posted: Submission):
    lease.claim(submission_id=half_posted.id, worker="w2", at=AT)
    advance(submission_id=half_posted.id, worker="w2", clock=lambda: AT)

    assert found() == [f"示环罚〔2026〕{at}号" for at in range(100, 106)]
    assert len(numbers_kept()) == 6


def test_numbers_put_in_order_run_by_run_and_twice_stand_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(numbers, "RUN_ROWS", 2)
    submission = sent(fines(5))

    numbers.put_in_order(submission.id)

    assert Number.objects.count() == 5
    assert found(limit=2, offset=2) == ["示环罚〔2026〕102号", "示环罚〔2026〕103号"]


def test_an_act_that_forgets_its_numbers_is_caught(monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patched:
        patched.setattr(post, "put_in_order", lambda *_, **__: None)
        submission = sent(fines(1))

    assert not numbered_in_the_ledger() <= numbers_kept()

    numbers.put_in_order(submission.id)
