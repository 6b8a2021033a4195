"""Adverse records past the ceiling of which nothing shows: they go to the archive."""

from datetime import datetime
from uuid import UUID

from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk


def ended_before(ceiling: datetime, *, at: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Return (subject, record) of records decided on or before the legal day of `ceiling` that show no more.

    What somebody still asks something about waits. The whole ledger is read: asked once a day.
    """
    moment = bulk.instant(at)
    rows = bulk.select(
        "SELECT e.subject_id, e.record_id FROM ledger_entry e WHERE e.superseded_at IS NULL"
        " AND e.erased_at IS NULL AND e.adverse AND e.decided_on <= %s"
        " AND NOT EXISTS (SELECT 1 FROM cases_part p WHERE p.subject_id = e.subject_id"
        " AND p.record_id = e.record_id AND p.closed_at IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision d WHERE d.subject_id = e.subject_id"
        " AND d.record_id = e.record_id AND d.outcome IN ('published', 'suspended', 'masked', 'pending')"
        " AND (d.publish_until IS NULL OR d.publish_until > %s)"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision later WHERE later.subject_id = d.subject_id"
        " AND later.record_id = d.record_id AND (later.decided_at, later.id) > (d.decided_at, d.id)))"
        " LIMIT %s",
        legal_day(ceiling).isoformat(),
        moment,
        limit,
    )
    return [(bulk.as_id(subject), bulk.as_id(record)) for subject, record in rows]
