"""The one way text leaves in a table: no cell of somebody else's may run as a formula.

Spreadsheets take a cell for a formula by its first character; the full-width forms work too
(OWASP "CSV injection"; ASVS 1.2.10). An apostrophe before it makes it plain text everywhere.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, count, islice
from typing import Any

import polars as pl

Cell = str | int | Decimal | None

FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")
LINES_AT_ONCE = 1_000
LONGEST_CELL = 32_767  # what a workbook can hold
LONGEST_SHEET_NAME = 31
_MADE_SAFE = "^'([" + "".join(f"\\x{{{ord(start):x}}}" for start in sorted(FORMULA_STARTS)) + "])"
_DEFAULT_SHEET = "Sheet1"
_RESERVED = {"history"}
_BOM = "\ufeff"  # without it a spreadsheet reads the file in its own code page


def safe_text(text: str) -> str:
    """Return `text` so that no spreadsheet runs it."""
    return f"'{text}" if text and text[0] in FORMULA_STARTS else text


def text_as_sent(text: str) -> str:
    """Return what `safe_text` made `text` of; only for a table that we wrote."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_STARTS else text


def rows_as_sent(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a table that we wrote with every text as it was before `safe_text`."""
    return rows.with_columns(pl.col(pl.String).str.replace(_MADE_SAFE, "$1"))


def sheet_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name another that a workbook accepts, no two of them alike in any case of letters."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        given[name] = next(free for free in _free_names(sheet_name(name)) if free.casefold() not in taken)
        taken.add(given[name].casefold())
    return given


def _free_names(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name[: LONGEST_SHEET_NAME - len(f' {number}')]} {number}"


def sheet_name(name: str) -> str:
    """Return a name a workbook accepts, for a file that may not have been one."""
    plain = "".join("_" if letter in "[]:*?/\\" else letter for letter in printable(name))
    plain = plain.strip("'")[:LONGEST_SHEET_NAME].rstrip("'")
    return f"{plain}_" if plain.casefold() in _RESERVED else plain or _DEFAULT_SHEET


def printable(text: str) -> str:
    """Return `text` as the parts of a workbook beside its cells can hold it."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """This will write `text` into a cell of an xlsxwriter sheet, as text and no longer than a cell may be."""
    sheet.write_string(row, column, safe_text(text)[:LONGEST_CELL], style)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file in pieces, UTF-8 with a byte order mark. Only our own numbers are numbers."""
    yield from csv_lines_of_safe([_safe(cell) for cell in cells] for cells in chain([header], rows))


def csv_lines_of_safe(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file as `csv_lines` does, of cells that are our own words or were made `safe_text`."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(_BOM)
    lines = iter(rows)
    while some := list(islice(lines, LINES_AT_ONCE)):
        writer.writerows(some)
        yield _taken(buffer)


def _safe(cell: Cell) -> Cell:
    return safe_text(cell).replace("\0", "") if isinstance(cell, str) else cell


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
