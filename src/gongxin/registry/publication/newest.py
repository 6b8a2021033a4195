"""The lists of what was published last."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from gongxin.registry import bulk
from gongxin.registry.publication.queries import RecordView, public_views
from gongxin.registry.publication.visible import moments, visible_sql
from gongxin.registry.subjects.queries import profiles

# Where a page of a list of newest records ended: when the last one was published, its decision's day, its id.
Place = tuple[datetime, date | None, UUID]
BEGINNING_OF_TIME = "0001-01-01"
BEFORE_ALL = ("9999-12-31 00:00:00+00:00", "9999-12-31", "f" * 32)


def newest_published(
    class_id: str, *, at: datetime, limit: int = 30, before: Place | None = None
) -> list[tuple[RecordView, str]]:
    """Return the records of a class shown to everyone, newest first, with their subjects' public names.

    A batch is published in one instant: within it the newest decision comes first, and `before` is a
    place, as the instant alone would lose the rest of the batch.
    """
    order = "d.publish_from, COALESCE(e.decided_on, %s), d.record_id"
    sql = (
        "SELECT d.subject_id, d.record_id FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE d.class_id = %s AND d.publish_from <= %s AND ({order}) < (%s, %s, %s) AND {visible_sql()}"
        " ORDER BY d.publish_from DESC, COALESCE(e.decided_on, %s) DESC, d.record_id DESC LIMIT %s"
    )
    place = BEFORE_ALL if before is None else _place(before)
    rows = bulk.select(
        sql, class_id, place[0], BEGINNING_OF_TIME, *place, *moments(at), BEGINNING_OF_TIME, limit
    )
    addresses = [(bulk.as_id(subject), bulk.as_id(found)) for subject, found in rows]
    return _addressed(addresses, at)


def _place(before: Place) -> tuple[str, str, str]:
    published, decided_on, record_id = before
    return bulk.instant(published), str(decided_on or BEGINNING_OF_TIME), record_id.hex


def _addressed(addresses: Sequence[tuple[UUID, UUID]], at: datetime) -> list[tuple[RecordView, str]]:
    if not addresses:
        return []
    subjects = profiles({subject for subject, _ in addresses}, at=at)
    seen = public_views(subjects, at=at)
    return [
        (seen[found], subjects[subject].public_name)
        for subject, found in addresses
        if found in seen and subject in subjects
    ]
