"""Identifiers of our own: 128 bits, time-ordered, made from a given instant and randomness."""

from datetime import datetime
from uuid import UUID

RANDOM_BYTES = 10


def new_id(*, at: datetime, randomness: bytes) -> UUID:
    """Return the id (RFC 9562 version 7) for `at`, an aware instant, and ten random bytes.

    Ids sort by instant; two of one millisecond differ by their 74 random bits.
    Raises ValueError for a naive instant or the wrong number of bytes.
    """
    if at.tzinfo is None:
        raise ValueError("an id needs an aware instant")
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"an id needs {RANDOM_BYTES} random bytes, got {len(randomness)}")
    milliseconds = int(at.timestamp() * 1000)
    random = int.from_bytes(randomness, "big")
    high, low = (random >> 64) & 0xFFF, random & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def ids_from(*, at: datetime, randomness: bytes) -> list[UUID]:
    """Return one id for each ten bytes of `randomness`, all of the same instant."""
    step = RANDOM_BYTES
    return [new_id(at=at, randomness=randomness[i : i + step]) for i in range(0, len(randomness), step)]
