"""Keeps what was counted, whole months at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from gongxin.registry import bulk
from gongxin.registry.quality import measures
from gongxin.registry.quality.models import QualityMonth
from gongxin.registry.quality.queries import NOW, Cell


def replace(
    months: Sequence[str],
    cells: Iterable[Cell],
    *,
    at: datetime,
    took_milliseconds: int,
    due_before: Mapping[str, datetime],
) -> None:
    """Put what was counted of these months in the place of what was kept, inside the running transaction.

    A month that has come due since, while it was being counted, is due still.
    """
    due = {one: since for one, since in due_months().items() if since != due_before.get(one)}
    QualityMonth.objects.filter(month__in=months).delete()
    QualityMonth.objects.bulk_create(
        QualityMonth(month=one, counted_at=at, took_milliseconds=took_milliseconds, due_since=due.get(one))
        for one in months
    )
    bulk.insert(
        "quality_qualitycount",
        ("month", "measure", "agency_id", "class_id", "good", "total"),
        [
            (
                cell.month,
                cell.measure,
                cell.agency_id.hex,
                cell.class_id,
                cell.counted.good,
                cell.counted.total,
            )
            for cell in cells
        ],
    )


def count_again(records: Sequence[tuple[str, str]], *, at: datetime) -> None:
    """Let the months in which these records (subject, record in hexadecimal) were published be counted first.

    Inside the transaction that takes them from public view, so that no figure tells of them for a day.
    """
    if not records:
        return
    of_subjects, subjects = bulk.one_of([subject_id for subject_id, _ in records])
    of_records, found = bulk.one_of([record_id for _, record_id in records])
    rows = bulk.select(
        f"SELECT DISTINCT {measures.month_of('decided_at')} FROM publication_decision WHERE subject_id"
        f" {of_subjects} AND record_id {of_records} AND outcome = 'published' AND audience = 'public'",
        subjects,
        found,
    )
    if rows:
        QualityMonth.objects.filter(month__in=[NOW, *(month for (month,) in rows)]).update(due_since=at)


def due_months() -> dict[str, datetime]:
    """Return the months that are to be counted before all others, and since when."""
    marked = QualityMonth.objects.filter(due_since__isnull=False)
    return {one: since for one, since in marked.values_list("month", "due_since") if since}
