"""Comma, tab and otherwise separated text."""

import csv
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import BinaryIO

import polars as pl

from gongxin.engine.readers.encodings import TextEncoding, utf8_blocks
from gongxin.engine.readers.headers import (
    HEADER_ROWS,
    HeadRow,
    IsHeader,
    empty_file,
    find_header,
    header_only,
    no_header,
)
from gongxin.engine.readers.octets import count_lines
from gongxin.engine.readers.records import Piece, Record, cut_records, each_record
from gongxin.engine.readers.rows import Columns, split_rows
from gongxin.engine.readers.table import Chunk, Damage, Table

# The columns are cut at a single byte, so a full-width semicolon stands as this one while they are.
_STAND_IN = b"\x1f"
_THREADS = 2


@dataclass(frozen=True, slots=True)
class _Delimiter:
    text: str
    octet: bytes

    def applied(self, block: bytes) -> bytes:
        return block if self.octet != _STAND_IN else block.replace(self.text.encode(), _STAND_IN)

    def restored(self, cell: str) -> str:
        return cell if self.octet != _STAND_IN else cell.replace(_STAND_IN.decode(), self.text)


_DELIMITERS = (
    _Delimiter(",", b","),
    _Delimiter("\t", b"\t"),
    _Delimiter("；", _STAND_IN),
    _Delimiter(";", b";"),
    _Delimiter("|", b"|"),
)


@dataclass(frozen=True, slots=True)
class _Head:
    """The start of a table as one delimiter reads it."""

    delimiter: _Delimiter
    rows: list[HeadRow]
    place: int | None  # of the header in `rows`

    @property
    def cells(self) -> int:
        return len(self.rows[self.place].cells) if self.place is not None else 0


def open_delimited(
    source: BinaryIO, *, encoding: TextEncoding, is_header: IsHeader, header_row: int | None
) -> Table:
    """Return the table in `source`. Raises FileRefused without text, header or rows."""
    blocks = utf8_blocks(source, encoding)
    line, block = _first_with_text(blocks)
    head = _read_head(block, line, is_header, header_row)
    if head.place is None:
        raise no_header(head.rows)
    header = head.rows[head.place]
    block = head.delimiter.applied(block)
    below = line + count_lines(block[: header.end])
    items = _items(chain([block[header.end :]], blocks), head.delimiter, len(header.cells), below)
    first = next(items, None)
    if first is None:
        raise header_only()
    return Table(
        format="tsv" if head.delimiter.text == "\t" else "csv",
        encoding=encoding.name,
        sheet="",
        header=header.cells,
        header_row=header.row,
        lead=tuple(row.cells for row in head.rows[: head.place]),
        items=chain([first], items),
    )


def _first_with_text(blocks: Iterator[bytes]) -> tuple[int, bytes]:
    line = 1
    for block in blocks:
        if block.strip():
            return line, block
        line += count_lines(block)
    raise empty_file()


def _read_head(block: bytes, line: int, is_header: IsHeader, header_row: int | None) -> _Head:
    """Return the head by the delimiter that gives a header; of several, the one that cuts most cells."""
    heads = []
    for delimiter in _DELIMITERS:
        rows = _head_rows(delimiter.applied(block), line, delimiter, header_row)
        heads.append(_Head(delimiter, rows, find_header(rows, is_header=is_header, header_row=header_row)))
    return max(heads, key=lambda head: head.cells)


def _head_rows(block: bytes, line: int, delimiter: _Delimiter, header_row: int | None) -> list[HeadRow]:
    rows: list[HeadRow] = []
    for record in each_record(block, delimiter=delimiter.octet, line=line):
        if not record.blank:
            rows.append(HeadRow(record.line, _cells(record, delimiter), record.position + len(record.text)))
        if len(rows) >= HEADER_ROWS if header_row is None else record.line >= header_row:
            break
    return rows


def _cells(record: Record, delimiter: _Delimiter) -> tuple[str, ...]:
    text = record.text.rstrip(b"\r\n").decode()
    if not record.whole:
        return (text,)
    try:
        cells = next(csv.reader([text], delimiter=delimiter.octet.decode()))
    except csv.Error:  # a cell of more than 128 KB names no column
        return (text,)
    return tuple(delimiter.restored(cell) for cell in cells)


def _items(blocks: Iterator[bytes], delimiter: _Delimiter, width: int, line: int) -> Iterator[Chunk | Damage]:
    pieces = cut_records(map(delimiter.applied, blocks), delimiter=delimiter.octet, line=line)
    split = partial(_split, columns=Columns(width, delimiter.octet), delimiter=delimiter)
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting: deque[Future[list[Chunk | Damage]]] = deque()
        for piece in pieces:
            waiting.append(pool.submit(split, piece))
            if len(waiting) > _THREADS:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _split(piece: Piece | Damage, columns: Columns, delimiter: _Delimiter) -> list[Chunk | Damage]:
    if isinstance(piece, Damage):
        return [piece]
    items = split_rows(piece, columns)
    if delimiter.octet != _STAND_IN:
        return items
    return [
        replace(item, frame=_restored(item.frame, delimiter)) if isinstance(item, Chunk) else item
        for item in items
    ]


def _restored(frame: pl.DataFrame, delimiter: _Delimiter) -> pl.DataFrame:
    return frame.with_columns(
        pl.col(pl.String).str.replace_all(_STAND_IN.decode(), delimiter.text, literal=True)
    )
