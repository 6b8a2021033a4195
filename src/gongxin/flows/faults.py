"""What fails on our side is tried again after growing waits, and after some tries stopped.

A stopped submission rests where it stood: accepted rows and watermark stay, no worker takes it, and
the desk and the API say so. An officer sets it going again once the fault is mended.
"""

import errno
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.submissions import STOPPED, NotAStep
from gongxin.flows import lease
from gongxin.flows.submission_audit import write_audit
from gongxin.registry.intake.models import Submission

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=30)
MOST_FAILURES = 5
# A worker that is killed leaves no failure behind, and a machine may be restarted many times while one
# long file is checked. A file that kills every worker must end too.
MOST_TRIES = 20
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def give_back(*, submission: Submission, worker: str, error: Exception, at: datetime) -> None:
    """Give the lease back after a failure on our side: to be tried again later, or stopped.

    A try that moved the watermark does not count, nor does a database or disk that failed us: that is
    no fault of this file, and would stop every file there is.
    """
    moved = submission.posted_through + submission.taken_back > submission.tried_through
    failures = 0 if moved else submission.failures + (not _is_outage(error))
    if failures >= MOST_FAILURES:
        stop(submission=submission, worker=worker, failures=failures, at=at)
        return
    wait = FIRST_WAIT if moved else _wait_after(submission.attempts)
    # Nor must tries that an outage ended add up to a file that kills every worker.
    attempts = min(submission.attempts, MOST_TRIES - 1) if _is_outage(error) else submission.attempts
    lease.release(
        submission_id=submission.id, worker=worker, until=at + wait, failures=failures, attempts=attempts
    )


def stop(*, submission: Submission, worker: str, failures: int, at: datetime) -> None:
    """Let a submission whose lease `worker` holds rest where it stands until an officer sets it going."""
    with transaction.atomic():
        stopped = lease.release(
            submission_id=submission.id, worker=worker, until=None, failures=failures, stopped_at=at
        )
        if stopped:
            actor = Actor(ActorKind.JOB, worker)
            write_audit(
                submission, "submission.stopped", actor=actor, at=at, detail={"tries": submission.attempts}
            )


def set_going(*, submission: Submission, actor: Actor, at: datetime) -> None:
    """Let workers take a stopped submission again, from where it stands. Raises NotAStep if it is not."""
    with transaction.atomic():
        resting = Submission.objects.filter(id=submission.id, stopped_at__isnull=False)
        if resting.update(stopped_at=None, attempts=0, failures=0) != 1:
            raise NotAStep(f"{submission.standing} is not {STOPPED}")
        write_audit(
            submission, "submission.set-going", actor=actor, at=at, detail={"state": submission.state}
        )


def _wait_after(tries: int) -> timedelta:
    wait = FIRST_WAIT
    for _ in range(1, tries):
        wait = min(2 * wait, LONGEST_WAIT)
    return wait


def _is_outage(error: Exception) -> bool:
    no_room = isinstance(error, OSError) and error.errno in NO_ROOM
    return no_room or isinstance(error, (OperationalError, InterfaceError))
