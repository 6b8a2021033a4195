"""Who decided in time over a period, by the agency that sent the records."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from gongxin.registry import bulk


class DecidedInPeriod(NamedTuple):
    """How many records of an agency had their first decision in a period, and how many of these late."""

    agency_id: UUID
    agency_name: str
    decided: int
    late: int


def decided_by_agency(*, begins: datetime, ends: datetime) -> list[DecidedInPeriod]:
    """Return each agency with records first decided in a period, both ends included.

    Only records for which the law sets a day are counted, each once: a later version is no new duty.
    """
    rows = bulk.select(
        "SELECT a.id, a.name, COUNT(*), COUNT(CASE WHEN d.late_working_days > 0 THEN 1 END)"
        " FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.id = d.entry_id"
        " JOIN accounts_agency a ON a.id = e.agency_id"
        " WHERE d.decided_at >= %s AND d.decided_at <= %s AND d.late_working_days IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision earlier WHERE earlier.subject_id = d.subject_id"
        " AND earlier.record_id = d.record_id AND earlier.late_working_days IS NOT NULL"
        " AND (earlier.decided_at, earlier.id) < (d.decided_at, d.id))"
        " GROUP BY a.id, a.name",
        bulk.instant(begins),
        bulk.instant(ends),
    )
    return [
        DecidedInPeriod(bulk.as_id(found), name, int(decided), int(late))
        for found, name, decided, late in rows
    ]
