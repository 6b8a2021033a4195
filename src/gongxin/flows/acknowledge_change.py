"""Whoever relied on an answer says that they have read what replaced it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.checks.models import Changed, Check
from gongxin.registry.checks.queries import changes_of_check


class NothingChanged(Exception):
    """The answer stands as it was given, or it has no such change."""


@transaction.atomic
def acknowledge(check: Check, *, actor: Actor, at: datetime, change_id: UUID | None = None) -> Changed:
    """Acknowledge a change and those before it, the newest where none is named; a second time is harmless.

    Raises NothingChanged.
    """
    bulk.one_writer()
    changes = changes_of_check(check)
    places = [place for place, one in enumerate(changes) if change_id in {None, one.id}]
    if not places:
        raise NothingChanged(check.id)
    read = changes[: places[-1] + 1]
    unread = [one.id for one in read if one.acknowledged_at is None]
    if unread:
        Changed.objects.filter(id__in=unread, acknowledged_at=None).update(
            acknowledged_at=at, acknowledged_by=actor.written
        )
        write_event(
            actor=actor, action="check.change-acknowledged", object_kind="check", object_id=check.id.hex,
            at=at, detail={"change": read[-1].id.hex},
        )  # fmt: skip
    return Changed.objects.get(id=read[-1].id)
