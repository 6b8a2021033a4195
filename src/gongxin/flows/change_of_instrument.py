"""What shows when an instrument gives way to another: it needs a rule in force that day (law-decisions 4).

A decision keeps the rule of its day. Once that rule is out of force the record is decided again by the one
that took its place: shown no longer than the lighter allows, or no more.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.disclosure import Outcome
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.notices import RULE_CHANGED as RULE_CHANGED_NOTICE
from gongxin.core.penalties import instruments_given_way
from gongxin.flows.change_publication import decision_again, newest_decisions
from gongxin.flows.notify import tell_of_records
from gongxin.flows.publish import NoBasisInForce, PlannedDecision, as_the_law_says
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.shown_by import shown_by
from gongxin.registry.quality.bulk import count_again

SOME = 100  # a turn: no write lock over a quarter of a second
RULE_CHANGED = "rule-changed"


def decide_some_again(*, actor: Actor, at: datetime) -> int:
    """Decide again about some records shown by a rule out of force; return how many, 0 once all are done."""
    with transaction.atomic():
        bulk.one_writer()
        found = shown_by(instruments_given_way(legal_day(at)), at=at, limit=SOME)
        entries = [current_entry(subject_id, record_id) for subject_id, record_id in found]
        newest = newest_decisions(entries)
        decided = [(entry, newest[entry.record_id], _lawful(entry, legal_day(at))) for entry in entries]
        publication.append(
            [
                decision_again(before, decided_by=actor.written, at=at, **_changes(before, lawful, at))
                for _, before, lawful in decided
            ]
        )
        count_again([(entry.subject_id.hex, entry.record_id.hex) for entry in entries], at=at)
        told = [
            (entry.subject_id.hex, fresh_id(at=at).hex, entry.record_id.hex, RULE_CHANGED_NOTICE)
            for entry in entries
            if entry.adverse
        ]
        tell_of_records(told, by=actor.written, at=at)
        for entry, before, lawful in decided:
            _write_audit(entry, before, lawful, actor, at)
    return len(decided)


def _lawful(entry: Entry, on: date) -> PlannedDecision | None:
    """Return what the law of the day makes of the record, nothing where its class is no longer law."""
    try:
        return as_the_law_says(entry, on=on)
    except NoBasisInForce:
        return None


def _changes(before: Decision, lawful: PlannedDecision | None, at: datetime) -> dict[str, Any]:
    """Return what the new decision changes: shorter ends under the rule of the day, or an end now."""
    if lawful is None or lawful.outcome is not Outcome.PUBLISHED:
        ended = {"outcome": Outcome.ENDED.value, "reason": RULE_CHANGED, "publish_until": bulk.instant(at)}
        return {**ended, **(_kept(before, lawful) if lawful else {})}
    terms = lawful.terms
    return {**_kept(before, lawful), "publish_until": _earlier(before.publish_until, terms.publish_until)}


def _kept(before: Decision, lawful: PlannedDecision) -> dict[str, Any]:
    terms = lawful.terms
    return {
        "penalty_class": terms.penalty_class,
        "share_until": _earlier(before.share_until, terms.share_until),
        "use_until": _earlier(before.use_until, terms.use_until),
        "repairable_from": terms.repairable_from.isoformat() if terms.repairable_from else None,
        "rule": terms.rule,
        "source": terms.source,
    }


def _earlier(stored: datetime | None, day: date | None) -> str | None:
    ends = [end for end in (stored, day_begins(day) if day else None) if end is not None]
    return bulk.instant(min(ends)) if ends else None


def _write_audit(
    entry: Entry, before: Decision, lawful: PlannedDecision | None, actor: Actor, at: datetime
) -> None:
    write_event(
        actor=actor,
        action="publication.rule-changed",
        object_kind="record",
        object_id=entry.record_id.hex,
        at=at,
        detail={"before": before.rule, "after": lawful.terms.rule if lawful else ""},
    )
