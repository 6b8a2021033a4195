"""Letting who asked take a part back, in prepared words where they say none of their own."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who, Words
from gongxin.core.cases.reasons import taken_back
from gongxin.flows.applicants import refuse_who_does_not_act_for
from gongxin.flows.case_steps import part_to_step, take
from gongxin.flows.silence import lift_silence
from gongxin.registry import bulk
from gongxin.registry.cases.models import Step


def give_up(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Take a part back; what was suspended because its source was silent shows again.

    Raises NotTheirSubject, and what `take` raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take(case, part, "withdraw", who=who, at=at, words=taken_back(part.kind, words))
        refuse_who_does_not_act_for(case.subject_id, who=who, at=at)
        lift_silence(part, decided_by=who.actor.written, at=at)
        return step
