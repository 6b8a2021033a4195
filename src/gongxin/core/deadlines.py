from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from gongxin.core.law_files import read_law
from gongxin.core.periods import Period
from gongxin.core.working_days import (
    Calendar,
    Reckoned,
    add_working_days,
    next_working_day,
    working_days_between,
)

NO_LIMIT = "no-limit"
HELD_BY_REVIEW, HELD_BY_SUIT, CERTIFIED_FINAL = "held-by-review", "held-by-suit", "certified-final"


class UnknownClass(Exception):
    """The law data knows no class of information by this name."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit, and what it rests on. `due_on` is None where the law gives no limit."""

    due_on: date | None
    provisional: bool
    rule: str
    source: str
    article: str = ""
    confidence: str = ""

    @property
    def publish_by(self) -> date | None:
        return self.due_on


def publish_by(class_id: str, decided_on: date, calendar: Calendar) -> Due:
    """Return the last day on which a decision of `class_id` may still be published in time.

    Source: deadlines.yaml#publish_by. Raises UnknownClass.
    """
    limit = limit_of(class_id, decided_on)
    return _due(limit["rule"], limit, decided_on, calendar) if limit else Due(None, False, NO_LIMIT, "")


def limit_of(class_id: str, decided_on: date) -> dict[str, Any] | None:
    """Return the limit to publish for a decision of that day, None where the law gives none.

    Raises UnknownClass.
    """
    rules = _deadlines()["publish_by"]
    if class_id not in rules:
        raise UnknownClass(class_id)
    newest_first = (one for one in rules[class_id] if (one["in_force_from"] or date.min) <= decided_on)
    return next(newest_first, None)


def classes_with_deadlines() -> tuple[str, ...]:
    return tuple(_deadlines()["publish_by"])


def counts_from_application(procedure: str) -> bool:
    """Return whether a limit counts from the day of the application, wherever that was taken in."""
    return bool(_deadlines()["procedures"][procedure]["from_event"] == "applied_on")


def due_on(procedure: str, event_on: date, calendar: Calendar) -> Due:
    """Return the last day of the limit that `procedure` began on `event_on`.

    Source: deadlines.yaml#procedures. Raises KeyError for a procedure it does not know.
    """
    return _due(procedure, _deadlines()["procedures"][procedure], event_on, calendar)


def lateness_working_days(due_on: date, done_on: date, calendar: Calendar) -> int:
    """Return how many working days after `due_on` something was done; 0 if in time."""
    return working_days_between(due_on, done_on, calendar)


def usable_from(
    decided_on: date,
    served_on: date | None,
    calendar: Calendar,
    *,
    review_open: bool = False,
    suit_open: bool = False,
    final_on: date | None = None,
) -> Due:
    """Return the first day on which a penalty may found a measure, an evaluation or a listing.

    The day after both the limit for review and the limit for suit have passed, counted from service, else
    from the day it is taken to have been served; or the day after `final_on`, the certified day on which it
    became final. No day while a review or a suit is open: that holds it, certified or not.
    Source: deadlines.yaml#finality, law-decisions 9.
    """
    if review_open or suit_open:
        return _resting_on_the_basis(HELD_BY_SUIT if suit_open else HELD_BY_REVIEW, None)
    if final_on is not None:
        return _resting_on_the_basis(CERTIFIED_FINAL, Reckoned(Period(days=1).after(final_on), False))
    return _after_review_and_suit(decided_on, served_on, calendar)


def _after_review_and_suit(decided_on: date, served_on: date | None, calendar: Calendar) -> Due:
    limits = _deadlines()["finality"]
    served = (
        Reckoned(served_on, False) if served_on else _ends(limits["assumed_service"], decided_on, calendar)
    )
    ends = [_ends(limits[name], served.day, calendar) for name in ("review", "suit")]
    last = max(ends, key=lambda end: end.day)
    provisional = served.provisional or any(end.provisional for end in ends)
    return _resting_on_the_basis(
        "after-review-and-suit", Reckoned(Period(days=1).after(last.day), provisional)
    )


def _resting_on_the_basis(rule: str, first: Reckoned | None) -> Due:
    basis = _deadlines()["finality"]["basis"]
    cited = (basis["source"], str(basis["article"]), basis["confidence"])
    return Due(first.day, first.provisional, rule, *cited) if first else Due(None, False, rule, *cited)


def _due(rule: str, limit: dict[str, Any], event_on: date, calendar: Calendar) -> Due:
    end = _ends(limit, event_on, calendar)
    return Due(end.day, end.provisional, rule, limit["source"], str(limit["article"]), limit["confidence"])


def _ends(limit: dict[str, Any], event_on: date, calendar: Calendar) -> Reckoned:
    if limit["unit"] == "working-days":
        return add_working_days(event_on, limit["count"], calendar)
    return next_working_day(Period(**{limit["unit"]: limit["count"]}).after(event_on), calendar)


@lru_cache(maxsize=1)
def _deadlines() -> dict[str, Any]:
    document: dict[str, Any] = read_law("deadlines.yaml")
    return document
