"""What one batch of accepted rows will write, decided before anything is written.

A posting asks the database what it knows, decides about every row, and then saves entries, decisions,
notices, public acts and waiting rows, all inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core import ledger as entries
from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Outcome
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import list_of_class
from gongxin.core.notices import CORRECTED
from gongxin.engine.accepted import AcceptedRow
from gongxin.flows.attach_listing import Version, attach
from gongxin.flows.change_publication import ONCE_SHOWN, last_taken
from gongxin.flows.decided_anew import decided_anew
from gongxin.flows.notify import tell_of_records
from gongxin.flows.publish import DecisionMaker, PlannedDecision, same
from gongxin.flows.repair_days import ask_anew
from gongxin.flows.resolve import Resolution, Resolved, RowToResolve, row_to_resolve
from gongxin.flows.returning import Returning
from gongxin.registry import bulk
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.unlinked import NewUnlinked, queue_unlinked
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.log import bulk as log
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.showing import Shown
from gongxin.registry.quality.bulk import count_again

ORIGINAL, RESEND = Kind.ORIGINAL.value, Kind.RESEND.value
# The columns of a planned version, in their order.
_VERSION = (
    "subject_id", "id", "record_id", "record_key", "kind", "content", "content_hash", "salt", "decided_on",
    "served_on", "usable_from", "document_number", "held_reason", "row",
)  # fmt: skip
COUNTS = ("posted", "unchanged", "superseded", "unlinked", "held")


@dataclass(slots=True)
class Posting:
    """What one batch will write, decided before anything is written."""

    submission: Submission
    information_class: InformationClass
    decisions: DecisionMaker
    own_agencies: frozenset[str]
    at: datetime
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    resolution: Resolution = field(init=False)
    current: dict[tuple[str, str], ledger.Current] = field(default_factory=dict)
    returning: Returning = field(init=False)
    bounds: dict[UUID, Decision] = field(
        default_factory=dict
    )  # what was decided of adverse records sent again
    appended: list[tuple[Any, ...]] = field(default_factory=list)
    superseded: list[tuple[str, str]] = field(default_factory=list)
    decided: list[tuple[Any, ...]] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)  # subject and record; some were public
    acts: list[tuple[Any, ...]] = field(default_factory=list)
    told: list[tuple[str, str, str, str]] = field(default_factory=list)
    unlinked: list[NewUnlinked] = field(default_factory=list)
    fresh: set[tuple[str, str]] = field(default_factory=set)  # the records of this very batch
    by_officer: bool = False  # a person of the centre has decided about these rows
    numbers_follow: bool = False  # document numbers are put in order once the whole file is posted
    actor: str = field(init=False)
    moment: str = field(init=False)
    on: date = field(init=False)
    adverse: bool = field(init=False)

    def __post_init__(self) -> None:
        self.resolution = Resolution(self.information_class, self.at)
        self.actor = f"agency:{self.submission.agency.code}"
        self.adverse = self.information_class.adverse
        self.moment, self.on = bulk.instant(self.at), legal_day(self.at)
        self.returning = Returning(self.information_class, self.moment)

    def fill(self, prepared: "Sequence[Prepared]") -> None:
        """Decide what becomes of each row."""
        self.resolution.learn([ready.who for ready in prepared])
        self.place(prepared, [self.resolution.place(ready.who) for ready in prepared])

    def place(self, prepared: "Sequence[Prepared]", placed: Sequence[Resolved]) -> None:
        """Decide what becomes of each row at the subject it was placed at."""
        known = [
            (found.subject_id, ready.sent)
            for found, ready in zip(placed, prepared, strict=True)
            if found.known and found.subject_id
        ]
        self.current = ledger.current_entries([(subject_id, sent.key) for subject_id, sent in known])
        self.returning.learn(known, self.current, self.resolution.merged)
        self.bounds = self._decided_before(known) if self.adverse else {}
        for ready, found in zip(prepared, placed, strict=True):
            if found.subject_id is None:
                self._queue(ready, found.reason)
            else:
                self._post(ready, found, found.subject_id)

    def save(self) -> None:
        """Write the plan, inside the batch's transaction."""
        self.resolution.save()
        ledger.supersede(self.superseded, bulk.instant(self.at))
        ledger.append(self.appended, same=self._same_entry(), numbers_follow=self.numbers_follow)
        self._attach_listings()
        if self.superseded:
            publication.append(self.decided, same=self._same_decision())
            count_again(self.hidden, at=self.at)
        else:
            publication.append_first(self.decided, same=self._same_decision(), shown=self.shown)
        if self.told:
            tell_of_records(self.told, by=self.actor, at=self.at)
        log.append(self.acts, kind="posted", at=self.moment)
        if self.bounds:
            ask_anew([(one.subject_id, one.record_id) for one in self.bounds.values()], at=self.at)
        queued = queue_unlinked(self.unlinked)
        self.counts["unlinked"] += queued
        self.counts["unchanged"] += len(self.unlinked) - queued

    def _attach_listings(self) -> None:
        if list_of_class(self.information_class.id) is None:
            return
        place = {name: index for index, name in enumerate(_VERSION)}
        versions = [
            Version(
                row[place["subject_id"]], row[place["id"]], row[place["record_id"]], row[place["content"]],
                bulk.as_day(row[place["decided_on"]]), row[place["document_number"]],
            )
            for row in self.appended
        ]  # fmt: skip
        attach(versions, self.information_class, proposed_by=self.actor, decided_by=self.actor, at=self.at)

    def _queue(self, ready: "Prepared", reason: str) -> None:
        self.unlinked.append(
            NewUnlinked(
                id=ready.sent.entry_id,
                submission_id=self.submission.id.hex,
                row=ready.sent.row,
                class_id=self.information_class.id,
                agency=self.submission.agency_id.hex,
                name=ready.who.name,
                content=ready.sent.content,
                reason=reason,
            )
        )

    def _post(self, ready: "Prepared", found: Resolved, subject_id: str) -> None:
        sent = ready.sent
        address = (subject_id, sent.key)
        before = self.current.get(address)
        if before is not None and before.says(sent.content_hash):
            self.counts["unchanged"] += 1
            return
        if address in self.fresh or (before is not None and self._brought(before) and not self.by_officer):
            # Two rows under different codes of one subject: which of them holds is a person's question.
            self._queue(ready, "same-record-twice")
            return
        if before is not None and before.agency_id not in self.own_agencies and not self.by_officer:
            # Nobody changes what another body has sent: who is right is a person's question.
            self._queue(ready, "another-agencys-record")
            return
        if before is not None and not self.by_officer and self.returning.undoes_a_correction(sent, before):
            # What stands was put right; a batch that still says what was wrong is a person's question.
            self._queue(ready, "undoes-a-correction")
            return
        # That it returns comes first: whoever is asked about a name must not let it show.
        held = self.returning.why_held(subject_id, sent, before)
        if before is not None and found.held and not held:
            # A doubt about what is sent again does not lift what stands: no restriction, and no honour.
            self._queue(ready, found.held)
            return
        held = held or found.held
        decision = self.decisions.decide(sent.facts, held=held, on=self.on)
        self._append(sent, subject_id, before, held, decision)
        self.fresh.add(address)
        self.counts["held" if held else "superseded" if before else "posted"] += 1

    def _brought(self, before: ledger.Current) -> bool:
        """Return whether this very file brought that version, in an earlier batch."""
        return before.submission_id == self.submission.id.hex

    def _append(
        self,
        sent: AcceptedRow,
        subject_id: str,
        before: ledger.Current | None,
        held: str,
        decision: PlannedDecision,
    ) -> None:
        """Plan the version, its decision and its act, each in the order of its columns."""
        kind, record_id, commitment = ORIGINAL, sent.entry_id, sent.commitment
        if before is not None:
            kind, record_id = RESEND, before.record_id
            commitment = entries.commitment(sent.salt, record_id, sent.content_hash)
            self.superseded.append((subject_id, before.entry_id))
        self.appended.append(
            (
                subject_id, sent.entry_id, record_id, sent.key, kind, sent.content, sent.content_hash,
                sent.salt, sent.decided_on, sent.served_on, decision.usable_from, sent.document_number or "",
                held, sent.row,
            )
        )  # fmt: skip
        hidden = int(decision.shown_until is None)
        bound = self._bound(subject_id, before) if before is not None and not held else None
        if bound is not None:
            taken = self._taken_anew(bound, sent, decision)
            hidden |= int(taken["outcome"] != Outcome.PUBLISHED)
            same = self._same_decision()
            self.decided.append(
                tuple(taken[name] for name in publication.DECISION_COLUMNS if name not in same)
            )
        else:
            self.decided.append(
                decision.row(subject_id, sent.decision_id, record_id, sent.entry_id, self.moment)
            )
        if before is None and decision.shown_until is not None:
            self.shown.append((subject_id, self.information_class.id, decision.shown_until))
        if self.adverse and decision.notice:
            known = before is not None and not before.held_reason and not held
            told = CORRECTED if known else decision.notice
            # A notice bears the id of its decision, so none need be drawn.
            self.told.append((subject_id, sent.decision_id, record_id, told))
        if before is not None and hidden:
            self.hidden.append((subject_id, record_id))
        self.acts.append((sent.entry_id, subject_id, record_id, commitment, sent.salt, hidden))

    def _decided_before(self, known: Sequence[tuple[str, AcceptedRow]]) -> dict[UUID, Decision]:
        changed = [
            (UUID(subject_id), UUID(found.record_id))
            for subject_id, sent in known
            if (found := self.current.get((subject_id, sent.key))) and not found.says(sent.content_hash)
        ]
        return last_taken(changed) if changed else {}

    def _bound(self, subject_id: str, before: ledger.Current) -> Decision | None:
        """Return the decision that what is sent again may not go beyond: neither longer nor shown again.

        A source may shorten the publication of something adverse, never lengthen it (law-decisions 6).
        """
        decided = self.bounds.get(UUID(before.record_id))
        if decided is not None and decided.outcome in ONCE_SHOWN:
            return decided
        if self.returning.is_hidden(before):
            address = (UUID(subject_id), UUID(before.record_id))
            return last_taken([address]).get(address[1])
        return None

    def _taken_anew(self, bound: Decision, sent: AcceptedRow, decision: PlannedDecision) -> dict[str, Any]:
        told: dict[str, object] = {
            "subject_id": bound.subject_id.hex, "id": sent.decision_id, "record_id": bound.record_id.hex,
            "entry_id": sent.entry_id, "decided_by": self.actor,
        }  # fmt: skip
        return decided_anew(bound, decision, told=told, at=self.at)

    def _same_entry(self) -> dict[str, object]:
        """Return the columns that are the same in all entries of the batch."""
        return {
            "class_id": self.information_class.id,
            "edition": self.submission.edition,
            "adverse": self.information_class.adverse,
            "ground": "",
            "evidence_file": "",
            "proposed_by": self.actor,
            "decided_by": self.actor,
            "agency_id": self.submission.agency_id.hex,
            "submission_id": self.submission.id.hex,
            "recorded_at": self.moment,
        }

    def _same_decision(self) -> dict[str, str]:
        return same(
            class_id=self.information_class.id,
            audience=self.information_class.audience,
            actor=self.actor,
            moment=self.moment,
        )


class Prepared(NamedTuple):
    """One accepted row and whom it is about: all that can be known of it without the database."""

    sent: AcceptedRow
    who: RowToResolve


def prepare(batch: Sequence[AcceptedRow]) -> list[Prepared]:
    """Return the rows with whom they are about."""
    prepared, told, who = [], None, None
    for sent in batch:
        telling = (sent.checked, sent.name, sent.operator)
        if who is None or telling != told:  # rows of one subject are neighbours
            told = telling
            who = row_to_resolve(checked=sent.checked, name=sent.name or "", operator=sent.operator or "")
        prepared.append(Prepared(sent, who))
    return prepared


def own_agencies(submission: Submission) -> frozenset[str]:
    """Return the sender and every body it succeeded, in hexadecimal: their records are its own now."""
    return frozenset(found.hex for found in agencies_of(submission.agency))
