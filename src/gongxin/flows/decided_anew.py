"""The publication of a record whose facts have changed: as the law says of the new facts today, and yet
never longer than before, never again what has ended, and what a person has hidden stays hidden.

Source: law-decisions 4-6, 17, 18; Henan regulation art 42.
"""

from datetime import date, datetime
from typing import Any

from gongxin.core.disclosure import Outcome
from gongxin.core.kept_clocks import PERIOD_OVER
from gongxin.core.legal_day import day_begins
from gongxin.flows.change_publication import ONCE_SHOWN
from gongxin.flows.publish import PlannedDecision
from gongxin.registry import bulk
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision

ENDS = ("publish_until", "share_until", "use_until")
# Withheld by what the facts said, so that other facts may show it; all other reasons are a person's word.
BY_THE_FACTS = frozenset(
    {"minor", "no-social-impact", "state-or-trade-secret", "privacy", "limited-scope", PERIOD_OVER}
)


def decided_anew(
    newest: Decision | None, planned: PlannedDecision, *, told: dict[str, object], at: datetime
) -> dict[str, Any]:
    """Return the decision about changed facts by its columns, as the database takes them.

    `newest` is what was decided last, `planned` what the law says of the new facts; `told` says of which
    record and version, under which id and by whom it is taken.
    """
    values = {**_by_law(planned), **told, "class_id": planned.class_id, "audience": planned.audience}
    if newest is not None:
        values |= _bounded(newest, planned, at)
    values["decided_at"] = at
    if values["outcome"] == Outcome.PUBLISHED and values["publish_from"] is None:
        values["publish_from"] = at
    return {name: bulk.plain(values[name]) for name in publication.DECISION_COLUMNS}


def has_ended(newest: Decision, *, at: datetime) -> bool:
    """Return whether what a record once showed is over: ended by a person or by its day."""
    over = newest.publish_until is not None and newest.publish_until <= at
    return newest.outcome == Outcome.ENDED or (newest.outcome in ONCE_SHOWN and over)


def _by_law(planned: PlannedDecision) -> dict[str, Any]:
    terms = planned.terms
    return {
        "publish_from": None,
        "outcome": planned.outcome.value,
        "reason": planned.reason,
        "penalty_class": terms.penalty_class,
        "publish_until": _begins(terms.publish_until) if planned.outcome is Outcome.PUBLISHED else None,
        "share_until": _begins(terms.share_until),
        "use_until": _begins(terms.use_until),
        "repairable_from": terms.repairable_from,
        "due_on": terms.due_on,
        "provisional": int(terms.provisional),
        "late_working_days": None if planned.outcome is Outcome.PENDING else terms.late_working_days,
        "rule": terms.rule,
        "source": terms.source,
    }


def _bounded(newest: Decision, planned: PlannedDecision, at: datetime) -> dict[str, Any]:
    """Return what the last decision takes from what the law says of the new facts."""
    if newest.outcome == Outcome.PENDING:
        return {}
    decided_in_time = {name: getattr(newest, name) for name in ("due_on", "provisional", "late_working_days")}
    if has_ended(newest, at=at):
        kept = ("outcome", "reason", "publish_from", *ENDS, "rule", "source")
        return {**decided_in_time, **{name: getattr(newest, name) for name in kept}}
    if newest.outcome == Outcome.WITHHELD:
        by_a_person = newest.reason not in BY_THE_FACTS
        kept_back = {"outcome": newest.outcome, "reason": newest.reason, "publish_until": None}
        return {**decided_in_time, **(kept_back if by_a_person else {})}
    return {**decided_in_time, **_no_longer(newest, planned, at)}


def _no_longer(newest: Decision, planned: PlannedDecision, at: datetime) -> dict[str, Any]:
    """Return the ends of what shows: the earlier of both; hidden for a time stays hidden for it."""
    by_law = _by_law(planned)
    ends = {name: _earlier(getattr(newest, name), by_law[name]) for name in ENDS}
    until = ends["publish_until"]
    if planned.reason == PERIOD_OVER or (until is not None and until <= at):
        ended = {"outcome": Outcome.ENDED.value, "reason": PERIOD_OVER, "publish_until": at}
        return {**ends, **ended, "publish_from": newest.publish_from}
    if planned.outcome is not Outcome.PUBLISHED:  # the law does not publish such a record
        return {**ends, "publish_until": None}
    kept = {"outcome": newest.outcome, "reason": newest.reason, "publish_from": newest.publish_from}
    return {**ends, **kept}


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((end for end in (one, other) if end is not None), default=None)


def _begins(day: date | None) -> datetime | None:
    return day_begins(day) if day else None
