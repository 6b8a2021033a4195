"""Who opened and closed the desk: written to the audit like every other act."""

from datetime import datetime

from gongxin.core.actors import Actor
from gongxin.registry.audit.events import write_event


def note_signed_in(*, actor: Actor, at: datetime) -> None:
    write_event(actor=actor, action="session.opened", object_kind="user", object_id=actor.name, at=at)


def note_signed_out(*, actor: Actor, at: datetime) -> None:
    write_event(actor=actor, action="session.closed", object_kind="user", object_id=actor.name, at=at)
