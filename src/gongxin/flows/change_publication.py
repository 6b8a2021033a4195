"""New publication decisions about records that have one: ended, suspended, masked, shown again.

Each copies what the newest decision says and changes only what it must; what shows follows at that instant.
All of these run inside the caller's transaction, as the one writer.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.core.disclosure import Outcome
from gongxin.registry import bulk
from gongxin.registry.cases.queries import hiding_parts
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision
from gongxin.registry.quality.bulk import count_again

REORGANISATION, SILENCE = "reorganisation", "source-silent"  # why something is masked, or suspended
WRONG_LISTING = "wrong-listing"  # why a listing is suspended that one person found wrong
# What the state of an open part does to its record's publication: the outcome and its reason.
HIDDEN_BY = {
    "silent": (Outcome.SUSPENDED.value, SILENCE),
    "masked": (Outcome.MASKED.value, REORGANISATION),
}
SHOWN_AGAIN = (Outcome.PUBLISHED.value, "")
ONCE_SHOWN = frozenset({Outcome.PUBLISHED.value, Outcome.SUSPENDED.value, Outcome.MASKED.value})


def end(
    entries: Sequence[Entry], *, reason: str, rule: str, source: str, decided_by: str, at: datetime
) -> None:
    """End the publication, sharing and use of these records at once; what never showed stays withheld."""
    moment = bulk.instant(at)
    _decide(
        entries,
        lambda newest: {
            "outcome": (Outcome.ENDED if newest.outcome in ONCE_SHOWN else Outcome.WITHHELD).value,
            "reason": reason,
            "publish_until": _no_later(newest, at) if newest.outcome in ONCE_SHOWN else None,
            "share_until": moment,
            "use_until": moment,
            "rule": rule,
            "source": source,
        },
        decided_by=decided_by,
        at=at,
        only=lambda newest: newest.outcome != Outcome.ENDED,
    )


def hide(entries: Sequence[Entry], *, outcome: Outcome, reason: str, decided_by: str, at: datetime) -> None:
    """Suspend or mask what of these records shows; their ends stay as they were."""
    _decide(
        entries,
        lambda _: {"outcome": outcome.value, "reason": reason},
        decided_by=decided_by,
        at=at,
        only=lambda newest: newest.outcome in ONCE_SHOWN,
    )


def show_again(entries: Sequence[Entry], *, decided_by: str, at: datetime) -> None:
    """Show again what was suspended or masked, for the rest of its period and not a day longer.

    Where another open case still hides a record, it stays hidden for that one.
    """
    hidden = {one.record_id: HIDDEN_BY[one.state] for one in hiding_parts(entries, tuple(HIDDEN_BY))}
    _decide(
        entries,
        lambda newest: dict(
            zip(("outcome", "reason"), hidden.get(newest.record_id, SHOWN_AGAIN), strict=True)
        ),
        decided_by=decided_by,
        at=at,
        only=lambda newest: newest.outcome in {Outcome.SUSPENDED, Outcome.MASKED},
    )


def leave_fingerprints(entries: Sequence[Entry], *, reason: str, at: datetime) -> None:
    """Leave what lets a record that ended be known again: `withdrawal`, `repair` or `expiry`."""
    moment = bulk.instant(at)
    ledger.leave_fingerprints(
        [
            (one.subject_id.hex, one.record_key, one.record_id.hex, one.class_id, reason, moment)
            for one in entries
        ]
    )


def newest_decisions(entries: Sequence[Entry]) -> dict[UUID, Decision]:
    """Return the newest decision about each record that has one."""
    taken = Decision.objects.filter(
        subject_id__in={entry.subject_id for entry in entries},
        record_id__in={entry.record_id for entry in entries},
    )
    return {decision.record_id: decision for decision in taken.order_by("decided_at", "id")}


def newest_decision(subject_id: UUID, record_id: UUID) -> Decision | None:
    """Return the newest decision about a record, if one was taken."""
    taken = Decision.objects.filter(subject_id=subject_id, record_id=record_id)
    return taken.order_by("decided_at", "id").last()


def last_taken(records: Collection[tuple[UUID, UUID]]) -> dict[UUID, Decision]:
    """Return the newest decision about each of these (subject, record) that does not wait for a person.

    That a listing was suspended as wrong counts no more once it was lifted and waits as it did before.
    """
    decided = Decision.objects.filter(
        subject_id__in={subject_id for subject_id, _ in records},
        record_id__in={record_id for _, record_id in records},
    )
    taken: dict[UUID, list[Decision]] = {}
    for one in decided.order_by("decided_at", "id"):
        before = taken.setdefault(one.record_id, [])
        if one.outcome != Outcome.PENDING:
            before.append(one)
        while one.outcome == Outcome.PENDING and before and before[-1].reason == WRONG_LISTING:
            before.pop()
    return {record_id: some[-1] for record_id, some in taken.items() if some}


def shows_now(newest: Decision | None, *, at: datetime) -> bool:
    """Return whether a record with this newest decision is published at `at`."""
    if newest is None or newest.outcome != Outcome.PUBLISHED:
        return False
    return newest.publish_until is None or newest.publish_until > at


def decision_again(newest: Decision, *, decided_by: str, at: datetime, **changes: Any) -> tuple[object, ...]:
    """Return a new decision that says what `newest` says but for `changes`, as the database takes it."""
    values = {name: bulk.plain(getattr(newest, name)) for name in publication.DECISION_COLUMNS}
    values |= {
        "id": fresh_id(at=at).hex,
        "decided_at": bulk.instant(at),
        "decided_by": decided_by,
        **changes,
    }
    return tuple(values[name] for name in publication.DECISION_COLUMNS)


def _no_later(newest: Decision, at: datetime) -> str:
    over = newest.publish_until is not None and newest.publish_until < at
    return bulk.instant(newest.publish_until if over and newest.publish_until else at)


def _decide(
    entries: Sequence[Entry],
    changes: Any,
    *,
    decided_by: str,
    at: datetime,
    only: Any,
) -> None:
    newest = newest_decisions(entries)
    wanted = [entry for entry in entries if entry.record_id in newest and only(newest[entry.record_id])]
    publication.append(
        [
            decision_again(
                newest[entry.record_id], decided_by=decided_by, at=at, entry_id=entry.id.hex,
                **changes(newest[entry.record_id]),
            )
            for entry in wanted
        ]
    )  # fmt: skip
    count_again([(entry.subject_id.hex, entry.record_id.hex) for entry in wanted], at=at)
