"""Keeps what was counted, whole months at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gongxin.registry import bulk
from gongxin.registry.quality.models import QualityMonth
from gongxin.registry.quality.queries import Cell


def replace(months: Sequence[str], cells: Iterable[Cell], *, at: datetime, took_milliseconds: int) -> None:
    """Put what was counted of these months in the place of what was kept, inside the running transaction."""
    QualityMonth.objects.filter(month__in=months).delete()
    QualityMonth.objects.bulk_create(
        QualityMonth(month=month, counted_at=at, took_milliseconds=took_milliseconds) for month in months
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
