"""Random samples for inspection, weighted by class, that a stranger can draw again.

Everybody gets as many tickets as the class weighs. A ticket's number is the SHA-256 of the text
`seed/evaluation/organisation/ticket` in UTF-8: the seed as given, both ids as 32 hexadecimal digits, tickets
counted from 1. Whoever holds the lowest ticket comes first, and so on until the sample is full; each is drawn
once. Whole numbers only, so that every machine draws the same. The procedure is the product's [P].
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from heapq import nsmallest

LONGEST_SEED = 64


class LargerThanAll(Exception):
    """There are fewer organisations than the sample was to have; `population` says how many."""

    def __init__(self, size: int, population: int) -> None:
        super().__init__(f"{size} of {population}")
        self.size = size
        self.population = population


class NothingToDraw(ValueError):
    """A sample needs a size above none, and a seed of 64 characters at most."""


def lowest_ticket(seed: str, evaluation: str, one: str, weight: int) -> bytes:
    """Return the lowest of the tickets that an organisation of this weight holds."""
    begin = sha256(f"{seed}/{evaluation}/{one}/".encode())
    tickets = []
    for number in range(1, weight + 1):
        ticket = begin.copy()
        ticket.update(str(number).encode())
        tickets.append(ticket.digest())
    return min(tickets)


def draw(
    graded: Iterable[tuple[str, str]], *, weights: Mapping[str, int], size: int, seed: str, evaluation: str
) -> list[str]:
    """Return the organisations drawn, in the order drawn, of those given as id and grade (any order).

    Raises NothingToDraw, LargerThanAll.
    """
    if size < 1 or not seed or len(seed) > LONGEST_SEED:
        raise NothingToDraw
    tickets = [(lowest_ticket(seed, evaluation, one, weights[grade]), one) for one, grade in graded]
    if size > len(tickets):
        raise LargerThanAll(size, len(tickets))
    return [one for _, one in nsmallest(size, tickets)]
