"""A worker takes the oldest submission that waits, survives what goes wrong, and stops when told."""

import logging
import os
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cast import OPERATOR
from desk_cast import GOOD_ROW, Cast, desk_cast, tax_list
from django.db import OperationalError, connection

from gongxin.flows import lease
from gongxin.flows.heartbeat import beat
from gongxin.flows.submit import receive
from gongxin.interfaces.jobs import worker as job
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.intake.models import Submission, Worker
from gongxin.registry.intake.queries import workers_alive
from gongxin.registry.intake.spool import new_spool, spool_path

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def clock() -> datetime:
    return AT


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


def received(cast: Cast, body: bytes, *, at: datetime = AT) -> UUID:
    spool = new_spool()
    spool.write(body)
    spool.close()
    return receive(
        agency=cast.regulator,
        class_id="tax-a-level",
        file_name="a.csv",
        spool=spool,
        mapping=None,
        idempotency_key=None,
        actor=OPERATOR,
        at=at,
        on=at.date(),
    ).id


def work(**more: object) -> None:
    run_worker(once=True, clock=clock, name="w1", **more)  # type: ignore[arg-type]


def test_all_that_waits_is_worked_off(cast: Cast) -> None:
    received(cast, tax_list(GOOD_ROW))
    received(cast, tax_list(GOOD_ROW), at=AT + timedelta(minutes=1))

    work()

    states = list(Submission.objects.order_by("received_at").values_list("state", "posted", "unchanged"))
    assert states == [("done", 1, 0), ("done", 0, 1)]


def test_a_lease_in_force_is_left_alone(cast: Cast) -> None:
    submission_id = received(cast, tax_list(GOOD_ROW))
    lease.claim(submission_id=submission_id, worker="another", at=AT)

    work()

    assert Submission.objects.get().state == "received"


def test_a_lease_that_has_run_out_is_taken_over(cast: Cast) -> None:
    submission_id = received(cast, tax_list(GOOD_ROW))
    lease.claim(submission_id=submission_id, worker="killed", at=AT - timedelta(minutes=5))

    work()

    assert Submission.objects.get().state == "done"


def test_two_workers_claim_one_submission_once(cast: Cast) -> None:
    received(cast, tax_list(GOOD_ROW))

    claims = [lease.claim_next(worker=name, at=AT) for name in ("w1", "w2")]

    assert claims[0] is not None
    assert claims[1] is None


def test_a_broken_submission_does_not_stop_the_next(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    broken = received(cast, tax_list(GOOD_ROW))
    received(cast, tax_list(GOOD_ROW), at=AT + timedelta(minutes=1))
    spool_path(broken).write_bytes(b"not what was sealed")

    with caplog.at_level(logging.ERROR):
        work()

    assert Submission.objects.get(id=broken).state == "received"
    assert Submission.objects.exclude(id=broken).get().state == "done"
    assert f"submission {broken.hex} failed" in caplog.text


def test_a_failure_is_logged_without_the_values_it_quotes(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(cast, tax_list(GOOD_ROW))

    def quoting(**_: object) -> None:
        raise ValueError(GOOD_ROW[1])

    monkeypatch.setattr(job, "advance", quoting)
    with caplog.at_level(logging.ERROR):
        work()

    assert "ValueError" in caplog.text
    assert GOOD_ROW[1] not in caplog.text


def test_a_database_that_comes_back_is_waited_for_and_spoken_of_once(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(cast, tax_list(GOOD_ROW))
    away = iter([True, True, True])
    claim_next = lease.claim_next

    def sometimes(**arguments: object) -> UUID | None:
        if next(away, False):
            raise OperationalError("server closed the connection unexpectedly")
        return claim_next(**arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(job.lease, "claim_next", sometimes)
    monkeypatch.setattr(job, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's transaction lives in it
    with caplog.at_level(logging.WARNING):
        work()

    assert Submission.objects.get().state == "done"
    assert caplog.text.count("cannot be used") == 1
    assert caplog.text.count("the database is back") == 1


def test_told_to_stop_it_leaves_between_two_steps_and_nothing_is_lost(cast: Cast) -> None:
    received(cast, tax_list(GOOD_ROW))
    stop = threading.Event()
    stop.set()
    worker = job._Worker("w1", clock, stop)

    with pytest.raises(lease.Stopped):
        worker.work_once()
    run_worker(once=True, clock=clock, name="w2")

    assert (Submission.objects.get().state, Submission.objects.get().posted) == ("done", 1)


def test_a_worker_is_alive_while_it_beats_and_not_after_it_said_goodbye(cast: Cast) -> None:
    beat(worker="w1", at=AT)
    assert workers_alive(at=AT + timedelta(seconds=20))
    assert not workers_alive(at=AT + timedelta(seconds=40))

    work()

    assert not Worker.objects.filter(name="w1").exists()


def test_files_no_submission_will_read_are_swept_after_a_while(cast: Cast) -> None:
    waiting, abandoned = received(cast, tax_list(GOOD_ROW)), new_spool()
    lease.claim(submission_id=waiting, worker="another", at=AT)
    abandoned.close()
    for path in (spool_path(waiting), abandoned.path):
        os.utime(path, (1, 1))

    work()

    assert spool_path(waiting).exists()
    assert not abandoned.path.exists()
