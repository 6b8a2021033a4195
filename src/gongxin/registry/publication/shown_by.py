"""Records that show by rules of certain instruments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from gongxin.registry import bulk


def shown_by(instruments: Sequence[str], *, at: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Return (subject, record) of penalties whose newest decision shows them by one of these instruments."""
    if not instruments:
        return []
    one_of_them = " OR ".join(["d.rule LIKE %s"] * len(instruments))
    rows = bulk.select(
        "SELECT d.subject_id, d.record_id FROM publication_decision d"
        " WHERE d.class_id = 'penalty' AND d.outcome = 'published' AND d.audience = 'public'"
        f" AND d.publish_until > %s AND ({one_of_them})"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision later"
        " WHERE later.subject_id = d.subject_id AND later.record_id = d.record_id"
        " AND (later.decided_at, later.id) > (d.decided_at, d.id))"
        " ORDER BY d.subject_id, d.record_id LIMIT %s",
        bulk.instant(at),
        *(f"{one}/%" for one in instruments),
        limit,
    )
    return [(bulk.as_id(subject_id), bulk.as_id(record_id)) for subject_id, record_id in rows]
