"""Checks that were asked for a body, how their answers changed, and what was done because of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from gongxin.registry.checks.held import reckoned_through
from gongxin.registry.checks.models import Changed, Check, Feedback


class NoSuchCheck(LookupError):
    """There is no such check, or it was asked for another body."""


class ChangeOf(NamedTuple):
    """An answer that changed, with the check it answers."""

    check: Check
    changed: Changed


def check_of(check_id: UUID, *, agency_ids: Collection[UUID] | None) -> Check:
    """Return a check asked for one of these bodies, of all bodies where None. Raises NoSuchCheck."""
    found = _asked_for(agency_ids).filter(id=check_id).first()
    if found is None:
        raise NoSuchCheck(check_id)
    return found


def asked_lately(*, agency_ids: Collection[UUID] | None, limit: int) -> Sequence[Check]:
    """Return the last questions these bodies asked, the newest first."""
    found = _asked_for(agency_ids).select_related("agency").order_by("-asked_at", "-id")
    return list(found[:limit])


def changes_of_check(check: Check) -> Sequence[Changed]:
    """Return how an answer changed, the oldest first."""
    return list(Changed.objects.filter(check_id=check.id).order_by("at", "id"))


def feedback_of(check: Check) -> Sequence[Feedback]:
    """Return what was said to have been done, the oldest first."""
    return list(Feedback.objects.filter(check_id=check.id).order_by("at", "id"))


def changes_after(
    after: tuple[datetime, UUID] | None, *, agency_ids: Collection[UUID], limit: int
) -> Sequence[ChangeOf]:
    """Return the changes of these bodies' answers after a place, the oldest first.

    Only up to the instant through which every answer was reckoned: rows of one turn come in several
    transactions with one instant, and whoever reads by a cursor would lose the later ones.
    """
    through = reckoned_through()
    if through is None:
        return []
    found = _changes_of(agency_ids).filter(at__lte=through)
    if after is not None:
        at, change_id = after
        found = found.filter(Q(at__gt=at) | Q(at=at, id__gt=change_id))
    return _with_checks(found.order_by("at", "id")[:limit])


def unacknowledged(*, agency_ids: Collection[UUID] | None, limit: int) -> Sequence[ChangeOf]:
    """Return the changes that nobody of these bodies has acknowledged, the newest first."""
    found = _changes_of(agency_ids).filter(acknowledged_at=None)
    return _with_checks(found.order_by("-at", "-id")[:limit])


def _asked_for(agency_ids: Collection[UUID] | None) -> QuerySet[Check]:
    found = Check.objects.all()
    return found if agency_ids is None else found.filter(agency_id__in=agency_ids)


def _changes_of(agency_ids: Collection[UUID] | None) -> QuerySet[Changed]:
    if agency_ids is None:
        return Changed.objects.all()
    return Changed.objects.filter(check_id__in=_asked_for(agency_ids).values("id"))


def _with_checks(found: QuerySet[Changed]) -> Sequence[ChangeOf]:
    changes = list(found)
    checks = {
        one.id: one
        for one in Check.objects.filter(id__in=[one.check_id for one in changes]).select_related("agency")
    }
    return [ChangeOf(checks[one.check_id], one) for one in changes]
