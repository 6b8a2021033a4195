"""Parses a workbook, in a process of its own: every sheet's first rows, then the rows of each sheet."""

import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gongxin.engine.readers.cell_text import FIRST_INEXACT, cell_text
from gongxin.engine.readers.child import (
    LOCKED,
    LONG,
    LONGEST_ROW,
    LOST_DIGITS,
    UNREADABLE,
    Refused,
    row_schema,
    run,
    write_head,
    write_rows,
)

_HEAD_ROWS = 40
_BATCH_ROWS = 10_000
_BATCH_LETTERS = 4 << 20

# Its number, what is wrong with it, the column to blame, its cells.
Row = tuple[int, str | None, int | None, list[str | None]]


def parse(source: BinaryIO, out: BinaryIO) -> None:
    """Write the sheets of `source` to `out`. Raises Refused for what is no readable workbook."""
    try:
        sheets = _opened(source.read())
        write_head(out, {"sheets": [_head(sheet, content) for sheet, content in sheets]})
        for _, content in sheets:
            schema = row_schema(content.width, pa.string())
            write_rows(out, schema, (_batch(rows, schema) for rows in _batches(_rows(content))))
    except PasswordError as error:
        raise Refused(LOCKED) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise Refused(UNREADABLE) from error


def _opened(data: bytes) -> list[tuple[SheetMetadata, CalamineSheet]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        (sheet, workbook.get_sheet_by_name(sheet.name))
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _head(sheet: SheetMetadata, content: CalamineSheet) -> dict[str, Any]:
    rows = []
    for number, _, _, cells in _rows(content):
        rows.append((number, [cell or "" for cell in cells]))
        if len(rows) == _HEAD_ROWS:
            break
    last = rows[-1][0] if rows else 0
    continued = {
        row + 1
        for (top, _), (bottom, _) in content.merged_cell_ranges or ()
        for row in range(top + 1, min(bottom, last) + 1)
    }
    visible = sheet.visible == SheetVisibleEnum.Visible
    return {"name": sheet.name, "visible": visible, "rows": rows, "continued": sorted(continued)}


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Yield the rows that hold text of their own; a cell merged downwards repeats its value."""
    if sheet.start is None:
        return
    merges = _tall_merges(sheet)
    open_merges: dict[int, tuple[int, str | None]] = {}
    for number, values in enumerate(sheet.iter_rows()):
        cells = [cell_text(value) for value in values]
        blank = not any(cells)
        for column, (bottom, text) in list(open_merges.items()):
            if number > bottom:
                del open_merges[column]
            elif cells[column] is None:
                cells[column] = text
        for column, bottom in merges.get(number, ()):
            open_merges[column] = (bottom, cells[column])
        if not blank:
            yield _judged(number + 1, cells, values)


def _judged(number: int, cells: list[str | None], values: Iterable[Any]) -> Row:
    if sum(len(cell) for cell in cells if cell) > LONGEST_ROW:
        return number, LONG, None, [None] * len(cells)
    lost = _lost_digits(values)
    return number, None if lost is None else LOST_DIGITS, lost, cells


def _tall_merges(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Return, by first row, the (column, last row) of merges over several rows."""
    found: dict[int, list[tuple[int, int]]] = {}
    first_column, width = (sheet.start or (0, 0))[1], sheet.width
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top and 0 <= left - first_column < width:
            found.setdefault(top, []).append((left - first_column, bottom))
    return found


def _lost_digits(values: Iterable[Any]) -> int | None:
    for column, value in enumerate(values):
        if isinstance(value, int | float) and abs(value) >= FIRST_INEXACT:
            return column
    return None


def _batch(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*((*place, *cells) for *place, cells in rows), strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    letters = 0
    for row in rows:
        batch.append(row)
        letters += sum(len(cell) for cell in row[3] if cell)
        if len(batch) == _BATCH_ROWS or letters > _BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


if __name__ == "__main__":
    run(parse)
