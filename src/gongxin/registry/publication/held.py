"""The records held from publication until an officer decides."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gongxin.core.disclosure import Audience, Publication
from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView, record
from gongxin.registry.subjects.queries import profile


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record that waits for an officer: what was sent, and what the subject is called."""

    view: RecordView
    registered_name: str
    name_as_sent: str


def held(*, at: datetime, limit: int = 50, offset: int = 0) -> list[HeldRecord]:
    """Return the records whose newest decision is pending, the one due first; undated ones come last."""
    sql = (
        "SELECT d.subject_id, d.record_id FROM publication_decision d WHERE d.outcome = 'pending'"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision later WHERE later.subject_id = d.subject_id"
        " AND later.record_id = d.record_id AND (later.decided_at, later.id) > (d.decided_at, d.id))"
        " ORDER BY d.due_on NULLS LAST, d.decided_at, d.id LIMIT %s OFFSET %s"
    )
    rows = bulk.select(sql, limit, offset)
    return [_held(bulk.as_id(subject), bulk.as_id(found), at) for subject, found in rows]


def held_record(subject_id: UUID, record_id: UUID, *, at: datetime) -> HeldRecord | None:
    """Return one record that waits for an officer, or None if there is none at this address."""
    try:
        found = _held(subject_id, record_id, at)
    except LookupError:
        return None
    return found if found.view.publication == Publication.PENDING else None


def _held(subject_id: UUID, record_id: UUID, at: datetime) -> HeldRecord:
    subject = profile(subject_id, at=at)
    seen = record(subject_id, record_id, audience=Audience.AUDITOR, at=at)
    if subject is None or seen is None:
        raise LookupError(record_id.hex)
    known = classes_by_id(on=legal_day(at)).get(seen.class_id)
    name_field = known.role("subject_name") if known else None
    return HeldRecord(seen, subject.name, seen.fields.get(name_field or "", ""))
