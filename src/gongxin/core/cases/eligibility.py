"""May a record be repaired now, from which day, by which rule, or why not: pure, from a record's facts.

From which day is decided with the publication (`repairable_from`, its rule and source). Papers that were
false bar their subject for three years, once an officer has confirmed that rule: it burdens, and nobody has
read it in full. Source: law/repair.yaml; law-decisions 6, 15, 18 and its head.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongxin.core.penalties import is_never_early


class WhyNot(StrEnum):
    """Why a record cannot be repaired now."""

    NOT_ADVERSE = "not-adverse"
    OVER = "over"  # nothing of it is published, shared or used any more
    NOT_DECIDED = "not-decided"  # it waits for a person's decision, and shows nowhere
    NEVER_EARLY = "never-early"  # the law shows it to its end
    ASKED = "asked"  # a case about it is open
    BARRED = "barred"  # false papers
    TOO_EARLY = "too-early"  # its day has not come; it may wait inside a case


MAY_WAIT = WhyNot.TOO_EARLY


@dataclass(frozen=True, slots=True)
class RepairFacts:
    """What the question depends on. `ends_on` is the last of its three ends, None for none.

    `decided`: its publication is; `rule` and `source` gave the day; `barred_until` is the last bar that
    stands, confirmed or not.
    """

    adverse: bool
    decided: bool
    repaired: bool
    withdrawn: bool
    repairable_from: date | None
    ends_on: date | None
    rule: str
    source: str
    asked: bool = False
    barred_until: date | None = None
    bar_is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Eligibility:
    """From which day (None: no time must pass), by which rule and source, and why not now."""

    from_on: date | None
    rule: str
    source: str
    why_not: WhyNot | None = None

    @property
    def may_now(self) -> bool:
        return self.why_not is None

    @property
    def may_be_asked(self) -> bool:
        """Return whether it may be part of a case: now, or waiting inside it for its day."""
        return self.why_not in {None, MAY_WAIT}


def may_be_repaired(facts: RepairFacts, *, on: date) -> Eligibility:
    """Return whether a record may be repaired on a day, and if not, from when or why not."""
    why = _why_not(facts, on)
    from_on = facts.repairable_from
    if why is WhyNot.BARRED and facts.barred_until is not None:
        from_on = max(facts.barred_until, from_on or facts.barred_until)
    return Eligibility(from_on, facts.rule, facts.source, why)


def _why_not(facts: RepairFacts, on: date) -> WhyNot | None:
    """Return the first of all reasons that holds."""
    barred = facts.bar_is_confirmed and facts.barred_until is not None and on < facts.barred_until
    early = facts.repairable_from is not None and on < facts.repairable_from
    reasons = (
        (not facts.adverse, WhyNot.NOT_ADVERSE),
        (_is_over(facts, on), WhyNot.OVER),
        (not facts.decided, WhyNot.NOT_DECIDED),
        (_never_early(facts), WhyNot.NEVER_EARLY),
        (facts.asked, WhyNot.ASKED),
        (barred, WhyNot.BARRED),
        (early, WhyNot.TOO_EARLY),
    )
    return next((why for holds, why in reasons if holds), None)


def _is_over(facts: RepairFacts, on: date) -> bool:
    ended = facts.ends_on is not None and facts.ends_on <= on
    return facts.repaired or facts.withdrawn or ended


def _never_early(facts: RepairFacts) -> bool:
    """Return whether the law shows a record to its end, also one its source has moved."""
    day, end = facts.repairable_from, facts.ends_on
    at_the_end = day is not None and end is not None and day >= end
    return at_the_end or is_never_early(facts.rule)
