"""A reorganisation under a court: all adverse records of a firm in one case, with the court's ruling.

Each body masks its records while the plan is carried out: shown to nobody, and no measure rests on them.
Performed, they are repaired (`decide_repair`); ended otherwise, they show again for the rest of their period.
Source: law-decisions 18; 国办发〔2025〕22号 (regulations 6.2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Who, Words
from gongxin.core.cases.eligibility import WhyNot
from gongxin.core.cases.reasons import refuse_blanks
from gongxin.core.disclosure import Outcome
from gongxin.core.legal_day import legal_day
from gongxin.flows.applicants import refuse_stranger
from gongxin.flows.case_steps import NOTHING, part_to_step, record_of, take
from gongxin.flows.change_publication import REORGANISATION, hide, newest_decisions, show_again
from gongxin.flows.open_case import Application, Asked, NewEvidence, open_case
from gongxin.flows.repair import eligible_of
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case, Step
from gongxin.registry.cases.queries import case_of_form

NOT_IN_IT = frozenset({WhyNot.OVER, WhyNot.NOT_DECIDED, WhyNot.ASKED})


class RulingMissing(Exception):
    """A reorganisation rests on a court's ruling; `missing` names what of it is not given."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Ruling:
    """The court's ruling that approves the plan: its number, its court, its day."""

    number: str
    court: str
    ruled_on: date


def ask_for_reorganisation(
    *,
    subject_id: UUID,
    ruling: Ruling,
    form_id: UUID,
    entry: Entry,
    statement: str,
    evidence: Sequence[NewEvidence],
    who: Who,
    at: datetime,
    detail: Mapping[str, Any] = NOTHING,
) -> Case:
    """Open one case about every adverse record of a subject that still stands; sent twice it is one.

    What is asked about in another open repair goes on there. Raises NotTheirSubject, RulingMissing,
    NothingAsked where no record is left, and what open_case raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        refuse_stranger(subject_id, who=who, entry=entry, at=at)
        if case_of_form(form_id) is None:
            _refuse_missing(ruling, evidence, at)
        told = {"number": ruling.number, "court": ruling.court, "ruled_on": ruling.ruled_on.isoformat()}
        application = Application(
            kind=Kind.REORGANISATION,
            subject_id=subject_id,
            asked=[
                Asked(one.record_id) for one in eligible_of(subject_id, at=at) if one.why_not not in NOT_IN_IT
            ],
            form_id=form_id,
            entry=entry,
            statement=statement,
            evidence=evidence,
            detail={**detail, "ruling": told},
        )
        return open_case(application, who=who, at=at)[0]


def mask(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Mask a record while the plan is carried out; what is hidden for another reason stays so."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        refuse_blanks(words.reason)
        step = take(case, part, "mask", who=who, at=at, words=words)
        entry = record_of(part)
        newest = newest_decisions([entry]).get(entry.record_id)
        if newest is not None and newest.outcome == Outcome.PUBLISHED:
            by = who.actor.written
            hide([entry], outcome=Outcome.MASKED, reason=REORGANISATION, decided_by=by, at=at)
        return step


def plan_ended(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Show a record again, the plan having ended: for the rest of its period and not a day longer."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take(case, part, "plan-ended", who=who, at=at, words=words)
        entry = record_of(part)
        newest = newest_decisions([entry]).get(entry.record_id)
        if newest is not None and (newest.outcome, newest.reason) == (Outcome.MASKED, REORGANISATION):
            show_again([entry], decided_by=who.actor.written, at=at)
        return step


def _refuse_missing(ruling: Ruling, evidence: Sequence[NewEvidence], at: datetime) -> None:
    missing = [
        *(["number"] if not ruling.number.strip() else []),
        *(["court"] if not ruling.court.strip() else []),
        *(["ruled_on"] if ruling.ruled_on > legal_day(at) else []),
        *(["evidence"] if not evidence else []),
    ]
    if missing:
        raise RulingMissing(tuple(missing))
