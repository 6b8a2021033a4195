"""What agencies have reported, by class and by the month in which it was decided."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth

from gongxin.core.catalogue import InformationClass
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.periods import add_months
from gongxin.core.reporting import MONTHS_STATED, ClassReport, ended_months
from gongxin.core.submissions import State
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.intake.queries import nil_months
from gongxin.registry.ledger.models import Entry


def reports_of(agencies: Collection[UUID], *, on: date) -> list[ClassReport]:
    """Return what these agencies together reported for each class they report, over the past year."""
    sent = _sent_between(agencies)
    nil = nil_months(agencies)
    records = _records_by_month(agencies, since=ended_months(on, MONTHS_STATED)[-1])
    return [
        ClassReport(
            class_id=class_id,
            first_received_on=legal_day(sent[class_id][0]) if class_id in sent else min(nil[class_id]),
            last_received_at=sent[class_id][1] if class_id in sent else None,
            records=records[class_id],
            nil=nil.get(class_id, frozenset()),
        )
        for class_id in sorted({*sent, *nil})
    ]


def _sent_between(agencies: Collection[UUID]) -> dict[str, tuple[datetime, datetime]]:
    """Return by class when these agencies first and last sent a file of which something was accepted."""
    sent = (
        Submission.objects.filter(agency_id__in=agencies, state=State.DONE.value, accepted__gt=0)
        .values("class_id")
        .annotate(first=Min("received_at"), last=Max("received_at"))
        .order_by("class_id")
    )
    return {one["class_id"]: (one["first"], one["last"]) for one in sent}


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


def sent_of_month(agencies: Collection[UUID], *, information_class: InformationClass, month: date) -> int:
    """Count what these agencies sent of a class that was decided in `month`: records, and rows that wait.

    The class must have a column for the day of the decision.
    """
    sent = {"submission__agency_id__in": agencies, "submission__class_id": information_class.id}
    records = (
        Entry.objects.filter(
            **sent,
            submission__received_at__gte=day_begins(month),
            superseded_at=None,
            decided_on__gte=month,
            decided_on__lt=add_months(month, 1),
        )
        .exclude(kind=Kind.WITHDRAWAL.value)
        .count()
    )
    # Content is canonical: the day stands in it as ISO text, behind its key.
    decided = f'"{information_class.role("decided_on")}":"{month:%Y-%m}-'
    waiting = UnlinkedRow.objects.filter(**sent, state="open", content__contains=decided).count()
    return records + waiting
