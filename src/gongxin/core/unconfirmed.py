"""What in the terms of a record rests on a value of the law that nobody has read in its full text yet.

A decision keeps the rule that gave its days, not how sure we are of it: that changes with a confirmation.
Source: law-decisions, head (everything unconfirmed is shown so to staff).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongxin.core.catalogue import Citation, Label
from gongxin.core.deadlines import limit_of
from gongxin.core.penalties import unconfirmed_penalty_rule
from gongxin.core.terms import unconfirmed_source

SURE = ("V", "P", "C")


def is_sure(citation: Citation, confirmed: Collection[str]) -> bool:
    """Return whether a value was read in full text, by us or by the officer who confirmed its source."""
    return citation.confidence in SURE or citation.source in confirmed


@dataclass(frozen=True, slots=True)
class UnconfirmedValue:
    """`source` is a key of `sources.yaml`, `of` what rests on it: the terms, or the limit to publish."""

    source: str
    of: str  # terms | limit
    why: Label | None = None


def unconfirmed_in(*, rule: str, class_id: str, decided_on: date | None) -> tuple[UnconfirmedValue, ...]:
    """Return what is unconfirmed in the terms that `rule` gave, and in the limit to publish of that day."""
    penalty = unconfirmed_penalty_rule(rule)
    source = unconfirmed_source(rule)
    limit = limit_of(class_id, decided_on) if decided_on else None
    found = [
        *([UnconfirmedValue(penalty[0], "terms", penalty[1])] if penalty else []),
        *([UnconfirmedValue(source, "terms")] if source else []),
        *([UnconfirmedValue(limit["source"], "limit")] if limit and limit["confidence"] not in SURE else []),
    ]
    return tuple(found)
