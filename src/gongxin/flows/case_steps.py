"""Taking a step with a part of a case: whose it is, what it needs, which clocks it stops and starts.

Every procedure (`objection`, `repair`, …) goes through here inside its own transaction, as the one writer,
and does beside it what the step leads to. A step never goes without its notice.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F

from gongxin.core.cases import Party, Who, Words, kind_of_case
from gongxin.core.cases.kinds import Step as StepOfKind
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_clocks import end_all, start, stop
from gongxin.flows.case_notices import tell_of_step
from gongxin.flows.copied_reply import refuse_copied_reply
from gongxin.flows.decision_papers import facts_of_paper, make_paper
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Case, Part, Step
from gongxin.registry.cases.queries import case_of, part_of
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.models import Entry, StateChange
from gongxin.registry.ledger.queries import REPAIR_AXIS, current_entry, is_repaired

NOTHING: Mapping[str, Any] = MappingProxyType({})


class TakenMeanwhile(Exception):
    """Somebody else took a step with this part since you opened it."""


class NotResponsible(Exception):
    """Another body answers for this part."""


class WordsMissing(Exception):
    """A decision needs its reason, basis and remedy; `missing` names those it lacks."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class DecidedBeforeItsRecord(Exception):
    """A decision bears a day before what it decides about, or a day to come."""


class OnePersonTwice(Exception):
    """This takes a second person: not the one before."""


class NotToldYet(Exception):
    """The subject has not been told, or the notice has not reached it: its time to object has not begun."""


class TooSoon(Exception):
    """The time to object runs; `first` is the first day on which it may be decided."""

    def __init__(self, first: date) -> None:
        super().__init__(first.isoformat())
        self.first = first


def part_to_step(part_id: UUID, *, seen: int | None) -> tuple[Case, Part]:
    """Return a part and its case as they stand. Raises NoSuchCase; TakenMeanwhile if `seen` is out of date.

    `seen` is how many steps had been taken when whoever acts opened the part; the clock sees it as it is.
    """
    part = part_of(part_id)
    if seen is not None and part.steps_taken != seen:
        raise TakenMeanwhile(part_id.hex)
    return case_of(part.case_id), part


def take(
    case: Case,
    part: Part,
    act: str,
    *,
    who: Who,
    at: datetime,
    words: Words,
    facts: Mapping[str, Any] = NOTHING,
    follows: str = "",
) -> Step:
    """Take a step of the part's kind, inside the running transaction. The part moves on.

    `follows` is what an upheld objection leads to (`core.cases.points.Contested`): its paper says so, and
    what was answered to each point, which must be written by then. Raises as `step_to_take` does, and
    BlankLeft, CopiedReply.
    """
    found = step_to_take(case, part, act, who=who, words=words, at=at)
    if found.ends:
        refuse_copied_reply(part, act, who=who, words=words)
    before = part.state
    _move(part, found, who, words, at)
    if found.ends:
        end_all(part, at=at, by=who.party)
    else:
        stop(part, found.stops, at=at, by=who.party)
    for limit in found.starts:
        start(part, limit, at=at)
    put_on_axis(part, found.value, actor=who.actor.written, ground=f"{part.kind}/{act}", at=at)
    by = who.actor.written
    outcome = "-".join(filter(None, (found.paper, follows)))
    paper = make_paper(case, part, outcome, words=words, by=by, at=at) if found.paper else None
    told = {**facts, **facts_of_paper(paper)}
    step = write_step(case, part, act, before, who=who, words=words, at=at, facts=told)
    if found.ends:
        _close(case, at)
    return step


def step_to_take(case: Case, part: Part, act: str, *, who: Who, words: Words, at: datetime) -> StepOfKind:
    """Return a step of the part's kind that may be taken as it stands.

    Raises NotAStep, NotTheirStep, NotResponsible, OnePersonTwice, WordsMissing, DecidedBeforeItsRecord.
    """
    found = kind_of_case(part.kind).step(act, state=part.state, by=who.party)
    refuse_another_body(part, who)
    _refuse_one_person_twice(case, who)
    if found.ends:
        _refuse_without_words(words)
        refuse_impossible_day(part, words.decided_on, at)
    return found


