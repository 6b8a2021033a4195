from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.subjects.clusters import clusters_of, subject_ids_of


def mandates_of(user_id: UUID, *, at: datetime) -> Sequence[Mandate]:
    """Return what a user may act under at an instant, the oldest first."""
    return list(_standing(at).filter(user_id=user_id).select_related("subject"))


def may_act_for(user_id: UUID, subject_id: UUID, *, at: datetime) -> bool:
    """Return whether a user may act for a subject, or for one that is the same by a merge."""
    return _standing(at).filter(user_id=user_id, subject_id__in=subject_ids_of(subject_id, at=at)).exists()


def officers_of(subject_ids: Collection[UUID], *, at: datetime) -> Sequence[Mandate]:
    """Return who acts for these subjects at an instant: whom a notice reaches."""
    return list(_standing(at).filter(subject_id__in=subject_ids).select_related("user"))


def every_mandate(subject_ids: Collection[UUID] | None = None) -> Sequence[Mandate]:
    """Return all mandates that ever were, of these subjects or of all; the newest granted first."""
    found = Mandate.objects.select_related("user", "subject").order_by("-granted_at", "-id")
    return list(found if subject_ids is None else found.filter(subject_id__in=subject_ids))


def stands(mandate: Mandate, *, at: datetime) -> bool:
    """Return whether a mandate holds at an instant, as far as itself goes."""
    on = legal_day(at)
    revoked = mandate.revoked_at is not None and mandate.revoked_at <= at
    ended = mandate.until_on is not None and mandate.until_on <= on
    return mandate.from_on <= on and not revoked and not ended


def addressees_of(subject_ids: Collection[str], *, at: datetime) -> dict[str, list[str]]:
    """Return who acts for each of these and can be written to, as ids; whoever has nobody is left out."""
    if not subject_ids or not bulk.select("SELECT 1 FROM mandates_mandate LIMIT 1"):
        return {}
    clusters = clusters_of(subject_ids, at=at)
    asked = {one for cluster in clusters.values() for one in cluster} | set(subject_ids)
    is_one_of, given = bulk.one_of(sorted(asked))
    on, moment = legal_day(at).isoformat(), bulk.instant(at)
    rows = bulk.select(
        "SELECT DISTINCT m.subject_id, u.id FROM mandates_mandate m JOIN accounts_user u ON u.id = m.user_id"
        f" WHERE m.subject_id {is_one_of} AND u.is_active AND u.email <> ''"
        " AND m.from_on <= %s AND (m.until_on IS NULL OR m.until_on > %s)"
        " AND m.granted_at <= %s AND (m.revoked_at IS NULL OR m.revoked_at > %s)",
        given, on, on, moment, moment,
    )  # fmt: skip
    acting: dict[str, list[str]] = {}
    for subject_id, user_id in rows:
        acting.setdefault(bulk.hexadecimal(subject_id), []).append(bulk.hexadecimal(user_id))
    found = {
        one: [user for of in clusters.get(one, [one]) for user in acting.get(of, ())] for one in subject_ids
    }
    return {one: sorted(set(users)) for one, users in found.items() if users}


def _standing(at: datetime) -> "QuerySet[Mandate]":
    on = legal_day(at)
    revoked = Q(revoked_at__isnull=False, revoked_at__lte=at)
    ended = Q(until_on__isnull=False, until_on__lte=on)
    found = Mandate.objects.filter(from_on__lte=on, granted_at__lte=at, user__is_active=True)
    return found.exclude(revoked | ended).order_by("granted_at", "id")
