"""The drawn timeline: one lane for each class, one mark for each record; the list under it says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from gongxin.interfaces.site.subjects import Group

EDGE = 16
FEWEST, MOST_YEARS = 2, 12  # below two marks there is nothing to draw


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a drawing is drawn on: a wide one has its labels beside the lanes, a narrow one above them."""

    name: str
    width: int
    lane: int
    labels: int
    label_above: int
    year_width: int


WIDE = Sheet("wide", width=780, lane=28, labels=188, label_above=-4, year_width=40)
NARROW = Sheet("narrow", width=358, lane=44, labels=0, label_above=12, year_width=40)  # a telephone, unscaled


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
    label_y: int
    begins: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Drawing:
    sheet: str
    width: int
    height: int
    foot: int
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def drawings_of(groups: Sequence["Group"], *, today: date) -> tuple[Drawing, ...]:
    """Return all dated records drawn for a wide and a narrow screen; none where too few make a picture."""
    dated = [day for group in groups for day in _days(group)]
    if len(dated) < FEWEST:
        return ()
    first = date(max(min(dated).year, today.year - MOST_YEARS + 1), 1, 1)
    last = max(today, *dated) + timedelta(days=30)
    lanes = [group for group in groups if any(_days(group))]
    return tuple(_drawing(sheet, lanes, first, last) for sheet in (WIDE, NARROW))


def _drawing(sheet: Sheet, lanes: Sequence["Group"], first: date, last: date) -> Drawing:
    foot = sheet.lane * len(lanes) + 8
    return Drawing(
        sheet=sheet.name,
        width=sheet.width,
        height=foot + 24,
        foot=foot,
        lanes=tuple(_lane(sheet, row, group) for row, group in enumerate(lanes)),
        marks=tuple(
            mark for row, group in enumerate(lanes) for mark in _marks(sheet, row, group, first, last)
        ),
        ticks=tuple(_ticks(sheet, first, last)),
    )


def _ticks(sheet: Sheet, first: date, last: date) -> Iterable[Tick]:
    """Yield the years; where they would stand on each other, only every second or third."""
    years = last.year - first.year + 1
    step = ceil(years * sheet.year_width / (sheet.width - sheet.labels - 2 * EDGE))
    for year in range(first.year, last.year + 1, step):
        yield Tick(_x(sheet, date(year, 1, 1), first, last), year)


def _days(group: "Group") -> Iterable[date]:
    return (one.view.decided_on for one in group.tellings if one.view.decided_on is not None)


def _lane(sheet: Sheet, row: int, group: "Group") -> Lane:
    y = _y(sheet, row)
    return Lane(y=y, label=group.kind, label_y=y - sheet.label_above, begins=sheet.labels)


def _marks(sheet: Sheet, row: int, group: "Group", first: date, last: date) -> Iterable[Mark]:
    for one in group.tellings:
        view = one.view
        if view.decided_on is not None:
            x = _x(sheet, max(view.decided_on, first), first, last)
            yield Mark(x, _y(sheet, row), view.record_id, view.adverse)


def _y(sheet: Sheet, row: int) -> int:
    low = 10 if sheet is NARROW else 0  # the label stands above its lane
    return row * sheet.lane + sheet.lane // 2 + 4 + low


def _x(sheet: Sheet, day: date, first: date, last: date) -> float:
    share = (day - first).days / max((last - first).days, 1)
    return round(sheet.labels + EDGE + share * (sheet.width - sheet.labels - 2 * EDGE), 1)