def write_step(
    case: Case,
    part: Part,
    act: str,
    before: str,
    *,
    who: Who,
    words: Words,
    at: datetime,
    facts: Mapping[str, Any] = NOTHING,
) -> Step:
    """Write down what was done with a part, the notice of it and the audit of it."""
    notice = tell_of_step(case, part, act, words=words, by=who.actor.written, at=at, facts=facts)
    step = Step.objects.create(
        subject_id=part.subject_id,
        id=fresh_id(at=at),
        case_id=part.case_id,
        part_id=part.id,
        act=act,
        state_before=before,
        state_after=part.state,
        at=at,
        actor=who.actor.written,
        party=who.party.value,
        agency_id=who.agency_id,
        reason=words.reason,
        basis=words.basis,
        remedy=words.remedy,
        notice_id=notice.id,
        detail=dict(words.detail),
    )
    write_event(
        actor=who.actor,
        action=f"case.{act}",
        object_kind="case",
        object_id=case.id.hex,
        at=at,
        detail={
            "kind": part.kind,
            "part": part.id.hex,
            "record": part.record_id.hex if part.record_id else "",
        },
    )
    return step


def record_of(part: Part) -> Entry:
    """Return the current version of the record a part is about. Raises ValueError for a part about none."""
    if part.record_id is None:
        raise ValueError(f"a part about no record: {part.id.hex}")
    return current_entry(part.subject_id, part.record_id)


def put_on_axis(part: Part, value: str, *, actor: str, ground: str, at: datetime) -> None:
    """Let the record's dispute or repair say what a step leads to; once repaired, it stays repaired."""
    axis = kind_of_case(part.kind).axis
    if not value or not axis or part.record_id is None:
        return
    if axis == REPAIR_AXIS and is_repaired(part.subject_id, part.record_id):
        return
    StateChange.objects.create(
        subject_id=part.subject_id, id=fresh_id(at=at), record_id=part.record_id, axis=axis, value=value,
        at=at, actor=actor, ground=ground,
    )  # fmt: skip


def refuse_impossible_day(part: Part, decided_on: date | None, at: datetime) -> None:
    """Raise DecidedBeforeItsRecord for a day of decision before the record's own, or after today."""
    if decided_on is None:
        return
    if decided_on > legal_day(at):
        raise DecidedBeforeItsRecord(decided_on.isoformat())
    if part.record_id is None:
        return
    first = current_entry(part.subject_id, part.record_id).decided_on
    if first is not None and decided_on < first:
        raise DecidedBeforeItsRecord(decided_on.isoformat())


def refuse_another_body(part: Part, who: Who) -> None:
    """Raise NotResponsible for an agency that does not answer for a part."""
    if who.party is not Party.AGENCY:
        return
    under = agencies_under(who.agency_id) if who.agency_id else set()
    if part.responsible_id not in under:
        raise NotResponsible(part.id.hex)


def refuse_own_application(case: Case, who: Who) -> None:
    """Raise OnePersonTwice for an officer of the centre who took an application down and would decide it."""
    if who.party is Party.CENTRE and who.actor.written == case.opened_by:
        raise OnePersonTwice(who.actor.written)


def _refuse_one_person_twice(case: Case, who: Who) -> None:
    if who.party is Party.SECOND and who.actor.written == case.opened_by:
        raise OnePersonTwice(who.actor.written)


def _refuse_without_words(words: Words) -> None:
    said = {"reason": words.reason, "basis": words.basis, "remedy": words.remedy}
    missing = tuple(name for name, text in said.items() if not text.strip())
    if missing:
        raise WordsMissing(missing)


def _move(part: Part, found: StepOfKind, who: Who, words: Words, at: datetime) -> None:
    changes: dict[str, Any] = {"state": found.to, "steps_taken": F("steps_taken") + 1}
    if found.ends:
        changes |= {
            "outcome": found.ends,
            "reason": words.reason,
            "basis": words.basis,
            "remedy": words.remedy,
            "decided_on": words.decided_on or legal_day(at),
            "decided_by": who.actor.written,
            "closed_at": at,
        }
    standing = Part.objects.filter(
        subject_id=part.subject_id, id=part.id, steps_taken=part.steps_taken, closed_at=None
    )
    if standing.update(**changes) != 1:
        raise TakenMeanwhile(part.id.hex)
    part.refresh_from_db()


def _close(case: Case, at: datetime) -> None:
    """Close the case with its last part."""
    if not Part.objects.filter(case_id=case.id, closed_at=None).exists():
        Case.objects.filter(subject_id=case.subject_id, id=case.id).update(closed_at=at)
        case.closed_at = at
