"""What fails on our side is tried again, longer apart each time, then stopped until set going."""

from contextlib import suppress
from datetime import timedelta

import pytest
from cast import AT, LIN, ZHAO, firm_code
from django.db import OperationalError
from sending import csv_of, penalty, received, sent

from gongxin.core.submissions import NotAStep
from gongxin.flows import faults, lease, post
from gongxin.flows.faults import set_going
from gongxin.flows.submit import advance
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.queries import waiting
from gongxin.registry.intake.spool import spool_path
from gongxin.registry.ledger.models import Entry

pytestmark = pytest.mark.django_db

LONG = timedelta(hours=1)  # longer than any wait


def rows(count):
    return csv_of(*(penalty(CF_WSH=f"示环罚〔2026〕{n}号", CF_XDR_SHXYM=firm_code(n),
                            CF_XDR_MC=f"示范第{n}机械有限公司") for n in range(count)))  # fmt: skip


def tried(submission, *, at):
    """Let a worker try it once at that moment; return the submission as it then stands."""
    if lease.claim(submission_id=submission.id, worker="w1", at=at):
        with pytest.raises((ConnectionError, OperationalError)):
            advance(submission_id=submission.id, worker="w1", clock=lambda: at)
    return Submission.objects.get(id=submission.id)


def breaks_after(monkeypatch, batches, error=ConnectionError):
    """Let posting break after so many batches of each try."""
    post_batch, done = post.post_batch, []

    def breaking(*args, **named):
        if len(done) == batches:
            done.clear()
            raise error("our fault")
        done.append(1)
        post_batch(*args, **named)

    monkeypatch.setattr(post, "FIRST_BATCH_ROWS", 1)
    monkeypatch.setattr(post, "LARGEST_BATCH_ROWS", 1)
    monkeypatch.setattr(post, "post_batch", breaking)


def test_after_five_failures_it_is_stopped_with_all_it_had(monkeypatch):
    breaks_after(monkeypatch, 0)
    submission = received(rows(3))
    waits = []

    for hour in range(5):
        at = AT + hour * LONG
        tried(submission, at=at)
        left = Submission.objects.get()
        waits.append(left.lease_until and (left.lease_until - at).total_seconds())

    assert waits == [30, 60, 120, 240, None]
    assert (left.standing, left.state, left.stopped_at) == ("stopped", "checked", AT + 4 * LONG)
    assert (left.rows, left.accepted, left.posted_through, left.failures) == (3, 3, 0, 5)
    assert AuditEvent.objects.get(action="submission.stopped").object_id == submission.id.hex
    assert waiting() == 0
    assert lease.claim_next(worker="w2", at=AT + 9 * LONG) is None


def test_a_file_that_cannot_even_be_checked_is_stopped_and_stays_sealed():
    submission = received(rows(1))
    spool_path(submission.id).write_bytes(b"not what was sealed")

    for hour in range(6):
        if lease.claim(submission_id=submission.id, worker="w1", at=AT + hour * LONG):
            with suppress(Exception):
                advance(submission_id=submission.id, worker="w1", clock=lambda hour=hour: AT + hour * LONG)

    left = Submission.objects.get()
    assert (left.standing, left.state, left.failures) == ("stopped", "received", 5)
    assert spool_path(submission.id).exists()
    assert left.spool_key


def test_set_going_it_goes_on_where_it_stood_and_is_recorded(monkeypatch):
    with monkeypatch.context() as broken:
        breaks_after(broken, 0)
        submission = received(rows(3))
        for hour in range(5):
            left = tried(submission, at=AT + hour * LONG)

    set_going(submission=left, actor=ZHAO, at=AT + 6 * LONG)

    event = AuditEvent.objects.get(action="submission.set-going")
    assert (event.actor, event.detail) == (ZHAO.name, {"state": "checked"})
    found = lease.claim_next(worker="w2", at=AT + 6 * LONG)
    done = advance(submission_id=found, worker="w2", clock=lambda: AT + 6 * LONG)
    assert (done.state, done.standing, done.posted) == ("done", "done", 3)
    with pytest.raises(NotAStep):
        set_going(submission=done, actor=ZHAO, at=AT + 7 * LONG)


def test_a_try_that_moved_the_watermark_does_not_count(monkeypatch):
    breaks_after(monkeypatch, 1)
    submission = received(rows(8))

    for hour in range(7):
        left = tried(submission, at=AT + hour * LONG)
        assert (left.posted_through, left.failures, left.stopped_at) == (hour + 1, 0, None)

    done = advance_after(left, AT + 9 * LONG)
    assert (done.state, Entry.objects.count()) == ("done", 8)


def advance_after(submission, at):
    assert lease.claim(submission_id=submission.id, worker="w3", at=at)
    return advance(submission_id=submission.id, worker="w3", clock=lambda: at)


def test_a_database_that_fails_us_is_not_held_against_the_file(monkeypatch):
    breaks_after(monkeypatch, 0, OperationalError)
    submission = received(rows(1))

    for hour in range(7):
        left = tried(submission, at=AT + hour * LONG)

    assert (left.failures, left.stopped_at) == (0, None)
    assert left.lease_until - (AT + 6 * LONG) == faults.LONGEST_WAIT


def test_killed_workers_do_not_use_up_the_tries_of_a_file_that_moves(monkeypatch):
    submission = received(rows(2))

    for hour in range(2 * faults.MOST_TRIES):
        assert lease.claim(submission_id=submission.id, worker=f"killed-{hour}", at=AT + hour * LONG)
        Submission.objects.update(posted_through=hour + 1)  # a batch was committed before the kill

    assert Submission.objects.get().attempts == 1


def test_a_file_that_kills_every_worker_is_stopped_in_the_end():
    submission = received(rows(2))
    for hour in range(faults.MOST_TRIES):
        assert lease.claim(submission_id=submission.id, worker=f"killed-{hour}", at=AT + hour * LONG)

    left = advance_after(submission, AT + 99 * LONG)

    assert (left.standing, left.failures) == ("stopped", 0)
    assert AuditEvent.objects.get(action="submission.stopped").detail == {"tries": faults.MOST_TRIES + 1}


def test_a_lease_its_own_owner_takes_again_is_no_new_try():
    submission = received(rows(2))

    for _ in range(2 * faults.MOST_TRIES):
        assert lease.claim(submission_id=submission.id, worker="w1", at=AT)

    assert Submission.objects.get().attempts == 1


def test_a_worker_told_to_leave_uses_up_no_try():
    submission = received(rows(2))
    lease.claim(submission_id=submission.id, worker="w1", at=AT)

    def leave(*_):
        raise lease.Stopped

    with pytest.raises(lease.Stopped):
        advance(submission_id=submission.id, worker="w1", clock=lambda: AT, progress=leave)

    assert Submission.objects.get().attempts == 0


def test_only_a_stopped_submission_can_be_set_going():
    with pytest.raises(NotAStep):
        set_going(submission=sent(rows(1)), actor=LIN, at=AT)


def test_a_database_away_for_a_whole_night_stops_no_file(monkeypatch):
    breaks_after(monkeypatch, 0, error=OperationalError)
    submission = received(rows(3))

    for hour in range(faults.MOST_TRIES + 5):
        submission = tried(submission, at=AT + hour * LONG)

    assert submission.stopped_at is None
