"""Withdrawing records: a source recalls a batch it sent wrongly, or a record's act is revoked.

A withdrawal is a new version of the record; it ends the publication at the instant it is recorded
and leaves a fingerprint, so that a later batch cannot bring the record back silently.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.disclosure import Outcome
from gongxin.core.ids import RANDOM_BYTES, new_id
from gongxin.core.ledger import Kind
from gongxin.core.submissions import NotAStep, State, next_state
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.intake.spool import kept_folder
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision

BATCH = 500


class OnePersonTwice(Exception):
    """A withdrawal takes two persons: who proposes it and who decides."""


def recall_submission(*, submission: Submission, reason: str, actor: Actor, at: datetime) -> int:
    """Take back every version that still stands as this submission sent it; return how many.

    A record it brought is withdrawn; where it had superseded an earlier version, that one stands again.
    The agency answers for its own batch, so it counts as the one who decides; `actor` proposes.
    Rows waiting unlinked are taken back too. Raises NotAStep for a batch that cannot be recalled.
    """
    next_state(State(submission.state), State.RECALLED)
    if submission.state == State.CHECKED:
        _take_back_unposted(submission)
    taken = 0
    decided_by = f"agency:{submission.agency.code}"
    while entries := list(islice(_standing(submission), BATCH)):
        with transaction.atomic():
            bulk.one_writer()
            brought, replaced = _by_predecessor(entries)
            _withdraw(brought, reason, f"{actor.kind}:{actor.name}", decided_by, at)
            _reinstate(replaced, reason, decided_by, at)
        taken += len(entries)
    with transaction.atomic():
        UnlinkedRow.objects.filter(submission=submission, state="open").update(state="recalled")
        Submission.objects.filter(id=submission.id).update(state=State.RECALLED.value, recalled_at=at)
        write_event(
            actor=actor,
            action="submission.recalled",
            object_kind="submission",
            object_id=submission.id.hex,
            at=at,
            detail={"records": taken, "reason": reason},
        )
    return taken


def _take_back_unposted(submission: Submission) -> None:
    """Recall a submission that waits for its sender's word, unless a worker has begun to post it."""
    waiting = Submission.objects.filter(id=submission.id, state=State.CHECKED.value, check_first=True)
    if waiting.update(state=State.RECALLED.value) != 1:
        raise NotAStep(f"{submission.state} -> {State.RECALLED}")
    (kept_folder(submission.id) / "accepted.parquet").unlink(missing_ok=True)


def _standing(submission: Submission) -> Iterator[Entry]:
    return Entry.objects.filter(submission=submission, superseded_at=None).iterator(chunk_size=BATCH)


def withdraw_record(
    *, subject_id: UUID, record_id: UUID, ground: str, proposed_by: Actor, decided_by: Actor, at: datetime
) -> None:
    """Withdraw one record whose act was revoked; shown no more from `at` on. Raises OnePersonTwice."""
    if proposed_by == decided_by:
        raise OnePersonTwice
    with transaction.atomic():
        bulk.one_writer()
        entry = current_entry(subject_id, record_id)
        _withdraw(
            [entry],
            ground,
            f"{proposed_by.kind}:{proposed_by.name}",
            f"{decided_by.kind}:{decided_by.name}",
            at,
        )
        write_event(
            actor=decided_by,
            action="record.withdrawn",
            object_kind="record",
            object_id=record_id.hex,
            at=at,
            detail={"ground": ground, "proposed_by": proposed_by.name},
        )


def _withdraw(entries: list[Entry], ground: str, proposed_by: str, decided_by: str, at: datetime) -> None:
    moment = bulk.instant(at)
    standing = [entry for entry in entries if entry.kind != Kind.WITHDRAWAL]
    versions = [(entry, _fresh(at)) for entry in standing]
    ledger.supersede([(entry.subject_id.hex, entry.id.hex) for entry in standing], moment)
    ledger.append(
        [
            _version(entry, made, ground, proposed_by, decided_by, at, kind=Kind.WITHDRAWAL)
            for entry, made in versions
        ]
    )
    publication.append(
        [_ending(entry, made, decided_by, at) for entry, made in versions if _was_decided(entry)]
    )
    ledger.leave_fingerprints(
        [
            (
                entry.subject_id.hex,
                entry.record_key,
                entry.record_id.hex,
                entry.class_id,
                "withdrawal",
                moment,
            )
            for entry in standing
        ]
    )


