"""Posting: accepted rows become ledger entries with their publication decided, batch by batch.

One transaction a batch, small enough that no write lock is long; the submission's watermark moves
in the same transaction, so a batch is posted once or not at all. Decide first, write after.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from struct import iter_unpack
from typing import Any

from django.db import transaction
from django.db.models import F

from gongxin.core import ledger as entries
from gongxin.core.actors import Actor, ActorKind
from gongxin.core.catalogue import InformationClass
from gongxin.core.ids import RANDOM_BYTES, hex_ids
from gongxin.core.legal_day import legal_day
from gongxin.core.submissions import State
from gongxin.engine.accepted import AcceptedRow, accepted_rows
from gongxin.flows import lease
from gongxin.flows.publish import TERM_ROLES, DecisionMaker, PlannedDecision
from gongxin.flows.resolve import Resolution, Resolved, row_to_resolve
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import kept_folder
from gongxin.registry.intake.unlinked import NewUnlinked, queue_unlinked
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.log import bulk as log
from gongxin.registry.publication import bulk as publication
from gongxin.registry.subjects.search_index import settle

BATCH_ROWS = 2000
SALT_BYTES = 16
COUNTS = ("posted", "unchanged", "superseded", "unlinked", "held")

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]


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
    through = submission.posted_through
    rows = accepted_rows(
        path,
        information_class=information_class,
        skip=through,
        fact_roles=TERM_ROLES,
        missing={"deciding_body_code": submission.agency.code},
    )
    while batch := list(islice(rows, BATCH_ROWS)):
        post_batch(submission, information_class, decisions, batch, worker=worker, at=clock())
        through += len(batch)
        if progress is not None:
            progress("post", through, submission.accepted)
    _finish(submission, worker, clock())
    path.unlink(missing_ok=True)
    settle()


def post_batch(
    submission: Submission,
    information_class: InformationClass,
    decisions: DecisionMaker,
    batch: Sequence[AcceptedRow],
    *,
    worker: str,
    at: datetime,
) -> None:
    """Post one batch and move the watermark, in one transaction. Raises LeaseLost."""
    with transaction.atomic():
        bulk.one_writer()
        plan = Posting(submission, information_class, decisions, at)
        plan.fill(batch)
        plan.save()
        _move_watermark(submission, worker, at, len(batch), plan.counts)


@dataclass(slots=True)
class Posting:
    """What one batch will write, decided before anything is written."""

    submission: Submission
    information_class: InformationClass
    decisions: DecisionMaker
    at: datetime
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    resolution: Resolution = field(init=False)
    current: dict[tuple[str, str], ledger.Current] = field(default_factory=dict)
    returning: dict[tuple[str, str], str] = field(default_factory=dict)
    appended: list[tuple[Any, ...]] = field(default_factory=list)
    superseded: list[tuple[str, str]] = field(default_factory=list)
    decided: list[tuple[Any, ...]] = field(default_factory=list)
    acts: list[tuple[Any, ...]] = field(default_factory=list)
    unlinked: list[NewUnlinked] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)  # entries of this very batch
    salts: Iterator[tuple[bytes]] = field(init=False)
    actor: str = field(init=False)
    moment: str = field(init=False)
    on: date = field(init=False)
    agency_id: str = field(init=False)
    submission_id: str = field(init=False)

    def __post_init__(self) -> None:
        self.resolution = Resolution(self.information_class, self.at)
        self.actor = f"agency:{self.submission.agency.code}"
        self.moment, self.on = bulk.instant(self.at), legal_day(self.at)
        self.agency_id, self.submission_id = self.submission.agency_id.hex, self.submission.id.hex

    def fill(self, batch: Sequence[AcceptedRow]) -> None:
        """Decide what becomes of each row."""
        rows = [
            row_to_resolve(checked=sent.checked, name=sent.name or "", operator=sent.operator or "")
            for sent in batch
        ]
        self.resolution.learn(rows)
        self.place(batch, [self.resolution.place(row) for row in rows])

    def place(self, batch: Sequence[AcceptedRow], placed: Sequence[Resolved]) -> None:
        """Decide what becomes of each row at the subject it was placed at."""
        class_id = self.information_class.id
        keys = [entries.record_key_of_text(class_id, sent.key_text) for sent in batch]
        known = [
            (found.subject_id, key)
            for found, key in zip(placed, keys, strict=True)
            if found.known and found.subject_id
        ]
        self.current = ledger.current_entries(known)
        self.returning = ledger.fingerprints(known)
        fresh = hex_ids(at=self.at, randomness=os.urandom(RANDOM_BYTES * 2 * len(batch)))
        self.salts = iter_unpack(f"{SALT_BYTES}s", os.urandom(SALT_BYTES * len(batch)))
        for sent, found, key, entry_id, decision_id in zip(
            batch, placed, keys, fresh[: len(batch)], fresh[len(batch) :], strict=True
        ):
            if found.subject_id is None:
                self._queue(sent, found.reason, entry_id)
            else:
                self._post(sent, found, found.subject_id, key, entry_id, decision_id)

    def save(self) -> None:
        """Write the plan, inside the batch's transaction."""
        self.resolution.save()
        ledger.supersede(self.superseded, bulk.instant(self.at))
        ledger.append(self.appended)
        publication.append(self.decided)
        log.append(self.acts)
        queued = queue_unlinked(self.unlinked)
        self.counts["unlinked"] += queued
        self.counts["unchanged"] += len(self.unlinked) - queued

    def _queue(self, sent: AcceptedRow, reason: str, new_id: str) -> None:
        self.unlinked.append(
            NewUnlinked(
                id=new_id,
                submission_id=self.submission.id.hex,
                row=sent.row,
                class_id=self.information_class.id,
                agency=self.submission.agency_id.hex,
                name=sent.name or "",
                content=sent.content,
                reason=reason,
            )
        )

    def _post(
        self,
        sent: AcceptedRow,
        found: Resolved,
        subject_id: str,
        key: str,
        entry_id: str,
        decision_id: str,
    ) -> None:
        content_hash = entries.content_hash(sent.content)
        before = self.current.get((subject_id, key))
        if before is not None and before.content_hash == content_hash and before.kind != "withdrawal":
            self.counts["unchanged"] += 1
            return
        if before is not None and before.entry_id in self.fresh:
            # Two rows under different codes of one subject: which of them holds is a person's question.
            self._queue(sent, "same-record-twice", entry_id)
            return
        held = found.held
        if (subject_id, key) in self.returning:
            held = held or f"returns-after-{self.returning[subject_id, key]}"
        record_id = before.record_id if before else entry_id
        kind = entries.Kind.RESEND if before else entries.Kind.ORIGINAL
        decision = self.decisions.decide(sent.facts, held=held, on=self.on)
        self._append(sent, subject_id, key, entry_id, record_id, kind, content_hash, held, decision)
        self.decided.append(
            decision.row(subject_id, decision_id, record_id, entry_id, self.actor, self.moment)
        )
        if before is not None:
            self.superseded.append((subject_id, before.entry_id))
        self.fresh.add(entry_id)
        self.current[subject_id, key] = ledger.Current(entry_id, record_id, content_hash, kind.value, held)
        self.counts["held" if held else "superseded" if before else "posted"] += 1

    def _append(
        self,
        sent: AcceptedRow,
        subject_id: str,
        key: str,
        entry_id: str,
        record_id: str,
        kind: entries.Kind,
        content_hash: str,
        held: str,
        decision: PlannedDecision,
    ) -> None:
        submission, (salt,) = self.submission, next(self.salts)
        self.appended.append(
            (
                subject_id, entry_id, record_id, key, self.information_class.id, submission.edition,
                self.information_class.adverse, kind.value, sent.content, content_hash, salt,
                sent.decided_on, sent.served_on, decision.usable_from, sent.document_number or "", held,
                "", "", self.actor, self.actor, self.agency_id, self.submission_id, sent.row, self.moment,
            )
        )  # fmt: skip
        commitment = entries.commitment(
            salt=salt, record_id=bytes.fromhex(record_id), content_digest=content_hash
        )
        hidden = not decision.is_public
        self.acts.append((entry_id, self.moment, "posted", subject_id, record_id, commitment, salt, hidden))


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


def _finish(submission: Submission, worker: str, at: datetime) -> None:
    with transaction.atomic():
        finished = Submission.objects.filter(
            id=submission.id, lease_owner=worker, state__in=[State.CHECKED.value, State.POSTING.value]
        ).update(state=State.DONE.value, done_at=at, lease_until=None)
        if finished != 1:
            raise lease.LeaseLost(str(submission.id))
        write_event(
            actor=Actor(ActorKind(submission.actor_kind), submission.actor),
            action="submission.posted",
            object_kind="submission",
            object_id=submission.id.hex,
            at=at,
            detail={"rows": submission.posted_through},
        )
