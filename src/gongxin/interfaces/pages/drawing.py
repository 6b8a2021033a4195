"""Small honest pictures as SVG: bars and a line, each drawn for a wide and a narrow screen.

Nothing moves and nothing is loaded. Every value stands beside its mark in words, so that a picture can be
read in black and white; the table under it says the same. A bar begins at nothing; a line may begin higher,
and says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

ROW, THICK, EDGE = 28, 16, 8
LINE_HEIGHT, LINE_TOP, LINE_FOOT = 200, 28, 30
STEP = 20  # a line's scale begins at a multiple of this many percent
FEWEST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """What one bar says: whose, how long as a share of the longest possible, what is written beside it."""

    label: str
    share: Fraction | None  # None: no data, drawn as nothing
    words: str
    pattern: str = "plain"  # below | required | expected | excellent | plain: told apart without colour
    href: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One place of a line; no share leaves a gap, which is not bridged."""

    label: str
    share: Fraction | None
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    width: int
    labels: int  # beside the bars; 0: above them
    words: int  # kept free to the right for what is written beside the longest bar
    place: int  # what a point of a line needs for its label


SHEETS = (
    Sheet("wide", width=780, labels=240, words=150, place=56),
    Sheet("narrow", width=358, labels=0, words=170, place=64),
)


@dataclass(frozen=True, slots=True)
class DrawnBar:
    bar: Bar
    x: int
    y: int
    width: float
    label_y: int
    words_x: float
    words_y: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing of bars, one under the other."""

    sheet: str
    width: int
    height: int
    base: int
    thick: int
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    point: Point
    x: float
    y: float | None
    labelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A drawing of one line over months, in pieces where months have no data."""

    sheet: str
    width: int
    height: int
    foot: int
    begins: int  # percent
    grid: tuple[tuple[float, int], ...]  # place, percent
    pieces: tuple[str, ...]
    points: tuple[DrawnPoint, ...]


def bars(rows: Sequence[Bar]) -> tuple[Bars, ...]:
    """Return bars drawn for each sheet; none where there is nothing to draw."""
    if not any(row.share is not None for row in rows):
        return ()
    return tuple(_bars(sheet, rows) for sheet in SHEETS)


def _bars(sheet: Sheet, rows: Sequence[Bar]) -> Bars:
    tall = ROW if sheet.labels else ROW + 22
    drawn = tuple(_drawn(sheet, row, place * tall) for place, row in enumerate(rows))
    return Bars(sheet.name, sheet.width, tall * len(rows) + EDGE, sheet.labels, THICK, drawn)


def _drawn(sheet: Sheet, bar: Bar, top: int) -> DrawnBar:
    y = top + (ROW - THICK) // 2 if sheet.labels else top + 24
    room = sheet.width - sheet.labels - sheet.words
    width = round(float(room * (bar.share or 0)), 1)
    label_y = y + 13 if sheet.labels else top + 18
    return DrawnBar(bar, sheet.labels, y, width, label_y, sheet.labels + width + EDGE, y + 13)


def line(points: Sequence[Point]) -> tuple[Line, ...]:
    """Return a line drawn for each sheet; none where there are not two points to draw between."""
    shares = [point.share for point in points if point.share is not None]
    if len(shares) < FEWEST_POINTS:
        return ()
    begins = max(0, min(100 - STEP, int(min(shares) * 100) // STEP * STEP))
    return tuple(_line(sheet, points, begins) for sheet in SHEETS)


def _line(sheet: Sheet, points: Sequence[Point], begins: int) -> Line:
    left, right = 64, sheet.width - 40
    apart = (right - left) / max(len(points) - 1, 1)
    every = max(1, -int(-sheet.place // apart)) if apart else 1
    last = len(points) - 1
    drawn = tuple(
        DrawnPoint(
            point, round(left + apart * place, 1), _y(point.share, begins), (last - place) % every == 0
        )
        for place, point in enumerate(points)
    )
    grid = tuple((_height(percent, begins), percent) for percent in range(begins, 101, STEP))
    height = LINE_TOP + LINE_HEIGHT + LINE_FOOT
    pieces = tuple(_pieces(drawn))
    return Line(sheet.name, sheet.width, height, LINE_TOP + LINE_HEIGHT, begins, grid, pieces, drawn)


def _y(share: Fraction | None, begins: int) -> float | None:
    return None if share is None else _height(share * 100, begins)


def _height(percent: Fraction | int, begins: int) -> float:
    return round(LINE_TOP + LINE_HEIGHT * (1 - float(percent - begins) / (100 - begins)), 1)


def _pieces(points: Iterable[DrawnPoint]) -> Iterable[str]:
    """Yield the pieces of the line, as SVG writes them; a month without data ends one."""
    piece: list[str] = []
    for drawn in points:
        if drawn.y is not None:
            piece.append(f"{drawn.x},{drawn.y}")
        elif piece:
            yield " ".join(piece)
            piece = []
    if piece:
        yield " ".join(piece)
