"""Who follows whom, and what they were told."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from gongxin.core.legal_day import legal_day
from gongxin.registry.audit.models import Seal
from gongxin.registry.audit.seals import that_hide
from gongxin.registry.checks.models import Follow, Warned


class Told(NamedTuple):
    """One change a follower was told of, with the follow it belongs to."""

    warned: Warned
    follow: Follow


def follows_of(agency_ids: Collection[UUID]) -> QuerySet[Follow]:
    """Return what a body and those it succeeded follow or followed, the newest first."""
    found = Follow.objects.filter(agency_id__in=agency_ids).select_related("agency")
    return found.order_by("-begun_at", "-id")


def follows_before(
    agency_ids: Collection[UUID], *, before: tuple[datetime, UUID] | None, limit: int
) -> list[Follow]:
    """Return a page of what these bodies follow, the newest first, from a place on."""
    found = follows_of(agency_ids)
    if before is not None:
        at, follow_id = before
        found = found.filter(Q(begun_at__lt=at) | Q(begun_at=at, id__lt=follow_id))
    return list(found[:limit])


def runs(follow: Follow, *, at: datetime) -> bool:
    return follow.ended_at is None and legal_day(at) < follow.until_on


def lapsed(*, at: datetime) -> list[Follow]:
    """Return the follows whose day has come and that nobody ended."""
    return list(Follow.objects.filter(ended_at__isnull=True, until_on__lte=legal_day(at)))


def running(*, at: datetime, at_once: int) -> Iterator[list[Follow]]:
    """Yield the follows that run, some at a time."""
    found = Follow.objects.filter(ended_at__isnull=True, until_on__gt=legal_day(at)).select_related("agency")
    after: UUID | None = None
    while True:
        rest = found if after is None else found.filter(id__gt=after)
        some = list(rest.order_by("id")[:at_once])
        if not some:
            return
        yield some
        after = some[-1].id


def followers_shown(subject_ids: Collection[UUID], *, at: datetime) -> list[Follow]:
    """Return who follows or followed a subject, as it may be told: without those a seal still hides."""
    found = Follow.objects.filter(subject_id__in=subject_ids).select_related("agency")
    known = list(found.order_by("-begun_at", "-id"))
    seals = Seal.objects.filter(id__in=[one.seal_id for one in known if one.seal_id])
    hiding = that_hide(seals, at=at)
    return [one for one in known if one.seal_id not in hiding]


def last_told(follows: Iterable[Follow]) -> Mapping[tuple[UUID, UUID], str]:
    """Return the kind of the last change told of each record, by follow and record."""
    found = Warned.objects.filter(follow_id__in=[one.id for one in follows], record_id__isnull=False)
    rows = found.order_by("id").values_list("follow_id", "record_id", "kind")
    return {(follow_id, record_id): kind for follow_id, record_id, kind in rows if record_id is not None}


def warnings_after(agency_ids: Collection[UUID], *, after: UUID | None, limit: int) -> list[Told]:
    """Return what these bodies were told, in the order told, after the warning `after`."""
    own = {one.id: one for one in follows_of(agency_ids)}
    found = Warned.objects.filter(follow_id__in=list(own))
    if after is not None:
        found = found.filter(id__gt=after)
    return [Told(one, own[one.follow_id]) for one in found.order_by("id")[:limit]]


def newest_warnings(agency_ids: Collection[UUID], *, limit: int) -> list[Told]:
    """Return what these bodies were told last, the newest first."""
    own = {one.id: one for one in follows_of(agency_ids)}
    found = Warned.objects.filter(follow_id__in=list(own)).order_by("-id")
    return [Told(one, own[one.follow_id]) for one in found[:limit]]
