"""The header of a file whose headers nobody knows yet, so that a person can say what its columns are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from gongxin.core.own_marks import TemplateMark, template_mark_in
from gongxin.engine.own_copy import header_as_sent
from gongxin.engine.readers.opening import open_tables
from gongxin.engine.readers.table import Chunk, FileRefused, Table

_LEAST_CELLS = 2
_WIDE_ENOUGH = 0.6  # of the widest row: a title row above the header has fewer cells


@dataclass(frozen=True, slots=True)
class LikelyHeader:
    """The header as written, where it stands, and the first row under it to tell columns apart by."""

    cells: tuple[str, ...]
    row: int
    sheet: str
    sample: tuple[str, ...]
    template: TemplateMark | None  # of ours the file was made from


def likely_header(source: BinaryIO, *, filename: str) -> LikelyHeader:
    """Return the first row, among those a header is looked for in, that is about as wide as any.

    Raises FileRefused for a file no table can be read from.
    """
    row = _widest_first(_first_rows(source, filename))
    source.seek(0)
    # Held by a name while its first table is read: a workbook's reader ends when this does.
    tables = open_tables(source, filename=filename, is_header=lambda cells: tuple(cells) == row)
    table = next(tables)
    return LikelyHeader(
        header_as_sent(table.header),
        table.header_row,
        table.sheet,
        _sample(table),
        template_mark_in(chain.from_iterable(table.lead)),
    )


def first_rows(source: BinaryIO, *, filename: str) -> list[tuple[str, ...]]:
    """Return the rows of the first table among which a header is looked for, without our own columns.

    Raises FileRefused for a file no table can be read from.
    """
    return [header_as_sent(tuple(cell or "" for cell in row)) for row in _first_rows(source, filename)]


def _first_rows(source: BinaryIO, filename: str) -> list[tuple[str, ...]]:
    seen: list[tuple[str, ...]] = []

    def remembered(cells: Sequence[str]) -> bool:
        seen.append(tuple(cells))
        return False

    try:
        next(iter(open_tables(source, filename=filename, is_header=remembered)), None)
    except FileRefused:
        if not seen:
            raise
    return seen


def _widest_first(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    widths = [sum(bool(cell and cell.strip()) for cell in row) for row in rows]
    enough = max(_LEAST_CELLS, _WIDE_ENOUGH * max(widths, default=0))
    return next((row for row, width in zip(rows, widths, strict=True) if width >= enough), ())


def _sample(table: Table) -> tuple[str, ...]:
    for item in islice(table.items, 20):
        if isinstance(item, Chunk) and len(item.frame):
            first = item.frame.drop("row").row(0)
            return tuple(str(cell or "") for cell in first)
    return ()
