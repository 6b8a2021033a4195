"""Splits whole records into columns, and names the rows that do not fit the header."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
from pyarrow import csv

from gongxin.core.catalogue import Label
from gongxin.engine.readers.octets import is_plain
from gongxin.engine.readers.records import UNCLOSED_QUOTE, Piece, first_line_of, record_lines, walk_records
from gongxin.engine.readers.table import MOST_DAMAGED, Chunk, Damage, FileRefused, mostly_unreadable

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Columns:
    """How the records of one table are split."""

    width: int
    delimiter: bytes


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A record with another number of cells than the header."""

    index: int  # among the records of its piece that are not blank
    cells: int
    text: bytes


def split_rows(piece: Piece, columns: Columns) -> list[Chunk | Damage]:
    """Return the rows of `piece` as one chunk, then its ragged lines.

    Rows without any text are left out. Empty cells after the last column of the header are forgiven:
    spreadsheets add them. Any other row that is shorter or longer than the header is damage.
    """
    try:
        frame, misfits = _parse(piece.text, columns)
    except pa.ArrowInvalid as error:  # so many misfits that they were not read to the end
        raise _mostly_ragged(piece.lines[0], columns) from error
    lines = record_lines(piece, records=frame.height + len(misfits))
    forgiven, ragged = _forgive(misfits, lines, columns)
    rows = _filled(frame.with_columns(_without(lines, misfits).alias("row")))
    if forgiven:
        rows = pl.concat([rows, *forgiven]).sort("row")
    chunks: list[Chunk | Damage] = [Chunk("", rows, is_plain(piece.text))] if rows.height else []
    return [*chunks, *(item for line, misfit in ragged for item in _ragged(line, misfit, columns))]


def _parse(text: bytes, columns: Columns) -> tuple[pl.DataFrame, list[_Misfit]]:
    misfits: list[_Misfit] = []

    def set_aside(row: csv.InvalidRow) -> str:
        misfits.append(_Misfit(row.number - 1, row.actual_columns, row.text.encode()))
        return "skip" if len(misfits) <= MOST_DAMAGED else "error"

    names = [f"c{i}" for i in range(columns.width)]
    # Arrow would drop a byte order mark at the start of any block; a blank line before it is skipped.
    safe = b"\n" + text if text.startswith(_BOM) else text
    table = csv.read_csv(
        pa.py_buffer(safe),
        # One thread: only then does Arrow number the rows it sets aside.
        read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=len(safe) + 1),
        parse_options=csv.ParseOptions(
            delimiter=columns.delimiter.decode(), newlines_in_values=True, invalid_row_handler=set_aside
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            check_utf8=False,  # the whole file was checked before
        ),
    )
    return _frame(table), misfits


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    if not isinstance(frame, pl.DataFrame):
        raise TypeError(type(frame))
    return frame


def _without(numbers: pl.Series, misfits: list[_Misfit]) -> pl.Series:
    if not misfits:
        return numbers
    places = pl.int_range(len(numbers), eager=True)
    return numbers.filter(~places.is_in([misfit.index for misfit in misfits]))


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` without the rows in which every cell is empty."""
    cells = frame.drop("row")
    if not all(cells[name].null_count() for name in cells.columns):
        return frame
    return frame.filter(~pl.all_horizontal(pl.col(cells.columns).is_null()))


def _forgive(
    misfits: list[_Misfit], numbers: pl.Series, columns: Columns
) -> tuple[list[pl.DataFrame], list[tuple[int, _Misfit]]]:
    """Return the rows whose surplus cells are all empty, and the others with their line."""
    forgiven: list[pl.DataFrame] = []
    ragged: list[tuple[int, _Misfit]] = []
    by_width: dict[int, list[_Misfit]] = {}
    for misfit in misfits:
        by_width.setdefault(misfit.cells, []).append(misfit)
    for cells, group in by_width.items():
        lines = numbers.gather([misfit.index for misfit in group])
        if cells < columns.width:
            ragged += zip(lines, group, strict=True)
            continue
        wide, _ = _parse(b"".join(m.text + b"\n" for m in group), Columns(cells, columns.delimiter))
        empty = wide.select(pl.all_horizontal(pl.nth(range(columns.width, cells)).is_null())).to_series()
        kept = wide.select(pl.nth(range(columns.width))).with_columns(lines.alias("row")).filter(empty)
        forgiven.append(_filled(kept))
        ragged += ((line, m) for line, m, ok in zip(lines, group, empty, strict=True) if not ok)
    return forgiven, sorted(ragged, key=lambda item: item[0])


def _ragged(line: int, misfit: _Misfit, columns: Columns) -> Iterator[Chunk | Damage]:
    """Yield the damage of one misfit.

    A misfit over several lines is more likely a quotation nobody closed than a row: only its first line is
    given up, and the lines it swallowed are read again on their own.
    """
    first = first_line_of(misfit.text)
    if len(first) == len(misfit.text):
        yield Damage("", line, "ragged-line", _ragged_message(misfit.cells, columns.width))
        return
    yield Damage("", line, "unclosed-quote", UNCLOSED_QUOTE)
    swallowed = misfit.text[len(first) :] + b"\n"
    cut = walk_records(swallowed, delimiter=columns.delimiter, line=line + 1, final=True)
    for item in cut.items:
        yield from split_rows(item, columns) if isinstance(item, Piece) else [item]


def _mostly_ragged(line: int, columns: Columns) -> FileRefused:
    said = Label(
        f"列数与表头的 {columns.width} 列不符。", f"it has not the {columns.width} cells of the header."
    )
    return mostly_unreadable(rows=[line], said=said)


def _ragged_message(cells: int, width: int) -> Label:
    return Label(
        f"本行有 {cells} 列，表头有 {width} 列；请检查分隔符、换行和引号。",
        f"This line has {cells} cells, the header {width}; check delimiters, line breaks and quotes.",
    )
