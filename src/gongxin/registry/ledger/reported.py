"""What agencies have reported, by class and by the month in which it was decided."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth

from gongxin.core.ledger import Kind
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.reporting import ClassReport, ended_months
from gongxin.core.submissions import State
from gongxin.registry.intake.models import Submission
from gongxin.registry.ledger.models import Entry

A_YEAR = 12


def reports_of(agencies: Collection[UUID], *, on: date) -> list[ClassReport]:
    """Return what these agencies together reported for each class they report, over the past year."""
    sent = (
        Submission.objects.filter(agency_id__in=agencies, state=State.DONE.value, accepted__gt=0)
        .values("class_id")
        .annotate(first=Min("received_at"), last=Max("received_at"))
        .order_by("class_id")
    )
    records = _records_by_month(agencies, since=ended_months(on, A_YEAR)[-1])
    return [
        ClassReport(
            class_id=one["class_id"],
            first_received_on=legal_day(one["first"]),
            last_received_at=one["last"],
            records=records[one["class_id"]],
            nil=frozenset(),
        )
        for one in sent
    ]


def _records_by_month(agencies: Collection[UUID], *, since: date) -> dict[str, dict[date, int]]:
    """Count the records that stand. None decided since can have come before: the rest is not read."""
    counted = (
        Entry.objects.filter(
            submission__agency_id__in=agencies,
            submission__received_at__gte=day_begins(since),
            superseded_at=None,
            decided_on__gte=since,
        )
        .exclude(kind=Kind.WITHDRAWAL.value)
        .annotate(month=TruncMonth("decided_on"))
        .values("class_id", "month")
        .annotate(records=Count("record_id"))
    )
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for one in counted:
        found[one["class_id"]][one["month"]] = one["records"]
    return found
