"""What the figures of cases are made of: limits that ended, parts that were closed, parts that stand open."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Min, QuerySet

from gongxin.core.cases.figures import Took
from gongxin.core.cases.running import working_days_used
from gongxin.core.legal_day import legal_day
from gongxin.core.working_days import Calendar
from gongxin.registry.cases.models import Case, Clock, Part

ENDED = ("kept", "missed")


@dataclass(frozen=True, slots=True)
class EndedLimit:
    """One limit that ended in the period, and the body it measured; none is the centre."""

    agency_id: UUID | None
    ended_on: date
    took: Took


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How the parts of one kind ended: how many with each outcome."""

    kind: str
    outcomes: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class OpenCases:
    """What stands open of one kind: how many parts, since when the oldest."""

    kind: str
    parts: int
    oldest_at: datetime


def ended_limits(
    *, begins: datetime, ends: datetime, agency_ids: Collection[UUID] | None, calendar: Calendar
) -> Iterator[EndedLimit]:
    """Yield the limits that ended in a period, of some bodies or of all and the centre."""
    found = Clock.objects.filter(ended__in=ENDED, ended_at__gte=begins, ended_at__lt=ends)
    if agency_ids is not None:
        found = found.filter(responsible_id__in=agency_ids)
    columns = ("limit", "responsible_id", "counted_from", "used_before", "ended", "ended_at")
    for limit, agency_id, counted_from, used_before, ended, ended_at in found.values_list(*columns):
        if ended_at is None:
            continue
        ended_on = legal_day(ended_at)
        days = working_days_used(counted_from, used_before, on=ended_on, calendar=calendar)
        yield EndedLimit(agency_id, ended_on, Took(limit, days, ended == "kept"))


def outcomes_of(
    *, begins: datetime, ends: datetime, agency_ids: Collection[UUID] | None
) -> Sequence[Outcomes]:
    """Return how the parts closed in a period ended, kind by kind."""
    closed = Part.objects.filter(closed_at__gte=begins, closed_at__lt=ends)
    rows = _of(closed, agency_ids).values_list("kind", "outcome").annotate(count=Count("id"))
    kinds: dict[str, dict[str, int]] = {}
    for kind, outcome, count in rows.order_by("kind", "outcome"):
        kinds.setdefault(kind, {})[outcome] = count
    return [Outcomes(kind, outcomes) for kind, outcomes in kinds.items()]


def open_cases(*, agency_ids: Collection[UUID] | None) -> Sequence[OpenCases]:
    """Return what stands open, kind by kind."""
    parts = _of(Part.objects.filter(closed_at=None), agency_ids)
    opened = {
        found["kind"]: found["oldest"]
        for found in Case.objects.filter(id__in=parts.values("case_id"))
        .values("kind")
        .annotate(oldest=Min("opened_at"))
    }
    counted = parts.values_list("kind").annotate(count=Count("id")).order_by("kind")
    return [OpenCases(kind, count, opened[kind]) for kind, count in counted]


def ages_of_open(*, agency_ids: Collection[UUID] | None) -> Sequence[datetime]:
    """Return since when each open part has been waiting for its end."""
    parts = _of(Part.objects.filter(closed_at=None), agency_ids)
    counts = dict(parts.values_list("case_id").annotate(count=Count("id")))
    opened = Case.objects.filter(id__in=counts).values_list("id", "opened_at").order_by(F("opened_at"))
    return [at for case_id, at in opened for _ in range(counts[case_id])]


def _of(parts: "QuerySet[Part]", agency_ids: Collection[UUID] | None) -> "QuerySet[Part]":
    return parts if agency_ids is None else parts.filter(responsible_id__in=agency_ids)
