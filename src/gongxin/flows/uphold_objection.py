"""Upholding an objection, whole or in part: the record is corrected or removed at that instant.

Who objected has proposed the change and who upholds decides it; what the answers say follows
(`core.cases.points.what_follows`). Source: Henan regulation arts 41, 42; law-decisions 15, 16.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who, Words
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.cases.points import ACCEPTED, Claim, Contested, what_follows
from gongxin.core.ledger import Kind
from gongxin.flows.answer_points import answer_all
from gongxin.flows.case_steps import part_to_step, refuse_own_application, step_to_take, take
from gongxin.flows.correct import correct_entry
from gongxin.flows.objection import refuse_what_is_not_own
from gongxin.flows.remove_record import remove_record
from gongxin.flows.silence import lift_silence
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case, Part, Step
from gongxin.registry.ledger.queries import current_entry


def uphold(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Uphold what is asked, every point accepted; the record is corrected, or removed.

    Raises NotOwnMatter, PointsUnanswered, AnswersDoNotFit, NothingFollows, OnePersonTwice, and what `take`
    and `correct_entry` raise.
    """
    return _uphold("uphold", part_id, seen, who, words, at)


def uphold_in_part(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Uphold some points and refuse others; what was accepted is corrected. Raises as `uphold` does."""
    return _uphold("uphold-in-part", part_id, seen, who, words, at)


def _uphold(act: str, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        refuse_what_is_not_own(part, act, who, words)
        step_to_take(case, part, act, who=who, words=words, at=at)
        refuse_own_application(case, who)
        points = answer_all(part, act, who=who, words=words, at=at)
        accepted = [
            Claim(one.field, one.held, one.claimed, one.said) for one in points if one.answer == ACCEPTED
        ]
        follows, fields = what_follows(part.wish, accepted, act=act, detail=words.detail)
        step = take(case, part, act, who=who, at=at, words=words, follows=follows)
        if part.record_id is not None:
            lift_silence(part, decided_by=who.actor.written, at=at)
            _change(case, part, follows, fields, who=who, words=words, at=at)
        return step


def _change(
    case: Case,
    part: Part,
    follows: Contested,
    fields: dict[str, str],
    *,
    who: Who,
    words: Words,
    at: datetime,
) -> None:
    if part.record_id is None:
        return
    entry = current_entry(part.subject_id, part.record_id)
    ground = f"{number_in_words(case.kind, case.year, case.number)}：{words.reason}"
    if follows is Contested.REMOVAL:
        remove_record(case, part, ground=ground, who=who, at=at)
        return
    kind = Kind.CLERICAL if words.detail.get("change") == Kind.CLERICAL else Kind.SUBSTANTIVE
    correct_entry(
        entry, fields, kind=kind, ground=ground, proposed_by=case.opened_by, decided_by=who.actor, at=at
    )
