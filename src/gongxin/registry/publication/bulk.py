"""Publication decisions by the thousand."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from django.db import connection

from gongxin.registry import bulk
from gongxin.registry.publication import showing

DECISION_COLUMNS = (
    "subject_id", "id", "record_id", "entry_id", "publish_from", "outcome", "reason", "penalty_class",
    "publish_until", "share_until", "use_until", "repairable_from", "due_on", "provisional",
    "late_working_days", "rule", "source", "class_id", "audience", "decided_at", "decided_by",
)  # fmt: skip


def append(rows: Sequence[tuple[object, ...]], *, same: Mapping[str, object] = MappingProxyType({})) -> None:
    """Append decisions, in the order of DECISION_COLUMNS without the columns that are the `same` in all.

    The entries they are about are in the ledger already: what shows of their subjects is summed again.
    """
    _insert(rows, same)
    showing.sum_again({str(subject_id) for subject_id, *_ in rows})


def append_first(
    rows: Sequence[tuple[object, ...]], *, same: Mapping[str, object], shown: Iterable[showing.Shown]
) -> None:
    """Append the first decisions about new records, as `append` does; `shown` is what they publish."""
    _insert(rows, same)
    showing.extend(shown)


def _insert(rows: Sequence[tuple[object, ...]], same: Mapping[str, object]) -> None:
    columns = [name for name in DECISION_COLUMNS if name not in same]
    bulk.insert("publication_decision", columns, rows, same=same)


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
