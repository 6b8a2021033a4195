"""Reading a staging table by sequence number: in order, and no further than the first gap.

A sender's database gives numbers before it commits, so a lower number may appear after a higher one; and a
transaction that is rolled back leaves a gap for ever. So a gap is waited for, then passed and told; what
appears below what was read comes too late, for it would put an older word over a newer one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GAP_WAIT = timedelta(minutes=10)


class Operation(StrEnum):
    ADD = "add"
    REPLACE = "replace"  # a row with the same key is a newer version, whichever of the two is written
    WITHDRAW_REQUEST = "withdraw-request"


class Outcome(StrEnum):
    RECEIVED = "received"  # in a submission that is not worked off yet
    ACCEPTED = "accepted"
    TO_CORRECT = "to-correct"
    OUT_OF_SCOPE = "out-of-scope"
    REFUSED = "refused"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class Take:
    """What is read now: how many of the numbers given, and how things stand afterwards.

    `gap` is the first and last number that were missing and are waited for no longer.
    """

    count: int
    waiting_since: datetime | None
    gap: tuple[int, int] | None = None


def take(
    *, read_through: int | None, present: Sequence[int], waiting_since: datetime | None, at: datetime
) -> Take:
    """Return how many of `present` (rising, all above `read_through`) may be read at `at`.

    `read_through` is None where nothing was ever read: the first number there begins the sequence.
    """
    first = present[0]
    if read_through is not None and first > read_through + 1:
        if waiting_since is None:
            return Take(0, at)
        if at - waiting_since < GAP_WAIT:
            return Take(0, waiting_since)
        return Take(_unbroken(present), None, (read_through + 1, first - 1))
    return Take(_unbroken(present), None)


def _unbroken(present: Sequence[int]) -> int:
    ahead = (place for place, number in enumerate(present) if number != present[0] + place)
    return next(ahead, len(present))
