"""The queue of doubtful links: what waits for a person, how much, how long, and what comes next.

A row and all subjects offered to it are one case, which goes by the likest of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongxin.core.subjects import UNIFIED
from gongxin.registry.subjects.models import CANNOT_TELL, SAME, Doubt, Identifier, Judgement, Merge

AGES = (0, 3, 7, 30)  # days: found today or later, and waiting longer than that


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which cases are meant: a standing and, where given, a reason, senders, when they were found."""

    standing: str = "open"
    reason: str = ""
    agencies: Collection[UUID] | None = None
    found_from: datetime | None = None
    found_before: datetime | None = None


def cases(narrowed: Narrowed) -> QuerySet[Doubt]:
    """Return the cases that wait, each by its lead, the longest waiting first."""
    found = _IN_STANDING[narrowed.standing]()
    if narrowed.reason:
        found = found.filter(reason=narrowed.reason)
    if narrowed.agencies is not None:
        found = found.filter(row__submission__agency_id__in=narrowed.agencies)
    if narrowed.found_from is not None:
        found = found.filter(found_at__gte=narrowed.found_from)
    if narrowed.found_before is not None:
        found = found.filter(found_at__lt=narrowed.found_before)
    return found.select_related("row__submission__agency").order_by("found_at", "-score", "id")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases wait: for each reason, and by age: found today (0), more than 3, 7, 30 days ago."""

    by_reason: Mapping[str, int]
    by_age: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.by_reason.values())


def waiting(*, at: datetime, today: datetime) -> Waiting:
    """Count the cases that wait in one query; `today` is when the day of `at` began."""
    since = {0: Q(found_at__gte=today)}
    since |= {days: Q(found_at__lt=at - timedelta(days=days)) for days in AGES[1:]}
    aged = {f"days_{days}": Count("id", filter=when) for days, when in since.items()}
    counted = list(cases(Narrowed()).order_by().values_list("reason").annotate(Count("id"), **aged))
    return Waiting(
        by_reason={reason: number for reason, number, *_ in counted},
        by_age={days: sum(ages[place] for _, _, *ages in counted) for place, days in enumerate(AGES)},
    )


def count_by_reason(narrowed: Narrowed) -> Mapping[str, int]:
    """Return how many cases each reason has of those meant, whatever reason was asked for."""
    found = cases(replace(narrowed, reason="")).order_by().values_list("reason")
    return dict(found.annotate(Count("id")))


def count_standing(standing: str) -> int:
    return cases(Narrowed(standing)).order_by().count()


def beside(lead: Doubt, narrowed: Narrowed) -> tuple[Doubt | None, Doubt | None]:
    """Return the case before and the case after `lead` in the queue."""
    waiting = cases(narrowed).exclude(id=lead.id)
    if lead.row_id is not None:
        waiting = waiting.exclude(row_id=lead.row_id)
    later = Q(found_at__gt=lead.found_at) | Q(found_at=lead.found_at) & (
        Q(score__lt=lead.score) | Q(score=lead.score, id__gt=lead.id)
    )
    return waiting.exclude(later).last(), waiting.filter(later).first()


def doubts_of_case(doubt: Doubt) -> Sequence[Doubt]:
    """Return all doubts of the case `doubt` belongs to, the likest first."""
    if doubt.row_id is None:
        return [doubt]
    return list(
        Doubt.objects.filter(row_id=doubt.row_id)
        .select_related("row__submission__agency")
        .order_by("-score", "id")
    )


def case_of_row(row_id: UUID) -> Doubt | None:
    """Return by which doubt the case of a row goes, if anything was ever offered to it."""
    return open_doubts().filter(row_id=row_id).order_by("-score", "id").first() or _any_of(row_id)


def _any_of(row_id: UUID) -> Doubt | None:
    return Doubt.objects.filter(row_id=row_id).order_by("-score", "id").first()


def cases_of_rows(row_ids: Collection[UUID]) -> Mapping[UUID, Doubt]:
    """Return by which doubts the cases of these rows go that wait or, with nothing open, were put aside."""
    unsure = Exists(_live().filter(verdict=CANNOT_TELL))
    aside = Doubt.objects.filter(unsure, _NOT_SETTLED, row_id__in=row_ids).order_by("score", "-id")
    waiting = open_doubts().filter(row_id__in=row_ids).order_by("score", "-id")
    return {one.row_id: one for one in (*aside, *waiting) if one.row_id is not None}


def open_doubts() -> QuerySet[Doubt]:
    """Return the doubts nobody has judged and nothing has settled.

    Two that both bear a unified code by now are two; who was absorbed is judged as its survivor.
    """
    waiting = Doubt.objects.filter(~Exists(_live()), _NOT_SETTLED)
    coded = [
        Exists(Identifier.objects.filter(subject=OuterRef(side), scheme=UNIFIED, until_at=None))
        for side in ("subject", "other")
    ]
    absorbed = [
        Exists(Merge.objects.filter(absorbed=OuterRef(side), undone_at=None)) for side in ("subject", "other")
    ]
    return waiting.exclude(Q(coded[0]) & Q(coded[1])).exclude(absorbed[0]).exclude(absorbed[1])


def _leads() -> QuerySet[Doubt]:
    return _leading(open_doubts())


def _leading(found: QuerySet[Doubt]) -> QuerySet[Doubt]:
    """Return of each row only the likest."""
    likelier = found.filter(row__isnull=False, row=OuterRef("row")).filter(
        Q(score__gt=OuterRef("score")) | Q(score=OuterRef("score"), id__lt=OuterRef("id"))
    )
    return found.exclude(Exists(likelier))


def _proposed() -> QuerySet[Doubt]:
    """Return the pairs judged to be one that wait for a second person."""
    merged = Merge.objects.filter(judgement__doubt=OuterRef("pk"), undone_at=None)
    return Doubt.objects.filter(Exists(_live().filter(verdict=SAME)), ~Exists(merged), row=None)


def _aside() -> QuerySet[Doubt]:
    """Return what somebody could not tell; of a row only while nothing else is offered to it."""
    others = open_doubts().filter(row__isnull=False, row=OuterRef("row"))
    unsure = Exists(_live().filter(verdict=CANNOT_TELL))
    return _leading(Doubt.objects.filter(unsure, _NOT_SETTLED)).exclude(Exists(others))


_IN_STANDING = {"open": _leads, "proposed": _proposed, "aside": _aside}
_NOT_SETTLED = Q(row=None) | Q(row__state="open")


def _live() -> QuerySet[Judgement]:
    return Judgement.objects.filter(doubt=OuterRef("pk"), ended_at=None)
