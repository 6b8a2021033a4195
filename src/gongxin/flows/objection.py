"""An objection: asked field by field, marked at once, sent to the source, answered point by point.

The authority that made the record decides; the centre checks the form and decides only what is its own.
What follows when one is upheld is in `flows.uphold_objection`.
Source: Henan regulation art 41; law-decisions 15-17.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Party, Who, Words
from gongxin.core.cases.points import Claim, PointProblem, contestable_fields, problems_of
from gongxin.core.cases.reasons import centres_grounds
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import legal_day
from gongxin.flows.answer_points import answer_all
from gongxin.flows.applicants import refuse_stranger
from gongxin.flows.case_steps import NOTHING, part_to_step, step_to_take, take
from gongxin.flows.open_case import Application, Asked, NewEvidence, NewPoint, open_case
from gongxin.flows.silence import lift_silence
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case, Part, Step
from gongxin.registry.cases.queries import case_of_form
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ledger.queries import current_entry


class PointsNotInOrder(Exception):
    """What is asked about a record cannot be examined as it stands; `problems` says where, of `record_id`."""

    def __init__(self, record_id: UUID | None, problems: Sequence[PointProblem]) -> None:
        super().__init__(", ".join(f"{one.place}: {one.fault}" for one in problems))
        self.record_id, self.problems = record_id, tuple(problems)


class NotOwnMatter(Exception):
    """The centre decides only what is its own, and says which ground of its own it has."""


def object_to(
    *,
    subject_id: UUID,
    asked: Sequence[Asked],
    form_id: UUID,
    entry: Entry,
    statement: str,
    evidence: Sequence[NewEvidence],
    who: Who,
    at: datetime,
    external_number: str = "",
    detail: Mapping[str, Any] = NOTHING,
) -> Case:
    """Open an objection to some records of a subject; sent twice with one form it is one case.

    What the record says is filled in here, not by who asks. `detail` is kept with the first step.
    Raises NotTheirSubject, PointsNotInOrder, and what `open_case` raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        refuse_stranger(subject_id, who=who, entry=entry, at=at)
        known = case_of_form(form_id) is not None
        application = Application(
            kind=Kind.OBJECTION,
            subject_id=subject_id,
            asked=asked if known else [_as_held(subject_id, one, at) for one in asked],
            form_id=form_id,
            entry=entry,
            statement=statement,
            evidence=evidence,
            external_number=external_number,
            detail=detail,
        )
        case, _ = open_case(application, who=who, at=at)
        return case


def forward(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Send a part whose form is in order to the body that answers for it."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        return take(case, part, "forward", who=who, at=at, words=words)


def refuse(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Refuse what is asked, each point answered; what was suspended for silence shows again for its rest.

    Raises NotOwnMatter, PointsUnanswered, AnswersDoNotFit, and what `take` raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        refuse_what_is_not_own(part, "refuse", who, words)
        step_to_take(case, part, "refuse", who=who, words=words, at=at)
        answer_all(part, "refuse", who=who, words=words, at=at)
        step = take(case, part, "refuse", who=who, at=at, words=words)
        lift_silence(part, decided_by=who.actor.written, at=at)
        return step


def refuse_what_is_not_own(part: Part, act: str, who: Who, words: Words) -> None:
    """Raise NotOwnMatter for the centre without a ground of its own (`law/reasons.yaml#centre`)."""
    if who.party is Party.CENTRE and words.detail.get("ground") not in centres_grounds(act):
        raise NotOwnMatter(part.id.hex)


def _as_held(subject_id: UUID, asked: Asked, at: datetime) -> Asked:
    """Return what is asked with what the record says put beside it. Raises PointsNotInOrder, NoSuchRecord."""
    if asked.record_id is None:
        return asked
    entry = current_entry(subject_id, asked.record_id)
    held = content_fields(entry.content)
    known = classes_by_id(on=legal_day(at)).get(entry.class_id)
    contestable = {one.key for one in contestable_fields(known)} if known else set(held)
    points = tuple(replace(one, held=held.get(one.field, "")) for one in asked.points)
    problems = problems_of(asked.wish, [_claim(one) for one in points], contestable=contestable)
    if problems:
        raise PointsNotInOrder(asked.record_id, problems)
    return replace(asked, points=points)


def _claim(point: NewPoint) -> Claim:
    return Claim(point.field, point.held, point.claimed, point.said)
