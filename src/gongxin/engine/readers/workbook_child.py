"""Reads a workbook in a process of its own, under limits of memory and time.

Run by path with a bare interpreter: it gets the workbook on standard input, and gives on standard output
one line of JSON with every sheet's first rows, then one Arrow stream of text for each sheet. It knows
nothing of headers and writes nothing to disk. The limits are its arguments: bytes of memory, seconds.
"""

import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
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

_HEAD_ROWS = 40
_BATCH_ROWS = 10_000
_BATCH_LETTERS = 4 << 20
# A number in a workbook keeps fifteen digits; from here on a code typed as a number has lost its end.
FIRST_INEXACT = 10**15

LOCKED, UNREADABLE, OUT_OF_MEMORY = 3, 4, 5  # exit codes

Row = tuple[int, list[str | None], int | None]  # row number, cells, the column whose number lost digits


def read_workbook(data: bytes, out: BinaryIO) -> None:
    """Write the sheets of `data` to `out`. Raises CalamineError for what is no readable workbook."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [
        (sheet, workbook.get_sheet_by_name(sheet.name))
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    heads = [_head(sheet, content) for sheet, content in sheets]
    out.write(json.dumps({"sheets": heads}).encode() + b"\n")
    for _, content in sheets:
        _write_rows(content, out)


def _head(sheet: SheetMetadata, content: CalamineSheet) -> dict[str, Any]:
    rows = []
    for number, cells, _ in _rows(content):
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
            yield number + 1, cells, _lost_digits(values)


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


def cell_text(value: Any) -> str | None:
    """Return a cell as text: dates ISO, whole numbers without a point, never an exponent; None if empty."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Fifteen digits are what the sender sees; the binary tail of 0.1 + 0.2 is not.
        return format(Decimal(f"{value:.15g}"), "f")
    # Python writes dates and times as ISO does, with a space between them.
    return str(value.replace(microsecond=0) if isinstance(value, datetime) else value)


def _write_rows(sheet: CalamineSheet, out: BinaryIO) -> None:
    schema = pa.schema(
        [("row", pa.uint32()), ("lost", pa.int32())]
        + [(f"c{column}", pa.string()) for column in range(sheet.width)]
    )
    with pa.ipc.new_stream(out, schema) as stream:
        for rows in _batches(_rows(sheet)):
            columns = zip(*((number, lost, *cells) for number, cells, lost in rows), strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            stream.write_batch(pa.record_batch(arrays, schema))


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    letters = 0
    for row in rows:
        batch.append(row)
        letters += sum(len(cell) for cell in row[1] if cell)
        if len(batch) == _BATCH_ROWS or letters > _BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _limit(memory: int, seconds: int) -> None:
    """Bound what this process may still take: an oversized workbook ends it, not the machine."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    _limit(int(sys.argv[1]), int(sys.argv[2]))
    try:
        read_workbook(sys.stdin.buffer.read(), sys.stdout.buffer)
    except PasswordError:
        return LOCKED
    except (CalamineError, ValueError, OverflowError):
        return UNREADABLE
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())
