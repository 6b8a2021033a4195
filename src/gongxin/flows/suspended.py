"""Suspending a publication at once: for a leak, a wrong person or a revoked act, and for nothing else.

Suspending is not deleting: one person suspends, a second confirms or lifts within one working day. Nobody
lifts by waiting: past its day it stays suspended and the authority above is told. Confirmed, it stays so
until the record is withdrawn or corrected; its period runs on. Source: law-decisions 20.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Party, Who, Words
from gongxin.core.cases.kinds import causes_to_suspend, source_act_words
from gongxin.core.disclosure import Outcome
from gongxin.flows.case_steps import WordsMissing, part_to_step
from gongxin.flows.change_publication import SILENCE, hide, newest_decision, show_again, shows_now
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.flows.second_person import refuse_another_body, take_as_second
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case, Step
from gongxin.registry.cases.queries import open_parts_of
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.ledger.queries import current_entry


class NotShowing(Exception):
    """Nothing of this record shows, so there is nothing to suspend."""


class NoSuchCause(Exception):
    """A publication is suspended at once for the causes the law data names, and for no other."""


def suspend(
    *, subject_id: UUID, record_id: UUID, cause: str, reason: str, form_id: UUID, who: Who, at: datetime
) -> Case:
    """Suspend what shows of a record at once; its subject and its source are told.

    Raises NoSuchCause, WordsMissing, NotShowing, NotResponsible, and what `open_case` raises.
    """
    if cause not in causes_to_suspend():
        raise NoSuchCause(cause)
    if not reason.strip():
        raise WordsMissing(("reason",))
    with transaction.atomic():
        bulk.one_writer()
        entry = current_entry(subject_id, record_id)
        refuse_another_body(entry, who)
        case, is_new = open_case(
            _application(subject_id, record_id, cause, reason, form_id, who), who=who, at=at
        )
        if is_new:
            _hide(entry, cause, who, at)
        return case


def confirm_suspension(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Confirm a suspension as the second person: it stays until the record is withdrawn or corrected.

    Raises NotResponsible, and what `take` raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        return take_as_second(case, part, "confirm", who=who, words=words, at=at)


def lift(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Lift a suspension as the second person: it shows again for the rest of its period.

    What its source has been silent about stays hidden for that. Raises WordsMissing, and as `confirm` does.
    """
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        if not words.reason.strip():
            raise WordsMissing(("reason",))
        step = take_as_second(case, part, "lift", who=who, words=words, at=at)
        if part.record_id is not None:
            _show_again(current_entry(part.subject_id, part.record_id), who, at)
        return step


def is_suspended_for_cause(entry: Version) -> bool:
    """Return whether a record is suspended for one of the causes, and a second person has confirmed it."""
    newest = newest_decision(entry.subject_id, entry.record_id)
    for_cause = (
        newest is not None and newest.outcome == Outcome.SUSPENDED and newest.reason in causes_to_suspend()
    )
    return for_cause and not open_parts_of([entry.subject_id], entry.record_id, kind=Kind.SUSPENSION.value)


def _application(
    subject_id: UUID, record_id: UUID, cause: str, reason: str, form_id: UUID, who: Who
) -> Application:
    basis, remedy = source_act_words(Kind.SUSPENSION)
    return Application(
        kind=Kind.SUSPENSION,
        subject_id=subject_id,
        asked=[Asked(record_id)],
        form_id=form_id,
        entry=Entry.SOURCE if who.party is Party.AGENCY else Entry.CENTRE,
        words=Words(reason, basis.zh, remedy.zh, detail={"cause": cause}),
    )


def _hide(entry: Version, cause: str, who: Who, at: datetime) -> None:
    newest = newest_decision(entry.subject_id, entry.record_id)
    silent = newest is not None and (newest.outcome, newest.reason) == (Outcome.SUSPENDED, SILENCE)
    if not silent and not shows_now(newest, at=at):
        raise NotShowing(entry.record_id.hex)
    hide([entry], outcome=Outcome.SUSPENDED, reason=cause, decided_by=who.actor.written, at=at)


def _show_again(entry: Version, who: Who, at: datetime) -> None:
    newest = newest_decision(entry.subject_id, entry.record_id)
    if newest is None or newest.outcome != Outcome.SUSPENDED or newest.reason not in causes_to_suspend():
        return  # hidden for another reason since
    show_again([entry], decided_by=who.actor.written, at=at)
