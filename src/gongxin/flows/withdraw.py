"""What withdrawing records does, whichever procedure decides it: a case, its source, a recalled batch.

A withdrawal is a new version of the record; it ends the publication at the instant it is recorded
and leaves a fingerprint, so that a later batch cannot bring the record back silently.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from gongxin.core.disclosure import Outcome
from gongxin.core.ledger import Kind
from gongxin.core.notices import WITHDRAWN
from gongxin.flows.change_publication import end, leave_fingerprints, newest_decisions
from gongxin.flows.notify import tell_of_records
from gongxin.registry import bulk
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.models import Decision


def withdraw_entries(
    entries: Sequence[Entry], *, ground: str, proposed_by: str, decided_by: str, at: datetime
) -> None:
    """Withdraw the records whose current versions these are, inside the running transaction."""
    moment = bulk.instant(at)
    standing = [(entry, fresh_id(at=at).hex) for entry in entries if entry.kind != Kind.WITHDRAWAL]
    told = _told([entry for entry, _ in standing], at)
    ledger.supersede([(entry.subject_id.hex, entry.id.hex) for entry, _ in standing], moment)
    ledger.append(
        [
            version(
                entry,
                made,
                ground=ground,
                proposed_by=proposed_by,
                decided_by=decided_by,
                at=at,
                kind=Kind.WITHDRAWAL,
            )
            for entry, made in standing
        ]
    )
    withdrawn = [entry for entry, _ in standing]
    end(_versions([made for _, made in standing], withdrawn), reason="withdrawn", rule="withdrawal",
        source="S-HN", decided_by=decided_by, at=at)  # fmt: skip
    leave_fingerprints(withdrawn, reason="withdrawal", at=at)
    tell_of_records(told, by=decided_by, at=at, reason=ground)


def _told(entries: Sequence[Entry], at: datetime) -> list[tuple[str, str, str, str]]:
    """Return the notices of a withdrawal: told to nobody while it is unsure whose they were."""
    newest = newest_decisions(entries)
    return [
        (entry.subject_id.hex, fresh_id(at=at).hex, entry.record_id.hex, WITHDRAWN)
        for entry in entries
        if entry.adverse and _is_known_to_its_subject(entry, newest.get(entry.record_id))
    ]


def _is_known_to_its_subject(entry: Entry, newest: Decision | None) -> bool:
    waits = newest is not None and newest.outcome == Outcome.PENDING
    return not waits or entry.held_reason.startswith("returns-after-")


def _versions(made: Sequence[str], withdrawn: Sequence[Entry]) -> list[Entry]:
    subject_ids = {entry.subject_id for entry in withdrawn}
    return list(Entry.objects.filter(subject_id__in=subject_ids, id__in=map(UUID, made)))


def version(
    entry: Entry,
    made: str,
    *,
    ground: str,
    proposed_by: str,
    decided_by: str,
    at: datetime,
    kind: Kind,
    sent_in: Entry | None = None,
) -> tuple[object, ...]:
    """Return a new version of what `entry` says, under the id `made`, in the order of ENTRY_COLUMNS.

    It belongs to the batch and row of `sent_in`, so that a recall of that batch finds it; else to none.
    """
    submission_id = sent_in.submission_id if sent_in is not None else None
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
        "submission_id": submission_id.hex if submission_id is not None else None,
        "row": sent_in.row if sent_in is not None else None,
        "recorded_at": bulk.instant(at),
    }
    return tuple(values[name] for name in ledger.ENTRY_COLUMNS)
