"""What public bodies owe small firms, and by when (`law/late_payment.yaml`).

Source: 保障中小企业款项支付条例 9, 26; law-decisions 5, 14.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from gongxin.core.law_files import read_law
from gongxin.core.periods import Period
from gongxin.core.working_days import Calendar, Reckoned, add_working_days, next_working_day


class TermTooLong(Exception):
    """No agreement gives a public body more than sixty days to pay a small firm (art 9)."""


def payment_due(delivered_on: date, agreed_days: int | None, calendar: Calendar) -> Reckoned:
    """Return the last day on which a payment is in time. Raises TermTooLong."""
    if agreed_days is not None and not 1 <= agreed_days <= longest_days():
        raise TermTooLong(agreed_days)
    days = _law()["term"]["days"] if agreed_days is None else agreed_days
    return next_working_day(Period(days=days).after(delivered_on), calendar)


def in_force_from() -> date:
    """Return the first day of delivery the regulation counts from."""
    found: date = _law()["in_force_from"]
    return found


def longest_days() -> int:
    return int(_law()["longest"]["days"])


def is_public_body(code: str | None) -> bool:
    """Return whether a unified code is one of an organ of the state or of a public institution (GB 32100)."""
    return code is not None and code.startswith(_public_prefixes())


@lru_cache(maxsize=1)
def _public_prefixes() -> tuple[str, ...]:
    return tuple(one["prefix"] for one in _law()["public_bodies"])


def is_overdue(due_on: date, paid_on: date | None, *, on: date) -> bool:
    return paid_on is None and (on - due_on).days >= _law()["grave"]["overdue_at_least_days"]


def days_late(due_on: date, paid_on: date | None, *, on: date) -> int:
    """Return how many days after its last day a payment was made, or is not made yet; 0 if in time."""
    return max(0, ((paid_on or on) - due_on).days)


def objection_days() -> int:
    """Return within how many working days of the notice a body may object to such a finding [P]."""
    return int(_law()["grave"]["time_to_object"]["working_days"])


def grave_from(reached_on: date, calendar: Calendar) -> date:
    """Return the first day on which it may be decided, after the day the notice reached the body."""
    return add_working_days(reached_on, objection_days(), calendar).day + timedelta(days=1)


def grave_until(decided_on: date) -> date:
    """Return the day from which a finding of grave late payment founds nothing any more."""
    return Period(**_law()["grave"]["ends_after"]).after(decided_on)


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("late_payment.yaml")
    return document
