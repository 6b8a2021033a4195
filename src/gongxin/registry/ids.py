import os
import threading
from datetime import datetime
from uuid import UUID

from gongxin.core.ids import COUNTER_BITS, RANDOM_BYTES, counted_randomness, milliseconds_of, new_id


class _Counter:
    """Counts the ids of one millisecond, so that of two acts at one instant the second sorts later."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds, self._count = -1, 0

    def next(self, milliseconds: int) -> int:
        with self._lock:
            if milliseconds != self._milliseconds:
                self._milliseconds = milliseconds
                self._count = int.from_bytes(os.urandom(3), "big")  # leaves room to count on
            else:
                self._count = (self._count + 1) % (1 << COUNTER_BITS)
            return self._count


_counter = _Counter()


def fresh_id(*, at: datetime) -> UUID:
    """Return a new id made at the instant `at`, later than those this process made for it before."""
    count = _counter.next(milliseconds_of(at))
    return new_id(at=at, randomness=counted_randomness(count, os.urandom(RANDOM_BYTES)))
