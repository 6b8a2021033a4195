"""Who works on a submission: a lease taken and kept by compare-and-swap, so that a killed worker's ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, When
from django.db.models.lookups import GreaterThan

from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.queries import FOR_A_WORKER

LEASE = timedelta(seconds=60)

# Free, and nothing yet held against it.
FRESH: dict[str, Any] = {"lease_owner": "", "lease_until": None, "attempts": 0, "failures": 0}


Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]  # the phase, rows done, rows in all; may raise Stopped


class LeaseLost(Exception):
    """Another worker has taken this submission over."""


class Stopped(Exception):
    """The worker was told to stop between two steps; the submission goes on where it stands."""


def claim(*, submission_id: UUID, worker: str, at: datetime) -> bool:
    """Take the lease of a submission with work left, if it is free or expired; return whether it is ours."""
    free = Q(lease_until=None) | Q(lease_until__lte=at) | Q(lease_owner=worker)
    # A try that moved the watermark is not held against the file, however it ended.
    watermark = F("posted_through") + F("taken_back")
    moved = GreaterThan(watermark, F("tried_through"))
    # Compare-and-swap instead of select_for_update: works on SQLite too.
    taken = Submission.objects.filter(free, FOR_A_WORKER, id=submission_id).update(
        lease_owner=worker,
        lease_until=at + LEASE,
        attempts=Case(
            When(moved, then=1),
            When(lease_owner=worker, then=F("attempts")),  # its own lease taken again has not run out
            default=F("attempts") + 1,
            output_field=IntegerField(),
        ),
        failures=Case(When(moved, then=0), default=F("failures"), output_field=IntegerField()),
        tried_through=watermark,
    )
    return taken == 1


def claim_next(*, worker: str, at: datetime) -> UUID | None:
    """Take the lease of the oldest submission that waits for a worker; None if none does."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    waiting = Submission.objects.filter(free, FOR_A_WORKER).order_by("received_at")
    for submission_id in waiting.values_list("id", flat=True)[:10]:
        if claim(submission_id=submission_id, worker=worker, at=at):
            return submission_id
    return None


def renew(*, submission_id: UUID, worker: str, at: datetime, **progress: Any) -> None:
    """Keep the lease and note progress. Raises LeaseLost if it is no longer ours."""
    kept = Submission.objects.filter(id=submission_id, lease_owner=worker).update(
        lease_until=at + LEASE, **progress
    )
    if kept != 1:
        raise LeaseLost(str(submission_id))


def release(*, submission_id: UUID, worker: str, until: datetime | None, **noted: Any) -> bool:
    """Give the lease back; the next try waits `until` then. Return whether it was still ours."""
    released = Submission.objects.filter(id=submission_id, lease_owner=worker).update(
        lease_owner="", lease_until=until, **noted
    )
    return released == 1
