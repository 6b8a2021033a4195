"""Questions about notices: which there are for whom, how far each has come, which mails wait."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from gongxin.registry.notices.models import Delivery, Notice


class NoSuchNotice(Exception):
    """There is no such notice, or not for whoever asks."""


def notice_of(subject_id: UUID, notice_id: UUID) -> Notice:
    """Return a notice. Raises NoSuchNotice."""
    found = Notice.objects.filter(subject_id=subject_id, id=notice_id).select_related("agency").first()
    if found is None:
        raise NoSuchNotice(notice_id.hex)
    return found


def notices_to(subject_ids: Collection[UUID], *, limit: int, offset: int = 0) -> Sequence[Notice]:
    """Return what these subjects were told, the newest first."""
    told = Notice.objects.filter(subject_id__in=subject_ids, agency=None)
    return list(told.order_by("-at", "-id")[offset : offset + limit])


def deliveries_of(notices: Iterable[Notice]) -> Mapping[UUID, Sequence[Delivery]]:
    """Return on which ways each notice goes and how far it has come, by the notice's id."""
    by_notice: dict[UUID, list[Delivery]] = {notice.id: [] for notice in notices}
    found = Delivery.objects.filter(notice_id__in=list(by_notice)).select_related("recipient")
    for one in found.order_by("queued_at", "id"):
        by_notice[one.notice_id].append(one)
    return by_notice


def served_at(notices: Iterable[Notice]) -> Mapping[UUID, datetime]:
    """Return since when each notice counts as served, of those that are: by whichever way was first."""
    found = deliveries_of(notices)
    served = {key: [one.served_at for one in ways if one.served_at] for key, ways in found.items()}
    return {key: min(days) for key, days in served.items() if days}


def arrived_at(subject_id: UUID, notice_id: UUID) -> datetime | None:
    """Return when one notice counts as served; None while it does not. Raises NoSuchNotice."""
    notice = notice_of(subject_id, notice_id)
    return served_at([notice]).get(notice.id)


def mails_due(*, at: datetime, limit: int) -> Sequence[Delivery]:
    """Return the mails whose turn it is, the longest waiting first."""
    due = Delivery.objects.filter(channel="email", state="queued", next_try_at__lte=at)
    return list(due.select_related("recipient").order_by("next_try_at", "id")[:limit])


def count_to(subject_ids: Collection[UUID]) -> int:
    """Return how many notices these subjects were told."""
    return Notice.objects.filter(subject_id__in=subject_ids, agency=None).count()


def count_unopened(subject_ids: Collection[UUID]) -> int:
    """Return how many of the notices to these subjects nobody has opened on the page yet."""
    opened = Delivery.objects.filter(subject_id__in=subject_ids, channel="page", served_at__isnull=False)
    told = Notice.objects.filter(subject_id__in=subject_ids, agency=None)
    return told.exclude(id__in=opened.values("notice_id")).count()


def opened_among(notices: Iterable[Notice]) -> set[UUID]:
    """Return the ids of those of these notices that were opened on the page."""
    found = Delivery.objects.filter(
        notice_id__in=[one.id for one in notices], channel="page", served_at__isnull=False
    )
    return set(found.values_list("notice_id", flat=True))
