"""The drawn timeline: one lane for each class, one mark for each record; the list under it says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from gongxin.interfaces.site.subjects import Group

WIDTH, LANE, LABELS, EDGE = 780, 28, 188, 16
FEWEST, MOST_YEARS = 2, 12  # below two marks there is nothing to draw


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: int
    record_id: UUID
    adverse: bool


@dataclass(frozen=True, slots=True)
class Lane:
    y: int
    label: str
    begins: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    foot: int
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def drawing_of(groups: Sequence["Group"], *, today: date) -> Drawing | None:
    """Return the drawing of all dated records, or None where too few make a picture."""
    dated = [day for group in groups for day in _days(group)]
    if len(dated) < FEWEST:
        return None
    first = date(max(min(dated).year, today.year - MOST_YEARS + 1), 1, 1)
    last = max(today, *dated) + timedelta(days=30)
    lanes = [group for group in groups if any(_days(group))]
    foot = LANE * len(lanes) + 8
    return Drawing(
        width=WIDTH,
        height=foot + 24,
        foot=foot,
        lanes=tuple(_lane(row, group) for row, group in enumerate(lanes)),
        marks=tuple(mark for row, group in enumerate(lanes) for mark in _marks(row, group, first, last)),
        ticks=tuple(
            Tick(_x(date(year, 1, 1), first, last), year) for year in range(first.year, last.year + 1)
        ),
    )


def _days(group: "Group") -> Iterable[date]:
    return (one.view.decided_on for one in group.tellings if one.view.decided_on is not None)


def _lane(row: int, group: "Group") -> Lane:
    return Lane(
        y=row * LANE + LANE // 2 + 4,
        label=group.kind,
        begins=LABELS,
    )


def _marks(row: int, group: "Group", first: date, last: date) -> Iterable[Mark]:
    for one in group.tellings:
        view = one.view
        if view.decided_on is not None:
            x = _x(max(view.decided_on, first), first, last)
            yield Mark(x, row * LANE + LANE // 2 + 4, view.record_id, view.adverse)


def _x(day: date, first: date, last: date) -> float:
    share = (day - first).days / max((last - first).days, 1)
    return round(LABELS + EDGE + share * (WIDTH - LABELS - 2 * EDGE), 1)
