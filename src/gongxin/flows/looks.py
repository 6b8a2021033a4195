from datetime import datetime
from uuid import UUID

from gongxin.core.actors import Actor
from gongxin.registry.audit.events import write_look


def note_look(*, actor: Actor, subject_id: UUID, purpose: str, at: datetime, case_number: str = "") -> None:
    """Write down that someone opened what is not public of a subject's file. The subject may see it."""
    write_look(actor=actor, subject_id=subject_id, purpose=purpose, at=at, case_number=case_number)
