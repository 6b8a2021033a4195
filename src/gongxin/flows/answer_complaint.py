"""Answering a complaint about the platform itself, and a demand to archive that is refused.

Neither changes a record: what a complaint shows to be wrong is put right by its own procedure.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who, Words
from gongxin.flows.case_steps import part_to_step, refuse_own_application, take
from gongxin.registry import bulk
from gongxin.registry.cases.models import Step


def uphold(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Find a complaint right, and say what is done about it. Raises what `take` raises."""
    return _answer("uphold", part_id, seen, who, words, at)


def refuse(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Find it wrong, with reasons. Raises OnePersonTwice for who took it down, and what `take` raises."""
    return _answer("refuse", part_id, seen, who, words, at)


def _answer(act: str, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        refuse_own_application(case, who)
        return take(case, part, act, who=who, at=at, words=words)
