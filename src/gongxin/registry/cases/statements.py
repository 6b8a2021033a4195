"""What subjects say beside their records: the statements that stand."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from gongxin.registry import bulk
from gongxin.registry.cases.models import Statement


def standing_statements(subject_ids: Collection[UUID], *, at: datetime) -> dict[UUID, str]:
    """Return what these subjects had said beside their records by `at`, and not withdrawn since."""
    rows = bulk.select_of(
        "SELECT record_id, text FROM cases_statement WHERE subject_id {is_one_of}"
        " AND withdrawn_at IS NULL AND at <= %s",
        subject_ids,
        bulk.instant(at),
    )
    return {bulk.as_id(record_id): text for record_id, text in rows}


def statements_of(subject_ids: Collection[UUID]) -> Sequence[Statement]:
    """Return every statement of these subjects, also those withdrawn, the newest first."""
    return list(Statement.objects.filter(subject_id__in=subject_ids).order_by("-at", "-id"))
