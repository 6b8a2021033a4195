"""What an officer decides about a record that was held: publish it as the law says, or withhold it.

Source: law-decisions 1, 2, 6.
"""

from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.deadlines import lateness_working_days
from gongxin.core.disclosure import Outcome
from gongxin.core.legal_day import legal_day
from gongxin.flows.change_publication import ONCE_SHOWN, last_taken
from gongxin.flows.decided_anew import decided_anew
from gongxin.flows.notify import tell_of_records
from gongxin.flows.publish import (
    ComesAgain,
    NoBasisInForce,
    NotWaiting,
    PlannedDecision,
    Terms,
    as_the_law_says,
    planned,
    same,
)
from gongxin.flows.returning import HIDDEN_FOR_A_TIME, RETURNS_AFTER
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision


def decide_held(
    *, subject_id: UUID, record_id: UUID, publish: bool, ground: str, actor: Actor, at: datetime
) -> None:
    """Take the decision a held record waits for: publish it as the law says, or withhold it with `ground`.

    What showed before it was sent again and held shows no longer than it would have, and stays hidden where a
    person has hidden it.
    Raises NotWaiting if the record's newest decision is not pending, NoBasisInForce for publishing what
    the catalogue no longer has, ComesAgain for publishing what had ended before.
    """
    entry, on = current_entry(subject_id, record_id), legal_day(at)
    with transaction.atomic():
        bulk.one_writer()
        if not publication.is_pending(entry.subject_id.hex, record_id.hex):
            raise NotWaiting(record_id.hex)
        if publish and entry.held_reason.startswith(RETURNS_AFTER):
            raise ComesAgain(entry.held_reason)
        decision = as_the_law_says(entry, on=on) if publish else _held_back(entry, on=on)
        made, by = fresh_id(at=at).hex, actor.written
        outcome = _append(entry, decision, made, by=by, at=at)
        if entry.adverse:
            told = (entry.subject_id.hex, made, record_id.hex, decision.notice)
            tell_of_records([told], by=by, at=at)
        write_event(
            actor=actor,
            action="publication.decided",
            object_kind="record",
            object_id=record_id.hex,
            at=at,
            detail={"outcome": outcome, "ground": ground},
        )


def _append(entry: Entry, decision: PlannedDecision, made: str, *, by: str, at: datetime) -> str:
    """Append the decision about a record, within what was decided of it before; return its outcome."""
    subject, record, moment = entry.subject_id.hex, entry.record_id.hex, bulk.instant(at)
    shared = same(class_id=decision.class_id, audience=decision.audience, actor=by, moment=moment)
    bound = last_taken([(entry.subject_id, entry.record_id)]).get(entry.record_id)
    if bound is None or not _shows(decision) or not _binds(bound, entry):
        publication.append([decision.row(subject, made, record, entry.id.hex, moment)], same=shared)
        return decision.outcome.value
    told: dict[str, object] = {
        "subject_id": subject, "id": made, "record_id": record, "entry_id": entry.id.hex, "decided_by": by,
    }  # fmt: skip
    taken = decided_anew(bound, decision, told=told, at=at)
    publication.append([tuple(taken[name] for name in publication.DECISION_COLUMNS)])
    return str(taken["outcome"])


def _binds(bound: Decision, entry: Entry) -> bool:
    """Return whether what was decided before limits what is decided now: an end, or a person who hid it."""
    return bound.outcome in (ONCE_SHOWN if entry.adverse else HIDDEN_FOR_A_TIME)


def _shows(decision: PlannedDecision) -> bool:
    return decision.outcome is Outcome.PUBLISHED


def _held_back(entry: Entry, *, on: date) -> PlannedDecision:
    """Return the decision to withhold: lawful also where nothing can be reckoned any more."""
    try:
        lawful = as_the_law_says(entry, on=on)
        audience, terms = lawful.audience, lawful.terms
    except NoBasisInForce:
        taken = Decision.objects.filter(subject_id=entry.subject_id, record_id=entry.record_id)
        waiting = taken.latest("decided_at", "id")
        audience, terms = waiting.audience, _terms_again(waiting, on=on)
    return planned(
        class_id=entry.class_id,
        audience=audience,
        outcome=Outcome.WITHHELD,
        reason="held-back",
        terms=terms,
    )


def _terms_again(waiting: Decision, *, on: date) -> Terms:
    """Return what was reckoned while the class was in force: without one nothing can be reckoned anew."""
    again: dict[str, Any] = {field.name: getattr(waiting, field.name, "") for field in fields(Terms)}
    again |= {"usable_from": None, "publish_until": None}
    again |= {name: again[name] and legal_day(again[name]) for name in ("share_until", "use_until")}
    late = waiting.due_on and lateness_working_days(waiting.due_on, on, working_calendar())
    return Terms(**{**again, "late_working_days": late})
