"""What was decided about adverse records, beside what their subjects were told."""

from gongxin.registry import bulk


def decided_untold() -> list[tuple[str, str]]:
    """Return the decisions about adverse records, as record and outcome, of which no notice tells.

    Nobody is told yet of what waits for a person, nor of what was taken back while it waited.
    """
    rows = bulk.select(
        "SELECT d.record_id, d.outcome FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.id = d.entry_id"
        " WHERE e.adverse AND NOT EXISTS (SELECT 1 FROM notices_notice n WHERE n.subject_id = d.subject_id"
        " AND n.record_id = d.record_id AND n.agency_id IS NULL AND n.at = d.decided_at)"
        " AND NOT (e.held_reason <> '' AND e.held_reason NOT LIKE 'returns-after-%%'"
        " AND (d.outcome = 'pending' OR d.reason = 'withdrawn'))"
    )
    return sorted((bulk.hexadecimal(record), outcome) for record, outcome in rows)
