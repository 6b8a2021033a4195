"""What one batch of accepted rows will write, decided before anything is written.

A posting asks the database what it knows, decides about every row, and then saves entries, decisions,
public acts and waiting rows, all inside the caller's transaction.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from struct import iter_unpack
from typing import Any, NamedTuple

from gongxin.core import ledger as entries
from gongxin.core.catalogue import InformationClass
from gongxin.core.ids import RANDOM_BYTES, hex_ids
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import legal_day
from gongxin.engine.accepted import AcceptedRow
from gongxin.flows.publish import DecisionMaker, PlannedDecision
from gongxin.flows.resolve import Resolution, Resolved, RowToResolve, row_to_resolve
from gongxin.registry import bulk
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.unlinked import NewUnlinked, queue_unlinked
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.log import bulk as log
from gongxin.registry.publication import bulk as publication

SALT_BYTES = 16
ORIGINAL, RESEND = Kind.ORIGINAL.value, Kind.RESEND.value
COUNTS = ("posted", "unchanged", "superseded", "unlinked", "held")


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
    fresh: set[tuple[str, str]] = field(default_factory=set)  # the records of this very batch
    by_officer: bool = False  # a person of the centre has decided about these rows
    own_agencies: frozenset[str] = field(init=False)
    actor: str = field(init=False)
    moment: str = field(init=False)
    on: date = field(init=False)
    agency_id: str = field(init=False)
    submission_id: str = field(init=False)

    def __post_init__(self) -> None:
        self.resolution = Resolution(self.information_class, self.at)
        self.actor = f"agency:{self.submission.agency.code}"
        self.own_agencies = frozenset(found.hex for found in agencies_of(self.submission.agency))
        self.moment, self.on = bulk.instant(self.at), legal_day(self.at)
        self.agency_id, self.submission_id = self.submission.agency_id.hex, self.submission.id.hex

    def fill(self, prepared: "Sequence[Prepared]") -> None:
        """Decide what becomes of each row."""
        self.resolution.learn([ready.who for ready in prepared])
        self.place(prepared, [self.resolution.place(ready.who) for ready in prepared])

    def place(self, prepared: "Sequence[Prepared]", placed: Sequence[Resolved]) -> None:
        """Decide what becomes of each row at the subject it was placed at."""
        known = [
            (found.subject_id, ready.sent.key)
            for found, ready in zip(placed, prepared, strict=True)
            if found.known and found.subject_id
        ]
        self.current = ledger.current_entries(known)
        self.returning = ledger.fingerprints(known)
        for ready, found in zip(prepared, placed, strict=True):
            if found.subject_id is None:
                self._queue(ready, found.reason)
            else:
                self._post(ready, found, found.subject_id)

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

    def _queue(self, ready: "Prepared", reason: str) -> None:
        self.unlinked.append(
            NewUnlinked(
                id=ready.entry_id,
                submission_id=self.submission_id,
                row=ready.sent.row,
                class_id=self.information_class.id,
                agency=self.agency_id,
                name=ready.who.name,
                content=ready.sent.content,
                reason=reason,
            )
        )

    def _post(self, ready: "Prepared", found: Resolved, subject_id: str) -> None:
        address = (subject_id, ready.sent.key)
        if address in self.fresh:
            # Two rows under different codes of one subject: which of them holds is a person's question.
            self._queue(ready, "same-record-twice")
            return
        before = self.current.get(address)
        if before is not None and before.says(ready.sent.content_hash):
            self.counts["unchanged"] += 1
            return
        if before is not None and before.agency_id not in self.own_agencies and not self.by_officer:
            # Nobody changes what another body has sent: who is right is a person's question.
            self._queue(ready, "another-agencys-record")
            return
        held = found.held
        if address in self.returning:
            held = held or f"returns-after-{self.returning[address]}"
        record_id = before.record_id if before else ready.entry_id
        decision = self.decisions.decide(ready.sent.facts, held=held, on=self.on)
        self.appended.append(self._entry(ready, subject_id, record_id, held, decision))
        self.decided.append(
            decision.row(subject_id, ready.decision_id, record_id, ready.entry_id, self.actor, self.moment)
        )
        self.acts.append(self._act(ready, subject_id, record_id, decision))
        if before is not None:
            self.superseded.append((subject_id, before.entry_id))
        self.fresh.add(address)
        self.counts["held" if held else "superseded" if before else "posted"] += 1

    def _entry(
        self, ready: "Prepared", subject_id: str, record_id: str, held: str, decision: PlannedDecision
    ) -> tuple[Any, ...]:
        """Return the entry in the order of ENTRY_COLUMNS."""
        sent, information_class = ready.sent, self.information_class
        kind = ORIGINAL if record_id == ready.entry_id else RESEND
        return (
            subject_id, ready.entry_id, record_id, sent.key, information_class.id, self.submission.edition,
            information_class.adverse, kind, sent.content, sent.content_hash, ready.salt, sent.decided_on,
            sent.served_on, decision.usable_from, sent.document_number or "", held, "", "", self.actor,
            self.actor, self.agency_id, self.submission_id, sent.row, self.moment,
        )  # fmt: skip

    def _act(
        self, ready: "Prepared", subject_id: str, record_id: str, decision: PlannedDecision
    ) -> tuple[Any, ...]:
        """Return the public act in the order of ACT_COLUMNS."""
        commitment = entries.commitment(
            salt=ready.salt, record_id=bytes.fromhex(record_id), content_digest=ready.sent.content_hash
        )
        hidden = not decision.is_public
        return (
            ready.entry_id, self.moment, "posted", subject_id, record_id, commitment, ready.salt, hidden,
        )  # fmt: skip


class Prepared(NamedTuple):
    """One accepted row with all that can be known of it without the database."""

    sent: AcceptedRow
    who: RowToResolve
    entry_id: str
    decision_id: str
    salt: bytes


def prepare(batch: Sequence[AcceptedRow], at: datetime) -> list[Prepared]:
    """Return the rows with whom they are about, and their ids and salts."""
    count = len(batch)
    fresh = hex_ids(at=at, randomness=os.urandom(RANDOM_BYTES * 2 * count))
    salts = iter_unpack(f"{SALT_BYTES}s", os.urandom(SALT_BYTES * count))
    return [
        Prepared(
            sent,
            row_to_resolve(checked=sent.checked, name=sent.name or "", operator=sent.operator or ""),
            entry_id,
            decision_id,
            salt,
        )
        for sent, entry_id, decision_id, (salt,) in zip(
            batch, fresh[:count], fresh[count:], salts, strict=True
        )
    ]
