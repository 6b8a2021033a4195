"""Two lists of document numbers side by side: what stands in both, only here, only there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from gongxin.core.document_numbers import normal_form


class Numbered(Protocol):
    @property
    def document_number(self) -> str: ...


Row = TypeVar("Row", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Compared(Generic[Row]):
    """`only_there` are numbers as the other list writes them; a row without one is compared to nothing."""

    both: Sequence[Row]
    only_here: Sequence[Row]
    only_there: Sequence[str]
    without_number: Sequence[Row]


def compared(here: Iterable[Row], there: Iterable[str]) -> Compared[Row]:
    """Return `here` and `there` compared by number, however each of them writes brackets and spaces."""
    other = {normal_form(number): number.strip() for number in there if normal_form(number)}
    both, only_here, without = list[Row](), list[Row](), list[Row]()
    met: set[str] = set()
    for row in here:
        number = normal_form(row.document_number)
        met.add(number)
        (without if not number else both if number in other else only_here).append(row)
    only_there = [written for number, written in other.items() if number not in met]
    return Compared(both, only_here, only_there, without)
