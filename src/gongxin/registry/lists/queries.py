"""Questions about proceedings, exits and draft criteria.

Who stands on a list is asked of `registry.publication.listings`.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from gongxin.registry.lists.models import (
    CriteriaComment,
    CriteriaDraft,
    Exit,
    Listing,
    Proceeding,
)


class NoSuchProceeding(Exception):
    """There is no such proceeding, or not for whoever asks."""


class NoSuchExit(Exception):
    """Nobody has asked for this exit, or not of whoever asks."""


class NotListed(Exception):
    """This record is no listing."""


class NoSuchDraft(Exception):
    """No such draft lies open."""


def proceeding_of(proceeding_id: UUID) -> Proceeding:
    """Return a proceeding. Raises NoSuchProceeding."""
    found = Proceeding.objects.filter(id=proceeding_id).select_related("agency").first()
    if found is None:
        raise NoSuchProceeding(proceeding_id.hex)
    return found


def open_proceedings(agency_ids: Collection[UUID] | None = None) -> "QuerySet[Proceeding]":
    """Return what is proposed and not closed, of these bodies or of all, the first to be decided first."""
    found = Proceeding.objects.filter(outcome="").select_related("agency")
    if agency_ids is not None:
        found = found.filter(agency_id__in=agency_ids)
    return found.order_by(F("objections_until").asc(nulls_last=True), "proposed_at", "id")


def proceedings_about(subject_ids: Collection[UUID]) -> Sequence[Proceeding]:
    """Return the proceedings these subjects were told of, open ones first, the newest first."""
    found = Proceeding.objects.filter(subject_id__in=subject_ids, noticed_at__isnull=False)
    return list(found.select_related("agency").order_by("outcome", "-noticed_at", "-id"))


def on_public_notice(list_id: str) -> Sequence[Proceeding]:
    """Return whose honour lies open to everybody, the last to be decided last."""
    found = Proceeding.objects.filter(list_id=list_id, outcome="", noticed_at__isnull=False)
    return list(found.select_related("agency").order_by("objections_until", "id"))


def listing_of(subject_ids: Collection[UUID], record_id: UUID) -> Listing:
    """Return the newest listing of a record. Raises NotListed."""
    found = Listing.objects.filter(subject_id__in=subject_ids, record_id=record_id)
    newest = found.order_by("at", "id").last()
    if newest is None:
        raise NotListed(record_id.hex)
    return newest


def listings_about(subject_ids: Collection[UUID]) -> Sequence[Listing]:
    """Return every listing these subjects ever had, the last decided first."""
    return list(Listing.objects.filter(subject_id__in=subject_ids).order_by("-decided_on", "-id"))


def exit_of(exit_id: UUID) -> Exit:
    """Return a request to end a listing. Raises NoSuchExit."""
    found = Exit.objects.filter(id=exit_id).first()
    if found is None:
        raise NoSuchExit(exit_id.hex)
    return found


def open_exit(record_id: UUID, *, why: str) -> Exit | None:
    """Return the request of one cause about a listing that nobody has decided, if there is one."""
    return Exit.objects.filter(record_id=record_id, why=why, outcome="").first()


def open_exits() -> Sequence[Exit]:
    """Return the requests nobody has decided, the longest waiting first."""
    return list(Exit.objects.filter(outcome="").order_by("asked_at", "id"))


def exits_about(subject_ids: Collection[UUID]) -> Sequence[Exit]:
    """Return every request to end a listing of these subjects, the newest first."""
    return list(Exit.objects.filter(subject_id__in=subject_ids).order_by("-asked_at", "-id"))


def rehabilitated(list_id: str, *, since: date) -> Sequence[Exit]:
    """Return whose listing was wrong and who wished that everybody be told, from a day on."""
    found = Exit.objects.filter(list_id=list_id, rehabilitation_asked_at__date__gte=since)
    return list(found.order_by("-rehabilitation_asked_at", "-id"))


def draft_of(draft_id: UUID) -> CriteriaDraft:
    """Return a draft. Raises NoSuchDraft, also for one that was taken back."""
    found = CriteriaDraft.objects.filter(id=draft_id, withdrawn_at=None).first()
    if found is None:
        raise NoSuchDraft(draft_id.hex)
    return found


def drafts() -> Sequence[CriteriaDraft]:
    """Return the drafts that were not taken back, the newest first."""
    return list(CriteriaDraft.objects.filter(withdrawn_at=None).order_by("-published_on", "-id"))


def last_day_for_comment(draft: CriteriaDraft) -> date:
    """Return the last day on which something may be said of a draft; the day of publishing is not counted."""
    return draft.published_on + timedelta(days=draft.days_for_comment)


def comments_on(draft: CriteriaDraft) -> Sequence[CriteriaComment]:
    return list(draft.comments.order_by("at", "id"))
