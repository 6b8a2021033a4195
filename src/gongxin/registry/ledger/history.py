"""All that was ever recorded about one record, oldest first: its versions, its disputes and repairs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongxin.core.ledger import content_fields
from gongxin.registry.ledger.models import Entry, StateChange


@dataclass(frozen=True, slots=True)
class PastVersion:
    """One version, with who sent it and who decided it. `fields` is empty once the content was erased."""

    entry_id: UUID
    class_id: str
    edition: str
    kind: str
    fields: dict[str, str]
    content_hash: str
    document_number: str
    decided_on: date | None
    served_on: date | None
    usable_from: date | None
    held_reason: str
    ground: str
    proposed_by: str
    decided_by: str
    agency_name: str
    submission_id: UUID | None
    file_name: str
    row: int | None
    recorded_at: datetime
    superseded_at: datetime | None
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dispute or a repair."""

    axis: str
    value: str
    at: datetime
    actor: str
    ground: str


def versions_of(subject_ids: Collection[UUID], record_id: UUID) -> list[PastVersion]:
    """Return every version of a record, the first one first."""
    found = Entry.objects.filter(subject_id__in=subject_ids, record_id=record_id)
    return [_version(entry) for entry in found.select_related("agency", "submission").order_by(*_OLDEST)]


def versions_by_record(subject_ids: Collection[UUID]) -> Mapping[UUID, list[PastVersion]]:
    """Return every version of every record of these subjects, the first one first, in one query."""
    found: dict[UUID, list[PastVersion]] = {}
    rows = Entry.objects.filter(subject_id__in=subject_ids).select_related("agency", "submission")
    for entry in rows.order_by(*_OLDEST):
        found.setdefault(entry.record_id, []).append(_version(entry))
    return found


def steps_by_record(subject_ids: Collection[UUID]) -> Mapping[UUID, list[Step]]:
    """Return every step of every dispute and repair of these subjects' records, in one query."""
    found: dict[UUID, list[Step]] = {}
    for one in StateChange.objects.filter(subject_id__in=subject_ids).order_by("at", "id"):
        found.setdefault(one.record_id, []).append(Step(one.axis, one.value, one.at, one.actor, one.ground))
    return found


def steps_of(subject_ids: Collection[UUID], record_id: UUID) -> list[Step]:
    """Return every step of a record's disputes and repairs, the first one first."""
    found = StateChange.objects.filter(subject_id__in=subject_ids, record_id=record_id).order_by("at", "id")
    return [Step(one.axis, one.value, one.at, one.actor, one.ground) for one in found]


_OLDEST = ("recorded_at", "id")


def _version(entry: Entry) -> PastVersion:
    submission = entry.submission
    return PastVersion(
        entry_id=entry.id,
        class_id=entry.class_id,
        edition=entry.edition,
        kind=entry.kind,
        fields=content_fields(entry.content),
        content_hash=entry.content_hash,
        document_number=entry.document_number,
        decided_on=entry.decided_on,
        served_on=entry.served_on,
        usable_from=entry.usable_from,
        held_reason=entry.held_reason,
        ground=entry.ground,
        proposed_by=entry.proposed_by,
        decided_by=entry.decided_by,
        agency_name=entry.agency.name,
        submission_id=submission.id if submission else None,
        file_name=submission.file_name if submission else "",
        row=entry.row,
        recorded_at=entry.recorded_at,
        superseded_at=entry.superseded_at,
        erased_at=entry.erased_at,
    )
