"""How long cases take: shares in time, medians and 95th percentiles of the working days that were used."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Whose = TypeVar("Whose", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Took:
    """One limit that has ended: in time or not, after how many working days without its pauses."""

    limit: str
    working_days: int
    in_time: bool


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What is known of one step: how many ended, how many in time, the middle and the slow end."""

    ended: int
    in_time: int
    median: int
    percentile_95: int

    @property
    def share_in_time(self) -> Fraction:
        return Fraction(self.in_time, self.ended)


def figures_of(took: Iterable[tuple[Whose, Took]]) -> Mapping[Whose, StepFigures]:
    """Return the figures of each group of limits that have ended."""
    groups: dict[Whose, list[Took]] = defaultdict(list)
    for whose, one in took:
        groups[whose].append(one)
    return {whose: _figures(found) for whose, found in groups.items()}


def percentile(values: Sequence[int], percent: int) -> int:
    """Return the smallest value that at least `percent` of them do not exceed. Raises IndexError for none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _figures(found: Sequence[Took]) -> StepFigures:
    days = [one.working_days for one in found]
    return StepFigures(
        ended=len(found),
        in_time=sum(one.in_time for one in found),
        median=percentile(days, 50),
        percentile_95=percentile(days, 95),
    )
