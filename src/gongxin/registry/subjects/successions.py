"""From whom a subject took over by law, and who took over from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from gongxin.registry import bulk
from gongxin.registry.subjects.models import SubjectSuccession
from gongxin.registry.subjects.queries import Profile, profiles


@dataclass(frozen=True, slots=True)
class Succession:
    """`other` is the successor of the subject asked about, or (`is_successor` false) its predecessor."""

    id: UUID
    other: Profile
    is_successor: bool
    kind: str
    on: date
    ground: str


def successions_of(known: Profile, *, at: datetime) -> Sequence[Succession]:
    """Return what was recorded at `at` of a subject and of those that are one with it, oldest first."""
    ids, moment = [one.hex for one in (known.subject_id, *known.absorbed)], bulk.instant(at)
    one_of, given = bulk.one_of(ids)
    rows = bulk.select(
        'SELECT id, predecessor_id, successor_id, kind, "on", ground FROM subjects_subjectsuccession'
        f" WHERE (predecessor_id {one_of} OR successor_id {one_of})"
        ' AND recorded_at <= %s AND (ended_at IS NULL OR ended_at > %s) ORDER BY "on", id',
        given, given, moment, moment,
    )  # fmt: skip
    if not rows:
        return ()
    mine = {UUID(one) for one in ids}
    pairs = [(bulk.as_id(predecessor), bulk.as_id(successor)) for _, predecessor, successor, *_ in rows]
    others = profiles({other for pair in pairs for other in pair} - mine, at=at)
    found = []
    for (made, _, _, kind, on, ground), (predecessor, successor) in zip(rows, pairs, strict=True):
        is_successor = predecessor in mine
        other = others.get(successor if is_successor else predecessor)
        if other is not None:  # none where the two have been merged since
            day = bulk.as_day(on) or date.min
            found.append(Succession(bulk.as_id(made), other, is_successor, kind, day, ground))
    return found


@dataclass(frozen=True, slots=True)
class RecordedSuccession:
    """A succession as it was written down, also one taken back, for those who keep the books."""

    made: SubjectSuccession
    other: Profile
    is_successor: bool


def recorded_successions_of(known: Profile, *, at: datetime) -> Sequence[RecordedSuccession]:
    """Return every succession ever recorded of a subject and of those that are one with it, oldest first."""
    mine = {known.subject_id, *known.absorbed}
    found = list(
        SubjectSuccession.objects.filter(
            Q(predecessor_id__in=mine) | Q(successor_id__in=mine), recorded_at__lte=at
        ).order_by("on", "id")
    )
    others = profiles({one for made in found for one in (made.predecessor_id, made.successor_id)}, at=at)
    told = []
    for made in found:
        is_successor = made.predecessor_id in mine
        other = others[made.successor_id if is_successor else made.predecessor_id]
        told.append(RecordedSuccession(made, other, is_successor))
    return told
