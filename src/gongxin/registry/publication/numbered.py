"""Records found by their document number, as the desk sees them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gongxin.core.disclosure import Audience
from gongxin.registry.ledger.numbers import numbered
from gongxin.registry.publication.queries import RecordView, views_by_record
from gongxin.registry.subjects.queries import Profile, profiles


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record as it stands, and whose it is."""

    view: RecordView
    subject: Profile


def records_numbered(
    number: str, *, agency_ids: Collection[UUID] | None, at: datetime, limit: int, offset: int = 0
) -> list[FoundRecord]:
    """Return the records whose number is or begins with `number`, of these agencies or (None) of all."""
    addresses = numbered(number, agency_ids=agency_ids, limit=limit, offset=offset)
    subjects = profiles({subject_id for subject_id, _ in addresses}, at=at)
    views = views_by_record(subjects, audience=Audience.AUDITOR, at=at)
    return [
        FoundRecord(views[record_id], subjects[subject_id])
        for subject_id, record_id in addresses
        if record_id in views
    ]
