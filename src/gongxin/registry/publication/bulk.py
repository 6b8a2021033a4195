"""Publication decisions by the thousand."""

from collections.abc import Sequence

from django.db import connection

from gongxin.registry import bulk

DECISION_COLUMNS = (
    "subject_id", "id", "record_id", "entry_id", "class_id", "outcome", "reason", "penalty_class",
    "audience", "publish_from", "publish_until", "share_until", "use_until", "repairable_from", "due_on",
    "provisional", "late_working_days", "rule", "source", "decided_at", "decided_by",
)  # fmt: skip


def append(rows: Sequence[tuple[object, ...]]) -> None:
    """Append decisions, given in the order of DECISION_COLUMNS."""
    bulk.insert("publication_decision", DECISION_COLUMNS, rows)


def is_pending(subject_id: str, record_id: str) -> bool:
    """Return whether the newest decision about a record is still pending."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM publication_decision WHERE subject_id = %s AND record_id = %s"
            " ORDER BY decided_at DESC, id DESC LIMIT 1",
            [subject_id, record_id],
        )
        found = cursor.fetchone()
    return found is not None and found[0] == "pending"
