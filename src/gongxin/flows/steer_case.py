"""What may be done with any open part, whatever its kind: its clock stopped and going on, its limit
extended, the part handed over, the supervising authority told. None of these decides anything.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongxin.core.cases import Who, Words
from gongxin.core.cases.kinds import NotTheirStep, always, may_always
from gongxin.core.cases.running import NotRunning
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_clocks import extend, hand_over_all, pause_all, resume_all
from gongxin.flows.case_steps import (
    TakenMeanwhile,
    WordsMissing,
    part_to_step,
    refuse_another_body,
    write_step,
)
from gongxin.flows.notify import tell_agency
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import successor_of
from gongxin.registry.cases.models import Case, Clock, Part, Step
from gongxin.registry.cases.queries import steps_of_case


class ExtendedBefore(Exception):
    """This limit was extended as often as the rules allow, or by more days than they do."""


class SameBody(Exception):
    """The part is with this body already."""


def pause(*, part_id: UUID, seen: int, who: Who, words: Words, at: datetime) -> Step:
    """Stop the clocks of a part, for an appraisal or a paper that must come. Raises NotRunning."""

    def stop(_: Case, part: Part) -> None:
        if not pause_all(part, at=at):
            raise NotRunning(part.id.hex)

    return _steer("pause", part_id, seen, who, words, at, stop)


def resume(*, part_id: UUID, seen: int, who: Who, words: Words, at: datetime) -> Step:
    """Let the clocks of a part run on with what was left. Raises NotRunning."""

    def go_on(_: Case, part: Part) -> None:
        if not resume_all(part, at=at):
            raise NotRunning(part.id.hex)

    return _steer("resume", part_id, seen, who, words, at, go_on)


def extend_limit(
    *, part_id: UUID, seen: int, limit: str, working_days: int, who: Who, words: Words, at: datetime
) -> Step:
    """Give a running limit more working days, once. Raises NotRunning, ExtendedBefore."""
    allowed = always("extend")

    def lengthen(case: Case, part: Part) -> None:
        before = [one for one in steps_of_case(case) if one.act == "extend" and one.part_id == part.id]
        same = sum(one.detail.get("limit") == limit for one in before)
        if same >= allowed["times"] or not 0 < working_days <= allowed["most_working_days"]:
            raise ExtendedBefore(limit)
        if not extend(part, limit, working_days=working_days, at=at):
            raise NotRunning(limit)

    told = replace(words, detail={**words.detail, "limit": limit, "working_days": working_days})
    return _steer("extend", part_id, seen, who, told, at, lengthen)


def hand_over(*, part_id: UUID, seen: int, to: Agency, who: Who, words: Words, at: datetime) -> Step:
    """Let another body answer for a part; its clocks go on. Raises SameBody."""
    body = successor_of(to)

    def pass_on(_: Case, part: Part) -> None:
        if part.responsible_id == body.id:
            raise SameBody(body.code)
        Part.objects.filter(subject_id=part.subject_id, id=part.id).update(responsible=body)
        part.responsible = body
        hand_over_all(part, at=at)

    told = replace(words, detail={**words.detail, "to": body.code})
    return _steer("hand-over", part_id, seen, who, told, at, pass_on)


def escalate(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Tell the authority above the body that answers for a part; where none is known, only the centre."""

    def tell_above(case: Case, part: Part) -> None:
        above = part.responsible.supervisor if part.responsible else None
        if above is not None:
            tell_agency(
                agency=above, subject_id=part.subject_id, kind="case.told-above",
                facts={"reason": words.reason, "body": part.responsible.name if part.responsible else ""},
                by=who.actor.written, at=at, record_id=part.record_id, case_id=case.id,
            )  # fmt: skip
        untold = Clock.objects.filter(
            subject_id=part.subject_id, part_id=part.id, ended="", told_above_at=None
        )
        # The others are told of when they run out.
        untold.filter(due_on__lt=legal_day(at)).update(told_above_at=at)

    return _steer("escalate", part_id, seen, who, words, at, tell_above)


def _steer(
    act: str,
    part_id: UUID,
    seen: int | None,
    who: Who,
    words: Words,
    at: datetime,
    effect: Callable[[Case, Part], None],
) -> Step:
    if not words.reason.strip():
        raise WordsMissing(("reason",))
    if not may_always(act, by=who.party):
        raise NotTheirStep(f"{act} by {who.party}")
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        if part.closed_at is not None:
            raise TakenMeanwhile(part.id.hex)
        refuse_another_body(part, who)
        effect(case, part)
        Part.objects.filter(subject_id=part.subject_id, id=part.id).update(steps_taken=F("steps_taken") + 1)
        return write_step(case, part, act, part.state, who=who, words=words, at=at)
