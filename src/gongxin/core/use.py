"""May something be founded on an adverse record: a measure, an evaluation, a proposal to list.

Publication and use are apart: what still shows may not be used yet, and what was never shown may be. Source:
law-decisions 6, 9, 17, 18, 20; Henan regulation art 20.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WhyNotUsed(StrEnum):
    """Why nothing may be founded on a record now."""

    NOT_IN_FORCE = "not-in-force"  # withdrawn, held, archived
    NOT_DECIDED = "not-decided"
    REPAIRED = "repaired"
    REORGANISATION = "reorganisation"  # a plan approved by a court is being carried out
    SUSPENDED = "suspended"
    NOT_FINAL = "not-final"  # review and suit are open to its subject, or pending
    OVER = "over"


# Withheld because an officer kept it so, because it was repaired, or because its period was over on arrival:
# such a record is kept and founds nothing. What is withheld by law-decisions 1 may be used.
WITHHELD_FOR_GOOD = frozenset({"held-back", "repaired", "period-over"})


@dataclass(frozen=True, slots=True)
class UseFacts:
    """What the question depends on. `use_until` is the first day on which it is used no longer."""

    in_force: bool
    decided: bool
    repaired: bool
    in_reorganisation: bool
    suspended: bool
    contested: bool  # a review or a suit is open
    usable_from: date | None
    use_until: date | None


def why_not_used(facts: UseFacts, *, on: date) -> WhyNotUsed | None:
    """Return why nothing may be founded on a record on a day; None where something may."""
    reasons = (
        (not facts.in_force, WhyNotUsed.NOT_IN_FORCE),
        (not facts.decided, WhyNotUsed.NOT_DECIDED),
        (facts.repaired, WhyNotUsed.REPAIRED),
        (facts.use_until is not None and facts.use_until <= on, WhyNotUsed.OVER),
        (facts.in_reorganisation, WhyNotUsed.REORGANISATION),
        (facts.suspended, WhyNotUsed.SUSPENDED),
        (facts.contested or _too_soon(facts, on), WhyNotUsed.NOT_FINAL),
    )
    return next((why for holds, why in reasons if holds), None)


def _too_soon(facts: UseFacts, on: date) -> bool:
    return facts.usable_from is not None and on < facts.usable_from
