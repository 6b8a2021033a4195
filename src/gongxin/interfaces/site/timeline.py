"""The drawn timeline: a lane for each class, a mark for each record; the lists under it say the same.

A lane is one path, and marks that would stand on each other are one mark: two thousand records must not
make a heavy page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from gongxin.interfaces.site.groups import Group

EDGE = 16
FEWEST, MOST_YEARS = 2, 12  # below two marks there is nothing to draw
FEW_YEARS = 2
CROWDED, APART = 40, 8  # more marks than that in a lane stand at least so many units apart
DOT = "M{x} {y}h0"
DIAMOND = "M{x} {top}l7 7-7 7-7-7z"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a drawing is drawn on: a wide one has its labels beside the lanes, a narrow one above them."""

    name: str
    width: int
    lane: int
    labels: int
    label_above: int
    tick_width: int


WIDE = Sheet("wide", width=780, lane=28, labels=188, label_above=-4, tick_width=56)
NARROW = Sheet("narrow", width=358, lane=44, labels=0, label_above=12, tick_width=56)  # a telephone, unscaled


@dataclass(frozen=True, slots=True)
class Lane:
    y: int
    label: str
    label_y: int
    begins: int
    adverse: bool
    path: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    sheet: str
    width: int
    height: int
    foot: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def drawings_of(groups: Sequence[Group], *, today: date) -> tuple[Drawing, ...]:
    """Return all dated records drawn for a wide and a narrow screen; none where too few make a picture."""
    dated = [day for group in groups for day in group.days]
    if len(dated) < FEWEST:
        return ()
    first = date(max(min(dated).year, today.year - MOST_YEARS + 1), 1, 1)
    last = max(today, *dated) + timedelta(days=30)
    lanes = [group for group in groups if group.days]
    return tuple(_drawing(sheet, lanes, first, last) for sheet in (WIDE, NARROW))


def _drawing(sheet: Sheet, lanes: Sequence[Group], first: date, last: date) -> Drawing:
    foot = sheet.lane * len(lanes) + 8
    return Drawing(
        sheet=sheet.name,
        width=sheet.width,
        height=foot + 24,
        foot=foot,
        lanes=tuple(_lane(sheet, row, group, first, last) for row, group in enumerate(lanes)),
        ticks=tuple(_ticks(sheet, first, last)),
    )


def _ticks(sheet: Sheet, first: date, last: date) -> Iterable[Tick]:
    """Yield the years, or the quarters of one or two; where they would stand on each other, only some."""
    years = last.year - first.year + 1
    if years <= FEW_YEARS:
        months = range(first.year * 12, last.year * 12 + last.month, 3)
        marks = [
            (date(month // 12, month % 12 + 1, 1), f"{month // 12}.{month % 12 + 1}") for month in months
        ]
    else:
        marks = [(date(year, 1, 1), str(year)) for year in range(first.year, last.year + 1)]
    room = (sheet.width - sheet.labels - 2 * EDGE) // sheet.tick_width
    for on, words in marks[:: ceil(len(marks) / room)]:
        yield Tick(_x(sheet, on, first, last), words)


def _lane(sheet: Sheet, row: int, group: Group, first: date, last: date) -> Lane:
    y = _y(sheet, row)
    places = {round(_x(sheet, max(day, first), first, last)) for day in group.days}
    if len(places) > CROWDED:
        places = {place // APART * APART for place in places}
    mark = DIAMOND if group.adverse else DOT
    path = "".join(mark.format(x=x, y=y, top=y - 7) for x in sorted(places))
    return Lane(y, group.kind, y - sheet.label_above, sheet.labels, group.adverse, path)


def _y(sheet: Sheet, row: int) -> int:
    low = 10 if sheet is NARROW else 0  # the label stands above its lane
    return row * sheet.lane + sheet.lane // 2 + 4 + low


def _x(sheet: Sheet, day: date, first: date, last: date) -> float:
    share = (day - first).days / max((last - first).days, 1)
    return round(sheet.labels + EDGE + share * (sheet.width - sheet.labels - 2 * EDGE), 1)
