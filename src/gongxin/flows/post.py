"""Posting: accepted rows become ledger entries with their publication decided, batch by batch.

One transaction a batch, small enough that no write lock is long; the submission's watermark moves
in the same transaction, so a batch is posted once or not at all. Decide first, write after.
"""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F

from gongxin.core.catalogue import InformationClass
from gongxin.core.submissions import State
from gongxin.engine.accepted import AcceptedRow
from gongxin.engine.collecting import nothing_collected
from gongxin.engine.posting_order import accepted_rows
from gongxin.flows import lease
from gongxin.flows.lease import Clock, Progress
from gongxin.flows.nil_return import withdraw_overtaken
from gongxin.flows.posting import Posting, own_agencies, prepare
from gongxin.flows.publish import TERM_ROLES, DecisionMaker
from gongxin.flows.submission_audit import sender, write_audit
from gongxin.registry import bulk
from gongxin.registry.checkpoints import Checkpoints, wal_file
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import kept_folder
from gongxin.registry.ledger.numbers import put_in_order
from gongxin.registry.subjects.search_index import settle

FIRST_BATCH_ROWS, LARGEST_BATCH_ROWS = 1000, 4000
# Short of the quarter of a second nobody may wait for a lock, and long enough to be worth a commit.
BATCH_TAKES = timedelta(milliseconds=75)


def post_submission(
    *,
    submission: Submission,
    information_class: InformationClass,
    worker: str,
    clock: Clock,
    progress: Progress | None,
) -> None:
    """Post every accepted row that is not posted yet, then mark the submission done."""
    path = kept_folder(submission.id) / "accepted.parquet"
    decisions = DecisionMaker(information_class)
    rows = accepted_rows(
        path,
        information_class=information_class,
        skip=submission.posted_through,
        fact_roles=TERM_ROLES,
        missing={"deciding_body_code": submission.deciding_code},
        at=clock(),
    )
    own, size = own_agencies(submission), FIRST_BATCH_ROWS
    with closing(rows), Checkpoints(wal_file()) as checkpoints, nothing_collected():
        while batch := list(islice(rows, size)):
            began = clock()
            plan = Posting(submission, information_class, decisions, own, began, numbers_follow=True)
            post_batch(plan, batch, worker=worker)
            size = next_batch_rows(size, took=clock() - began)
            checkpoints.step()
            if progress is not None:
                progress("post", submission.posted_through, submission.accepted)
        put_in_order(submission.id, between=checkpoints.step)
    _finish(submission, information_class, worker, clock())
    path.unlink(missing_ok=True)
    settle()


def next_batch_rows(rows: int, *, took: timedelta) -> int:
    """Return how many rows to post at once after `rows` took so long; at most doubled, at least halved."""
    fitting = int(rows * (BATCH_TAKES / max(took, timedelta(milliseconds=1))))
    return min(max(fitting, rows // 2, 1), rows * 2, LARGEST_BATCH_ROWS)


def post_batch(plan: Posting, batch: Sequence[AcceptedRow], *, worker: str) -> None:
    """Post one batch as planned and move the watermark, in one transaction. Raises LeaseLost."""
    prepared = prepare(batch)  # before the lock: nothing here depends on the database
    with transaction.atomic():
        bulk.one_writer()
        plan.fill(prepared)
        plan.save()
        _move_watermark(plan.submission, worker, plan.at, len(batch), plan.counts)


def _move_watermark(
    submission: Submission, worker: str, at: datetime, rows: int, counts: dict[str, int]
) -> None:
    moved = Submission.objects.filter(
        id=submission.id,
        lease_owner=worker,
        posted_through=submission.posted_through,
        state__in=[State.CHECKED.value, State.POSTING.value],
    ).update(
        state=State.POSTING.value,
        posted_through=F("posted_through") + rows,
        lease_until=at + lease.LEASE,
        **{name: F(name) + count for name, count in counts.items()},
    )
    if moved != 1:
        raise lease.LeaseLost(str(submission.id))
    submission.posted_through += rows


def _finish(submission: Submission, information_class: InformationClass, worker: str, at: datetime) -> None:
    with transaction.atomic():
        bulk.one_writer()  # nobody states meanwhile that there was nothing
        finished = Submission.objects.filter(
            id=submission.id, lease_owner=worker, state__in=[State.CHECKED.value, State.POSTING.value]
        ).update(state=State.DONE.value, done_at=at, lease_until=None)
        if finished != 1:
            raise lease.LeaseLost(str(submission.id))
        detail = {"rows": submission.posted_through}
        write_audit(submission, "submission.posted", actor=sender(submission), at=at, detail=detail)
        withdraw_overtaken(submission=submission, information_class=information_class, at=at)
