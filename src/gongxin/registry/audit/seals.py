"""Which looks are sealed, and until when."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gongxin.core.document_numbers import normal_form
from gongxin.core.looks import end_of_seal, hides
from gongxin.registry import bulk
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.audit.models import Seal


class NotApproved(Exception):
    """Nothing is sealed yet: nobody has approved it."""


def ends_of(seals: Iterable[Seal], *, at: datetime) -> Mapping[UUID, date]:
    """Return the day on which each of these first, approved seals ends, with what extended it by `at`."""
    firsts = {seal.id: seal for seal in seals}
    asked = {seal.id: [seal.until_on] for seal in firsts.values()}
    extended = Seal.objects.filter(first_id__in=firsts, approved_at__lte=at)
    for first_id, until_on in extended.values_list("first__id", "until_on"):
        asked[first_id].append(until_on)
    return {one: _end(seal, asked[one]) for one, seal in firsts.items()}


def _end(seal: Seal, asked_until: Iterable[date]) -> date:
    if seal.approved_at is None:
        raise NotApproved(seal.id.hex)
    return end_of_seal(approved_at=seal.approved_at, asked_until=asked_until)


def that_hide(seals: Iterable[Seal], *, at: datetime) -> set[UUID]:
    """Return which of these first, approved seals still hide their looks at `at`."""
    known = list(seals)
    ends = ends_of(known, at=at)
    return {one.id for one in known if hides(end_on=ends[one.id], lifted_at=one.ended_at, at=at)}


def any_seal() -> bool:
    """Return whether a seal was ever asked for: mostly none was, and nothing more is asked."""
    return bool(bulk.select("SELECT 1 FROM audit_seal LIMIT 1"))


def seal_in_force(
    *, agency_id: UUID | None, subject_ids: Collection[UUID], case_number: str, at: datetime
) -> Seal | None:
    """Return the first seal over this body's looks at this subject in this case, however it is typed."""
    approved = _of(agency_id, subject_ids).filter(first=None, approved_at__lte=at)
    known = [one for one in approved if normal_form(one.case_number) == normal_form(case_number)]
    hiding = that_hide(known, at=at)
    return next((one for one in known if one.id in hiding), None)


def waits(*, agency_id: UUID | None, subject_ids: Collection[UUID], case_number: str) -> bool:
    """Return whether a seal was asked for in this case that nobody has approved or refused."""
    asked = _of(agency_id, subject_ids).filter(approved_at=None, ended_at=None)
    return any(normal_form(one.case_number) == normal_form(case_number) for one in asked)


def every_seal() -> QuerySet[Seal]:
    """Return all that was asked for, the last first."""
    return Seal.objects.select_related("first").order_by("-asked_at", "-id")


def seals_of(agency_id: UUID | None) -> QuerySet[Seal]:
    """Return what one body and those it succeeded asked for, or (None) the centre, the last first."""
    return every_seal().filter(_by(agency_id))


def _of(agency_id: UUID | None, subject_ids: Collection[UUID]) -> QuerySet[Seal]:
    return Seal.objects.filter(_by(agency_id), subject_id__in=subject_ids)


def _by(agency_id: UUID | None) -> Q:
    return Q(agency_id=None) if agency_id is None else Q(agency_id__in=agencies_under(agency_id))