def _by_predecessor(entries: list[Entry]) -> tuple[list[Entry], list[tuple[Entry, Entry]]]:
    """Return the versions that began a record, and those that replaced one beside what they replaced."""
    brought, replaced = [], []
    for entry in entries:
        before = (
            Entry.objects.filter(subject_id=entry.subject_id, record_id=entry.record_id)
            .filter(superseded_at=entry.recorded_at)
            .exclude(kind=Kind.WITHDRAWAL.value)
            .first()
        )
        if before is None:
            brought.append(entry)
        else:
            replaced.append((entry, before))
    return brought, replaced


def _reinstate(replaced: list[tuple[Entry, Entry]], ground: str, decided_by: str, at: datetime) -> None:
    """Let the earlier version stand again, as a new one, with the decision that was taken for it."""
    moment = bulk.instant(at)
    made = [(entry, before, _fresh(at)) for entry, before in replaced]
    ledger.supersede([(entry.subject_id.hex, entry.id.hex) for entry, _, _ in made], moment)
    ledger.append(
        [
            _version(before, fresh, ground, decided_by, decided_by, at, kind=Kind.RESEND)
            for _, before, fresh in made
        ]
    )
    publication.append([_decision_again(before, fresh, decided_by, at) for _, before, fresh in made])


def _decision_again(before: Entry, made: str, decided_by: str, at: datetime) -> tuple[object, ...]:
    taken = Decision.objects.filter(subject_id=before.subject_id, entry_id=before.id)
    decision = taken.order_by("-decided_at", "-id").first()
    if decision is None:
        raise LookupError(f"no decision was taken for {before.id}")
    values = {name: _plain(getattr(decision, name)) for name in publication.DECISION_COLUMNS}
    values |= {"id": _fresh(at), "entry_id": made, "decided_at": bulk.instant(at), "decided_by": decided_by}
    return tuple(values[name] for name in publication.DECISION_COLUMNS)


def _plain(value: object) -> object:
    """Return a value as the database takes it in bulk."""
    if isinstance(value, datetime):
        return bulk.instant(value)
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def _version(
    entry: Entry, made: str, ground: str, proposed_by: str, decided_by: str, at: datetime, *, kind: Kind
) -> tuple[object, ...]:
    values = {
        **{name: getattr(entry, name) for name in ledger.ENTRY_COLUMNS},
        "subject_id": entry.subject_id.hex,
        "id": made,
        "record_id": entry.record_id.hex,
        "kind": kind.value,
        "salt": bytes(entry.salt) if entry.salt is not None else None,
        "decided_on": entry.decided_on.isoformat() if entry.decided_on else None,
        "served_on": entry.served_on.isoformat() if entry.served_on else None,
        "usable_from": entry.usable_from.isoformat() if entry.usable_from else None,
        "ground": ground[:200],
        "proposed_by": proposed_by,
        "decided_by": decided_by,
        "agency_id": entry.agency_id.hex,
        "submission_id": None,
        "row": None,
        "recorded_at": bulk.instant(at),
    }
    return tuple(values[name] for name in ledger.ENTRY_COLUMNS)


def _newest(entry: Entry) -> Decision | None:
    taken = Decision.objects.filter(subject_id=entry.subject_id, record_id=entry.record_id)
    return taken.order_by("-decided_at", "-id").first()


def _was_decided(entry: Entry) -> bool:
    """A record that never showed stays hidden; one that showed, or waited to, is ended."""
    newest = _newest(entry)
    return newest is not None and newest.outcome != Outcome.WITHHELD


def _ending(entry: Entry, made: str, decided_by: str, at: datetime) -> tuple[object, ...]:
    newest = _newest(entry)
    shown = newest is not None and newest.outcome == Outcome.PUBLISHED
    moment = bulk.instant(at)
    values: dict[str, object] = dict.fromkeys(publication.DECISION_COLUMNS)
    values |= {
        "subject_id": entry.subject_id.hex,
        "id": _fresh(at),
        "record_id": entry.record_id.hex,
        "entry_id": made,
        "class_id": entry.class_id,
        "outcome": (Outcome.ENDED if shown else Outcome.WITHHELD).value,
        "reason": "withdrawn",
        "penalty_class": newest.penalty_class if newest else "",
        "audience": newest.audience if newest else "subject",
        "publish_until": moment if shown else None,
        "share_until": moment,
        "use_until": moment,
        "provisional": False,
        "rule": "withdrawal",
        "source": "S-HN",
        "decided_at": moment,
        "decided_by": decided_by,
    }
    return tuple(values[name] for name in publication.DECISION_COLUMNS)


def _fresh(at: datetime) -> str:
    return new_id(at=at, randomness=os.urandom(RANDOM_BYTES)).hex
