"""Questions about tip-offs. None is asked by whom it is about: there is no list and no count by subject."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from gongxin.core.tip_offs import State
from gongxin.registry.tip_offs.models import IdentityOpening, TipOff, TipOffStep


@dataclass(frozen=True, slots=True)
class Total:
    """How many of one matter came to one outcome."""

    matter: str
    outcome: str
    count: int


def in_reach(agencies: Collection[UUID] | None) -> QuerySet[TipOff]:
    """Return the tip-offs that are with one of these agencies, or all (None) that are not erased."""
    kept = TipOff.objects.select_related("agency").filter(erased_at=None)
    return kept if agencies is None else kept.filter(agency_id__in=agencies)


def open_ones(agencies: Collection[UUID] | None, *, limit: int) -> Sequence[TipOff]:
    """Return what waits, the earliest day first: for an agency what it must answer, for the centre all."""
    waiting = in_reach(agencies).filter(closed_at=None)
    if agencies is not None:
        waiting = waiting.filter(state=State.SENT.value)
    return list(waiting.order_by("due_on", "given_at", "id")[:limit])


def count_open(*, through: date) -> int:
    """Return how many wait, at the centre or an agency, whose last day is `through` or before."""
    return in_reach(None).filter(closed_at=None, due_on__lte=through).count()


def settled_ones(agencies: Collection[UUID] | None, *, limit: int, offset: int) -> Sequence[TipOff]:
    """Return what the asker has done with, the newest first."""
    done = in_reach(agencies)
    done = done.exclude(closed_at=None) if agencies is None else done.exclude(state=State.SENT.value)
    return list(done.order_by("-given_at", "-id")[offset : offset + limit])


def tip_off_of_receipt(number: str, code_hash: str) -> TipOff | None:
    return TipOff.objects.filter(number=number, code_hash=code_hash).first() if number else None


def tip_off_of_form(form_hash: str) -> TipOff | None:
    return TipOff.objects.filter(form_hash=form_hash).first()


def steps_of(tip_off: TipOff) -> Sequence[TipOffStep]:
    return list(tip_off.steps.select_related("agency").order_by("place"))


def openings_of(tip_off: TipOff) -> Sequence[IdentityOpening]:
    return list(tip_off.openings.order_by("at", "id"))


def to_erase(on: date, *, limit: int) -> Sequence[TipOff]:
    return list(TipOff.objects.filter(erase_on__lte=on, erased_at=None).order_by("erase_on", "id")[:limit])


def totals(*, before: datetime, least: int) -> Sequence[Total]:
    """Return how many were closed before a moment, by matter and outcome, where there were at least `least`.

    No sums beside them: from a sum the number that was left out could be reckoned.
    """
    counted = (
        TipOff.objects.filter(closed_at__lt=before)
        .values_list("matter", "outcome")
        .annotate(count=Count("id"))
        .filter(count__gte=least)
        .order_by("matter", "outcome")
    )
    return [Total(*found) for found in counted]
