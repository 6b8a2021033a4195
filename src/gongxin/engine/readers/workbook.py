"""Workbooks: .xlsx, and .xls and .et of the older kind.

The parser runs in a child process under limits of memory and time, because a megabyte can unpack to
gigabytes. Nothing is written to disk: the workbook goes in and the rows come out through pipes.
Hidden sheets, and sheets without a known header, are not read; if they hold text, the table names them.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any, BinaryIO

import polars as pl
import pyarrow as pa

from gongxin.core.catalogue import Label
from gongxin.engine.readers import workbook_child
from gongxin.engine.readers.headers import HeadRow, IsHeader, empty_file, find_header, header_only, no_header
from gongxin.engine.readers.table import Chunk, Damage, FileRefused, Table
from gongxin.engine.readers.zip_directory import (
    locked_workbook,
    refuse_document_types,
    too_large,
    unpacked_bytes,
    unreadable_workbook,
)

_CHILD = str(Path(workbook_child.__file__))
_LARGEST_OLD_BYTES = 64 << 20
_BASE_MEMORY = 192 << 20
_BASE_SECONDS = 8
# Measured: 222 MB of XML need 580 MB of memory and 5.5 s; .xls cells are packed more tightly.
_MEMORY_PER_BYTE, _OLD_MEMORY_PER_BYTE = 4, 12
_BYTES_PER_SECOND = 8 << 20

LOST_DIGITS = Label(
    "本行有超过 15 位的数字被表格软件存成了数值，末尾几位已丢失；请把该列设为“文本”后重新填写。",
    "A number of more than 15 digits was stored as a number and has lost its last digits; "
    "set the column to text and enter it again.",
)


def open_xlsx(source: BinaryIO, *, is_header: IsHeader, header_row: int | None) -> Iterator[Table]:
    """Yield a table for every visible sheet with a known header."""
    unpacked = unpacked_bytes(source)
    refuse_document_types(source)
    size = source.seek(0, 2)
    memory = _BASE_MEMORY + size + unpacked * _MEMORY_PER_BYTE
    return _tables(source, "xlsx", memory=memory, work=unpacked, is_header=is_header, header_row=header_row)


def open_xls(source: BinaryIO, *, is_header: IsHeader, header_row: int | None) -> Iterator[Table]:
    """Yield a table for every visible sheet with a known header."""
    size = source.seek(0, 2)
    if size > _LARGEST_OLD_BYTES:
        raise too_large()
    memory = _BASE_MEMORY + size * _OLD_MEMORY_PER_BYTE
    return _tables(source, "xls", memory=memory, work=size * 4, is_header=is_header, header_row=header_row)


def _tables(
    source: BinaryIO, name: str, *, memory: int, work: int, is_header: IsHeader, header_row: int | None
) -> Iterator[Table]:
    seconds = _BASE_SECONDS + work // _BYTES_PER_SECOND
    command = [sys.executable, "-I", _CHILD, str(memory), str(seconds)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield from _tables_of(child, source, name, is_header, header_row)
        finally:
            child.kill()


def _tables_of(
    child: "subprocess.Popen[bytes]", source: BinaryIO, name: str, is_header: IsHeader, header_row: int | None
) -> Iterator[Table]:
    sheets = _exchange(child, source)
    heads = [_head_rows(sheet) for sheet in sheets]
    places = [
        _header_place(sheet, rows, is_header, header_row) for sheet, rows in zip(sheets, heads, strict=True)
    ]
    _refuse_without_rows(heads, places)
    skipped = tuple(
        sheet["name"]
        for sheet, rows, place in zip(sheets, heads, places, strict=True)
        if rows and place is None
    )
    for sheet, rows, place in zip(sheets, heads, places, strict=True):
        frames = _frames(child)
        if place is not None:
            yield Table(
                format=name,
                encoding=None,
                sheet=sheet["name"],
                header=rows[place].cells,
                header_row=rows[place].row,
                lead=tuple(_trimmed(row.cells) for row in rows[:place]),
                items=_items(frames, sheet["name"], rows[place].row),
                skipped_sheets=skipped,
            )
        # Whatever the caller left unread still lies in the pipe before the next sheet.
        for _ in frames:
            pass


def _exchange(child: "subprocess.Popen[bytes]", source: BinaryIO) -> list[dict[str, Any]]:
    """Send the workbook, receive the sheets' first rows."""
    to_child, from_child = _pipes(child)
    source.seek(0)
    # A child that gave up closes its end; its exit code then says why.
    with suppress(BrokenPipeError):
        while block := source.read(1 << 20):
            to_child.write(block)
    with suppress(BrokenPipeError):
        to_child.close()
    line = from_child.readline()
    if not line.endswith(b"\n"):
        raise _failure(child)
    sheets: list[dict[str, Any]] = json.loads(line)["sheets"]
    return sheets


def _pipes(child: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:
        raise ValueError("the child has no pipes")
    return child.stdin, child.stdout


def _failure(child: "subprocess.Popen[bytes]") -> FileRefused:
    code = child.wait()
    if code == workbook_child.LOCKED:
        return locked_workbook()
    if code in (workbook_child.OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGXCPU, -signal.SIGKILL):
        return too_large()
    return unreadable_workbook()


def _frames(child: "subprocess.Popen[bytes]") -> Iterator[pl.DataFrame]:
    """Yield one sheet's rows, up to the end of its stream."""
    _, from_child = _pipes(child)
    try:
        with pa.ipc.open_stream(from_child) as stream:
            for batch in stream:
                frame = pl.from_arrow(batch)
                if isinstance(frame, pl.DataFrame):
                    yield frame
    except (pa.ArrowInvalid, OSError) as error:
        raise _failure(child) from error


def _head_rows(sheet: dict[str, Any]) -> list[HeadRow]:
    return [HeadRow(row, tuple(cells)) for row, cells in sheet["rows"]]


def _header_place(
    sheet: dict[str, Any], rows: Sequence[HeadRow], is_header: IsHeader, header_row: int | None
) -> int | None:
    if not sheet["visible"]:
        return None
    place = find_header(rows, is_header=is_header, header_row=header_row)
    if place is None or header_row is not None:
        return place
    # A header merged over two rows: the lower one holds the columns' own labels.
    below = place + 1
    while below < len(rows) and rows[below].row in sheet["continued"] and is_header(rows[below].cells):
        place, below = below, below + 1
    return place


def _refuse_without_rows(heads: Sequence[Sequence[HeadRow]], places: Sequence[int | None]) -> None:
    if not any(heads):
        raise empty_file()
    found = [(rows, place) for rows, place in zip(heads, places, strict=True) if place is not None]
    if not found:
        raise no_header(chain.from_iterable(heads))
    if all(place == len(rows) - 1 for rows, place in found):
        raise header_only()


def _items(frames: Iterator[pl.DataFrame], sheet: str, header_row: int) -> Iterator[Chunk | Damage]:
    for frame in frames:
        rows = frame.filter(pl.col("row") > header_row)
        sound = rows.filter(pl.col("lost").is_null()).select(pl.exclude("row", "lost"), "row")
        if sound.height:
            yield Chunk(sheet, sound)
        for row, column in rows.filter(pl.col("lost").is_not_null()).select("row", "lost").iter_rows():
            yield Damage(sheet, row, "number-lost-digits", LOST_DIGITS, column)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return `cells` without the empty ones at the end."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]
