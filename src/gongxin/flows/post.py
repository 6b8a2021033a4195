"""Posting: accepted rows become ledger entries with their publication decided, batch by batch.

One transaction a batch, small enough that no write lock is long; the submission's watermark moves
in the same transaction, so a batch is posted once or not at all. Decide first, write after.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from gongxin.core import ledger as entries
from gongxin.core.actors import Actor, ActorKind
from gongxin.core.catalogue import InformationClass
from gongxin.core.document_numbers import normal_form
from gongxin.core.ids import RANDOM_BYTES, hex_ids
from gongxin.core.submissions import State
from gongxin.engine.accepted import AcceptedBatch, accepted_batches
from gongxin.flows import lease
from gongxin.flows.publish import TERM_ROLES, DecisionMaker, PlannedDecision
from gongxin.flows.resolve import Resolution, Resolved, RowToResolve, rows_to_resolve
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
    batches = accepted_batches(path, information_class=information_class, skip=through, size=BATCH_ROWS)
    for batch in batches:
        post_batch(submission, information_class, decisions, batch, worker=worker, at=clock())
        through += len(batch.rows)
        if progress is not None:
            progress("post", through, submission.accepted)
    _finish(submission, worker, clock())
    path.unlink(missing_ok=True)
    settle()


def post_batch(
    submission: Submission,
    information_class: InformationClass,
    decisions: DecisionMaker,
    batch: AcceptedBatch,
    *,
    worker: str,
    at: datetime,
) -> None:
    """Post one batch and move the watermark, in one transaction. Raises LeaseLost."""
    columns = columns_of_roles(information_class, batch)
    rows = rows_to_resolve(columns, len(batch.rows))
    with transaction.atomic():
        bulk.one_writer()
        plan = Posting(submission, information_class, decisions, at)
        plan.fill(batch, rows, columns)
        plan.save()
        _move_watermark(submission, worker, at, len(batch.rows), plan.counts)


def columns_of_roles(
    information_class: InformationClass, batch: AcceptedBatch
) -> dict[str, Sequence[str | None]]:
    """Return the batch's columns by the role they play."""
    return {role: batch.column(key) for role, key in information_class.roles.items()}


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

    actor: str = field(init=False)
    moment: str = field(init=False)
    agency_id: str = field(init=False)
    submission_id: str = field(init=False)

    def __post_init__(self) -> None:
        self.resolution = Resolution(self.information_class, self.at)
        self.actor = f"agency:{self.submission.agency.code}"
        self.moment = bulk.instant(self.at)
        self.agency_id, self.submission_id = self.submission.agency_id.hex, self.submission.id.hex

    def fill(
        self, batch: AcceptedBatch, rows: Sequence[RowToResolve], columns: dict[str, Sequence[str | None]]
    ) -> None:
        """Decide what becomes of each row."""
        self.resolution.learn(rows)
        placed = [self.resolution.place(row) for row in rows]
        keys = record_keys(self.information_class, batch, columns, self.submission.agency.code)
        known = [
            (found.subject_id, key)
            for found, key in zip(placed, keys, strict=True)
            if found.known and found.subject_id
        ]
        self.current = ledger.current_entries(known)
        self.returning = ledger.fingerprints(known)
        fresh = hex_ids(at=self.at, randomness=os.urandom(RANDOM_BYTES * 2 * len(rows)))
        salts = os.urandom(SALT_BYTES * len(rows))
        facts = _together(columns, TERM_ROLES, len(rows))
        dates = _together(columns, ("decided_on", "served_on", "document_number"), len(rows))
        for index, (found, key) in enumerate(zip(placed, keys, strict=True)):
            sent = _Sent(
                row=batch.rows[index],
                content=batch.contents[index],
                facts=tuple(fact or "" for fact in facts[index]),
                decided_on=dates[index][0],
                served_on=dates[index][1],
                document_number=normal_form(dates[index][2] or "")[:128],
                ids=(fresh[2 * index], fresh[2 * index + 1]),
                salt=salts[SALT_BYTES * index : SALT_BYTES * (index + 1)],
            )
            if found.subject_id is None:
                self._queue(sent, found, rows[index])
            else:
                self._post(sent, found, found.subject_id, key)

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

    def _queue(self, sent: "_Sent", found: Resolved, row: RowToResolve) -> None:
        self.unlinked.append(
            NewUnlinked(
                id=sent.ids[0],
                submission_id=self.submission.id.hex,
                row=sent.row,
                class_id=self.information_class.id,
                agency=self.submission.agency_id.hex,
                name=row.name,
                content=sent.content,
                reason=found.reason,
            )
        )

    def _post(self, sent: "_Sent", found: Resolved, subject_id: str, key: str) -> None:
        content_hash = entries.content_hash(sent.content)
        before = self.current.get((subject_id, key))
        if before is not None and before.content_hash == content_hash and before.kind != "withdrawal":
            self.counts["unchanged"] += 1
            return
        held = found.held
        if (subject_id, key) in self.returning:
            held = held or f"returns-after-{self.returning[subject_id, key]}"
        entry_id, decision_id = sent.ids
        record_id = before.record_id if before else entry_id
        kind = entries.Kind.RESEND if before else entries.Kind.ORIGINAL
        decision = self.decisions.decide_facts(sent.facts, held=held, at=self.at)
        self._append(sent, subject_id, key, record_id, kind, content_hash, held, decision)
        self.decided.append(decision.row(subject_id, decision_id, record_id, entry_id, self.actor))
        if before is not None:
            self.superseded.append((subject_id, before.entry_id))
        self.current[subject_id, key] = ledger.Current(entry_id, record_id, content_hash, kind.value, held)
        self.counts["held" if held else "superseded" if before else "posted"] += 1

    def _append(
        self,
        sent: "_Sent",
        subject_id: str,
        key: str,
        record_id: str,
        kind: entries.Kind,
        content_hash: str,
        held: str,
        decision: PlannedDecision,
    ) -> None:
        submission = self.submission
        self.appended.append(
            (
                subject_id, sent.ids[0], record_id, key, self.information_class.id, submission.edition,
                self.information_class.adverse, kind.value, sent.content, content_hash, sent.salt,
                sent.decided_on, sent.served_on, decision.usable_from, sent.document_number, held, "", "",
                self.actor, self.actor, self.agency_id, self.submission_id, sent.row, self.moment,
            )
        )  # fmt: skip
        commitment = entries.commitment(
            salt=sent.salt, record_id=bytes.fromhex(record_id), content_digest=content_hash
        )
        hidden = not decision.is_public
        self.acts.append(
            (sent.ids[0], self.moment, "posted", subject_id, record_id, commitment, sent.salt, hidden)
        )


