"""One subject takes over another's rights and duties by law. Records stay with whom they are about."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.legal_day import legal_day
from gongxin.flows.judge import NotLive, refuse_persons
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.clusters import clusters_of
from gongxin.registry.subjects.models import SubjectSuccession

# After these the predecessor is dissolved; by a split-off it goes on, by a conversion under another form.
ENDS_THE_PREDECESSOR = frozenset({"absorption", "consolidation", "division"})


class WouldSucceedItself(Exception):
    """The two are one subject, or the successor was, at whatever remove, succeeded by the predecessor."""


class RecordedAlready(Exception):
    """This succession is recorded already."""


class StillToCome(Exception):
    """The day of the succession has not come: what is only intended is not recorded."""


@transaction.atomic
def record_succession(
    *, predecessor_id: UUID, successor_id: UUID, kind: str, on: date, ground: str, actor: Actor, at: datetime
) -> SubjectSuccession:
    """Record that on a day one subject's rights and duties passed to another.

    Raises NotAnOrganisation (`judge.refuse_persons`) unless both are organisations, WouldSucceedItself,
    RecordedAlready, StillToCome.
    """
    bulk.one_writer()
    refuse_succession(predecessor_id=predecessor_id, successor_id=successor_id, on=on, at=at)
    made = SubjectSuccession.objects.create(
        id=fresh_id(at=at), predecessor_id=predecessor_id, successor_id=successor_id, kind=kind, on=on,
        ground=ground, recorded_at=at, recorded_by=actor.written,
    )  # fmt: skip
    _audit("succession.recorded", made, actor, at, ground)
    return made


def refuse_succession(*, predecessor_id: UUID, successor_id: UUID, on: date, at: datetime) -> None:
    """Raise what `record_succession` would, before anybody is asked to confirm it."""
    refuse_persons(predecessor_id, successor_id)
    if on > legal_day(at):
        raise StillToCome(on.isoformat())
    before, after = _one_with({predecessor_id}), _one_with({successor_id})
    if before & (after | _all_who_succeeded(after)):
        raise WouldSucceedItself(successor_id.hex)
    either = {"predecessor_id__in": before, "successor_id__in": after}
    if SubjectSuccession.objects.filter(**either, ended_at=None).exists():
        raise RecordedAlready(successor_id.hex)


@transaction.atomic
def end_succession(*, succession: SubjectSuccession, ground: str, actor: Actor, at: datetime) -> None:
    """Take back what was recorded wrongly; what pages said meanwhile stays what they said. Raises NotLive."""
    ended = SubjectSuccession.objects.filter(id=succession.id, ended_at=None).update(
        ended_at=at, ended_by=actor.written, end_ground=ground
    )
    if ended != 1:
        raise NotLive(succession.id.hex)
    _audit("succession.ended", succession, actor, at, ground)


def _one_with(subject_ids: set[UUID]) -> set[UUID]:
    """Return these and all who are one with any of them now."""
    clusters = clusters_of([one.hex for one in subject_ids]).values()
    return subject_ids | {UUID(one) for cluster in clusters for one in cluster}


def _all_who_succeeded(subject_ids: set[UUID]) -> set[UUID]:
    """Return whom the rights and duties of these have passed to, at whatever remove and through any merge."""
    found, edge = set[UUID](), subject_ids
    while edge:
        successors = SubjectSuccession.objects.filter(predecessor_id__in=edge, ended_at=None)
        edge = _one_with(set(successors.values_list("successor_id", flat=True))) - found
        found |= edge
    return found


def _audit(action: str, made: SubjectSuccession, actor: Actor, at: datetime, ground: str) -> None:
    write_event(
        actor=actor, action=action, object_kind="succession", object_id=made.id.hex, at=at,
        detail={
            "predecessor": made.predecessor_id.hex, "successor": made.successor_id.hex, "kind": made.kind,
            "on": made.on.isoformat(), "ground": ground,
        },
    )  # fmt: skip
