"""What silence does: the source did not answer an objection in time (law-decisions 17).

The publication is suspended, the authority above is told, the objection stays open and is not upheld. Where a
province has switched the suspension off, only the authority above is told. A product rule [P].
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import THE_DAY, Party, Words, kind_of_case
from gongxin.core.cases.kinds import Step as StepOfKind
from gongxin.core.cases.kinds import is_switched_on
from gongxin.core.cases.reasons import own_words
from gongxin.core.disclosure import Outcome
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_steps import part_to_step, take
from gongxin.flows.change_publication import SILENCE, hide, newest_decisions, show_again
from gongxin.flows.steer_case import escalate
from gongxin.registry import bulk
from gongxin.registry.cases.models import Part
from gongxin.registry.cases.queries import running_clocks, silent_since
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry

LIMIT, ACT = "objection-whole", "fall-silent"


def fall_silent_due(at: datetime) -> int:
    """Let every part fall silent whose whole limit has passed unanswered; return how many did."""
    on = legal_day(at)
    return sum(_fall_silent(part_id, due_on, at) for part_id, due_on in silent_since(LIMIT, on=on))


def lift_silence(part: Part, *, decided_by: str, at: datetime) -> None:
    """Show again what was suspended for silence only, for the rest of its period."""
    if part.record_id is None:
        return
    entry = current_entry(part.subject_id, part.record_id)
    newest = newest_decisions([entry]).get(entry.record_id)
    if newest is not None and (newest.outcome, newest.reason) == (Outcome.SUSPENDED, SILENCE):
        show_again([entry], decided_by=decided_by, at=at)


def _fall_silent(part_id: UUID, due_on: date, at: datetime) -> bool:
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=None)
        step = _step_of(part)
        if step is None or part.closed_at is not None:
            return False  # answered meanwhile
        if not is_switched_on(step.switch):
            _only_tell_above(part, due_on, at)
            return False
        words = _words(ACT, due_on)
        take(case, part, ACT, who=THE_DAY, at=at, words=words)
        _suspend(part, at)
        escalate(part_id=part.id, seen=None, who=THE_DAY, words=_words("told-above", due_on), at=at)
        return True


def _only_tell_above(part: Part, due_on: date, at: datetime) -> None:
    if not any(clock.limit == LIMIT and clock.told_above_at for clock in running_clocks(part)):
        escalate(part_id=part.id, seen=None, who=THE_DAY, words=_words("told-above", due_on), at=at)


def _step_of(part: Part) -> StepOfKind | None:
    possible = kind_of_case(part.kind).possible(part.state, by=Party.CLOCK)
    return next((one for one in possible if one.act == ACT), None)


def _suspend(part: Part, at: datetime) -> None:
    """Suspend what shows; what is hidden for another reason stays hidden for that one."""
    if part.record_id is None:
        return
    entry = current_entry(part.subject_id, part.record_id)
    if _shows(entry):
        hide([entry], outcome=Outcome.SUSPENDED, reason=SILENCE, decided_by=THE_DAY.actor.written, at=at)


def _shows(entry: Entry) -> bool:
    newest = newest_decisions([entry]).get(entry.record_id)
    return newest is not None and newest.outcome == Outcome.PUBLISHED


def _words(act: str, due_on: date) -> Words:
    reason, basis = own_words(act, due_on=due_on.isoformat())
    return Words(reason=reason, basis=basis)