@dataclass(frozen=True, slots=True)
class _Sent:
    """One accepted row on its way into the ledger."""

    row: int
    content: str
    facts: tuple[str, ...]  # the values of publish.TERM_ROLES
    decided_on: str | None
    served_on: str | None
    document_number: str
    ids: tuple[str, str]
    salt: bytes


def record_keys(
    information_class: InformationClass,
    batch: AcceptedBatch,
    columns: Mapping[str, Sequence[str | None]],
    agency_code: str,
) -> list[str]:
    """Return each row's record key: the class's key fields but the subject, in their normal form.

    The 2015 forms have no code of the deciding body; the agency that sends them stands in.
    """
    parts = [part for part in information_class.key if part != "subject"]
    values = [columns[part] if part in columns else batch.column(part) for part in parts]
    shaped = [_normal_part(part, column, agency_code) for part, column in zip(parts, values, strict=True)]
    if not shaped:  # registration: its only key is the subject, so each has one record
        return [entries.record_key(information_class.id, ())] * len(batch.rows)
    return [entries.record_key(information_class.id, row) for row in zip(*shaped, strict=True)]


def _normal_part(part: str, column: Sequence[str | None], agency_code: str) -> list[str]:
    if part == "document_number":
        return [normal_form(value or "") for value in column]
    missing = agency_code if part == "deciding_body_code" else ""
    return [value or missing for value in column]


def _together(
    columns: Mapping[str, Sequence[str | None]], roles: Sequence[str], count: int
) -> list[tuple[str | None, ...]]:
    """Return, row by row, the values of some roles; empty ones where the class has no such column."""
    nothing = [None] * count
    return list(zip(*(columns.get(role, nothing) for role in roles), strict=True))


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
