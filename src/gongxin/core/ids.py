"""Identifiers of our own: 128 bits, time-ordered, made from a given instant and randomness."""

from datetime import datetime
from uuid import UUID

RANDOM_BYTES = 10
COUNTER_BITS = 30  # of the 74 random ones


def new_id(*, at: datetime, randomness: bytes) -> UUID:
    """Return the id (RFC 9562 version 7) for `at`, an aware instant, and ten random bytes.

    Ids sort by instant; two of one millisecond differ by their 74 random bits.
    Raises ValueError for a naive instant or the wrong number of bytes.
    """
    if at.tzinfo is None:
        raise ValueError("an id needs an aware instant")
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"an id needs {RANDOM_BYTES} random bytes, got {len(randomness)}")
    milliseconds = milliseconds_of(at)
    random = int.from_bytes(randomness, "big")
    high, low = (random >> 64) & 0xFFF, random & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def milliseconds_of(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def counted_randomness(count: int, randomness: bytes) -> bytes:
    """Return randomness for `new_id` whose ids sort by `count`, and after those of `hex_ids` of that instant.

    Records come in bulk and acts about them one by one; of one millisecond the act is the later.
    """
    random = int.from_bytes(randomness, "big")
    high, middle = 0x800 | count >> 19, count & ((1 << 19) - 1)
    low = random & ((1 << (62 - 19)) - 1)
    return (high << 64 | middle << (62 - 19) | low).to_bytes(RANDOM_BYTES, "big")


def hex_ids(*, at: datetime, randomness: bytes) -> list[str]:
    """Return one id for each ten bytes of `randomness`, all of the same instant, in hexadecimal.

    Of their millisecond they sort before those made with `counted_randomness`.
    """
    if at.tzinfo is None:
        raise ValueError("an id needs an aware instant")
    time_part = f"{milliseconds_of(at):012x}7"
    text = randomness.hex()
    step = 2 * RANDOM_BYTES
    return [
        f"{time_part}{_EARLY[text[i]]}{text[i + 1 : i + 3]}{_VARIANT[text[i + 3]]}{text[i + 4 : i + 19]}"
        for i in range(0, len(text), step)
    ]


# The two highest bits of the ninth octet are the variant, 10; the two below stay random.
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
_EARLY = {digit: f"{int(digit, 16) & 7:x}" for digit in "0123456789abcdef"}
