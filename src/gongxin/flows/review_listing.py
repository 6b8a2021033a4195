"""The province reviews what a listing authority made of an objection to its listing.

Upheld, the listing was wrong and is removed at once (art 66); refused, it stands.
Source: Henan regulation art 28.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who, Words
from gongxin.flows.case_steps import part_to_step, take
from gongxin.flows.remove_record import remove_record
from gongxin.registry import bulk
from gongxin.registry.cases.models import Step


def uphold(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Find the listing wrong and remove it at this instant. Raises OnePersonTwice, and what `take` raises."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take(case, part, "uphold", who=who, at=at, words=words)
        remove_record(case, part, ground=words.reason, who=who, at=at)
        return step


def refuse(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Find the listing right. Raises what `take` raises."""
    with transaction.atomic():
        bulk.one_writer()
        return take(*part_to_step(part_id, seen=seen), "refuse", who=who, at=at, words=words)
