"""A record held from publication until an officer decides."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gongxin.core.disclosure import Audience, Publication
from gongxin.core.legal_day import legal_day
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView, record
from gongxin.registry.subjects.queries import profile


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record that waits for an officer: what was sent, and what the subject is called."""

    view: RecordView
    registered_name: str
    name_as_sent: str


def held_record(subject_id: UUID, record_id: UUID, *, at: datetime) -> HeldRecord | None:
    """Return one record that waits for an officer, or None if there is none at this address."""
    subject = profile(subject_id, at=at)
    seen = record(subject_id, record_id, audience=Audience.AUDITOR, at=at)
    if subject is None or seen is None or seen.publication != Publication.PENDING:
        return None
    known = classes_by_id(on=legal_day(at)).get(seen.class_id)
    name_field = known.role("subject_name") if known else None
    return HeldRecord(seen, subject.name, seen.fields.get(name_field or "", ""))
