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
from gongxin.registry.subjects.clusters import subject_ids_of
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
    if successor_id in subject_ids_of(predecessor_id) or predecessor_id in _all_who_succeeded(successor_id):
        raise WouldSucceedItself(successor_id.hex)
    pair = {"predecessor_id": predecessor_id, "successor_id": successor_id}
    if SubjectSuccession.objects.filter(**pair, ended_at=None).exists():
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


def _all_who_succeeded(subject_id: UUID) -> set[UUID]:
    """Return whom this subject's rights and duties have passed to, at whatever remove."""
    found, edge = set[UUID](), {subject_id}
    while edge:
        successors = SubjectSuccession.objects.filter(predecessor_id__in=edge, ended_at=None)
        edge = set(successors.values_list("successor_id", flat=True)) - found
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
