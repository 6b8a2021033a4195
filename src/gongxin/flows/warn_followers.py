"""Tells followers what changed about the organisations they follow. Run by the worker every minute.

What everybody is shown now is compared with what was shown when the follow began and what was told since, so
nothing is told twice, and however late the worker comes it tells how things stand. Nothing is told that is
not shown to everybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.disclosure import Visibility
from gongxin.core.follows import APPEARED, Change, came, is_followed, went
from gongxin.core.legal_day import legal_day
from gongxin.core.notices import FOLLOW_WARNED
from gongxin.flows.follow import end_lapsed
from gongxin.flows.notify import tell_agency
from gongxin.registry import bulk
from gongxin.registry.checks.follows import last_told, running
from gongxin.registry.checks.models import Follow, Warned
from gongxin.registry.ids import fresh_id
from gongxin.registry.publication.queries import RecordView, public_views
from gongxin.registry.subjects.queries import Profile, profiles

AT_ONCE = 200
Views = Mapping[UUID, RecordView]


def warn_followers(*, at: datetime) -> int:
    """Tell every follower what changed since it was last told; return how many changes were told."""
    end_lapsed(at=at)
    told = 0
    for some in running(at=at, at_once=AT_ONCE):
        with transaction.atomic():
            bulk.one_writer()
            told += _told(some, at)
    return told


def _told(some: Sequence[Follow], at: datetime) -> int:
    known = profiles({one.subject_id for one in some}, at=at)
    views = _views(known, at)
    before = last_told(some)
    told = 0
    for follow in some:
        subject = known[follow.subject_id]
        own = {one: seen for one, seen in views.items() if seen.subject_id in _ids(subject)}
        for seen, change in _changes(follow, own, before):
            _tell(follow, subject, seen, change, at)
            told += 1
    return told


def _changes(
    follow: Follow, own: Views, before: Mapping[tuple[UUID, UUID], str]
) -> Iterator[tuple[RecordView, Change]]:
    """Yield what is to be told: a record that shows and was not known to, or the reverse."""
    if not own:
        return
    at_first = _shown_when_begun(follow)
    for record_id, seen in own.items():
        kind = before.get((follow.id, record_id))
        stood = kind in APPEARED if kind is not None else record_id in at_first
        stands = seen.visibility is Visibility.SHOWN
        if stands and not stood:
            yield seen, came(seen.class_id)
        elif stood and not stands:
            axes = {"record": seen.record, "repair": seen.repair, "publication": seen.publication}
            yield seen, went(seen.class_id, **axes)


def _shown_when_begun(follow: Follow) -> set[UUID]:
    known = profiles({follow.subject_id}, at=follow.begun_at)
    views = _views(known, follow.begun_at)
    return {one for one, seen in views.items() if seen.visibility is Visibility.SHOWN}


def _views(known: Mapping[UUID, Profile], at: datetime) -> Views:
    posted_to = {one: subject for subject in known.values() for one in _ids(subject)}
    found = public_views(posted_to, at=at)
    return {one: seen for one, seen in found.items() if is_followed(seen.class_id)}


def _ids(subject: Profile) -> tuple[UUID, ...]:
    return (subject.subject_id, *subject.absorbed)


def _tell(follow: Follow, subject: Profile, seen: RecordView, change: Change, at: datetime) -> None:
    notice = tell_agency(
        agency=follow.agency, subject_id=follow.subject_id, kind=FOLLOW_WARNED, by="platform", at=at,
        facts={
            "name": subject.name, "class": seen.class_id, "change": change.value,
            "changed_on": legal_day(at).isoformat(),
        },
    )  # fmt: skip
    Warned.objects.create(
        subject_id=follow.subject_id, id=fresh_id(at=at), follow_id=follow.id, kind=change.value,
        record_id=seen.record_id, class_id=seen.class_id, at=at, notice_id=notice.id,
    )  # fmt: skip
