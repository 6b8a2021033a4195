"""Workbooks: .xlsx, and .xls and .et of the older kind.

The parser runs in a child process, under limits that follow from the sizes the file declares.
Hidden sheets, and sheets without a known header, are not read; if they hold text, the table names them.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Any, BinaryIO

from gongxin.core.leaks import holds_personal_number
from gongxin.core.own_marks import is_ours, template_mark_in
from gongxin.engine.readers import workbook_child
from gongxin.engine.readers.child import LOCKED, TOO_LARGE, UNREADABLE
from gongxin.engine.readers.child_process import Parsed, parsing
from gongxin.engine.readers.headers import HeadRow, IsHeader, empty_file, find_header, header_only, no_header
from gongxin.engine.readers.table import Table
from gongxin.engine.readers.zip_directory import (
    locked_workbook,
    refuse_document_types,
    too_large,
    unpacked_bytes,
    unreadable_workbook,
)

_LARGEST_OLD_BYTES = 64 << 20
_BASE_MEMORY = 192 << 20
_BASE_SECONDS = 8
# Measured: 222 MB of XML need 580 MB of memory and 5.5 s; .xls cells are packed more tightly.
_MEMORY_PER_BYTE, _OLD_MEMORY_PER_BYTE = 4, 12
_BYTES_PER_SECOND = 8 << 20

_REFUSALS = {LOCKED: locked_workbook, TOO_LARGE: too_large, UNREADABLE: unreadable_workbook}


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
    with parsing(workbook_child, source, memory=memory, seconds=seconds, refusals=_REFUSALS) as parsed:
        yield from _tables_of(parsed, name, is_header, header_row)


def _tables_of(parsed: Parsed, name: str, is_header: IsHeader, header_row: int | None) -> Iterator[Table]:
    sheets: list[dict[str, Any]] = parsed.head()["sheets"]
    _name_apart(sheets)
    heads = [_head_rows(sheet) for sheet in sheets]
    places = [
        _header_place(sheet, rows, is_header, header_row) for sheet, rows in zip(sheets, heads, strict=True)
    ]
    _refuse_without_rows(heads, places)
    own = tuple(rows[0].cells[0] for rows in heads if _is_ours(rows))
    skipped = tuple(
        sheet["name"]
        for sheet, rows, place in zip(sheets, heads, places, strict=True)
        if rows and place is None and not _is_ours(rows)
    )
    for sheet, rows, place in zip(sheets, heads, places, strict=True):
        items = parsed.items(sheet=sheet["name"], after=rows[place].row if place is not None else 0)
        if place is not None:
            yield Table(
                format=name,
                encoding=None,
                sheet=sheet["name"],
                header=rows[place].cells,
                header_row=rows[place].row,
                lead=tuple(_trimmed(row.cells) for row in rows[:place]),
                items=items,
                skipped_sheets=skipped,
                own_words=own,
            )
        # Whatever the caller left unread still lies in the pipe before the next sheet.
        for _ in items:
            pass


def _name_apart(sheets: Sequence[dict[str, Any]]) -> None:
    """This will give each sheet a name of its own: rows and problems are known by it.

    Some offices name a sheet after a person's number: it is kept nowhere, not even in a name.
    """
    told = [sheet["name"] for sheet in sheets]
    taken = {name for name in told if not holds_personal_number(name)}
    seen: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        if sheet["name"] not in taken or sheet["name"] in seen:
            free = (f"Sheet{at}" for at in count(number))
            sheet["name"] = next(name for name in free if name not in taken | seen)
        seen.add(sheet["name"])


def _head_rows(sheet: dict[str, Any]) -> list[HeadRow]:
    return [HeadRow(row, tuple(cells)) for row, cells in sheet["rows"]]


def _header_place(
    sheet: dict[str, Any], rows: Sequence[HeadRow], is_header: IsHeader, header_row: int | None
) -> int | None:
    if not sheet["visible"] or _is_ours(rows):
        return None
    place = find_header(rows, is_header=is_header, header_row=header_row)
    if place is None or header_row is not None:
        return place
    # A header merged over two rows: the lower one holds the columns' own labels.
    below = place + 1
    while below < len(rows) and rows[below].row in sheet["continued"] and is_header(rows[below].cells):
        place, below = below, below + 1
    return place


def _is_ours(rows: Sequence[HeadRow]) -> bool:
    """Return whether a sheet is our own words. The one of a template that is filled in is not."""
    return (
        bool(rows)
        and bool(rows[0].cells)
        and is_ours(rows[0].cells[0])
        and not template_mark_in(rows[0].cells)
    )


def _refuse_without_rows(heads: Sequence[Sequence[HeadRow]], places: Sequence[int | None]) -> None:
    if not any(heads):
        raise empty_file()
    found = [(rows, place) for rows, place in zip(heads, places, strict=True) if place is not None]
    if not found:
        raise no_header(chain.from_iterable(heads))
    if all(place == len(rows) - 1 for rows, place in found):
        raise header_only()


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return `cells` without the empty ones at the end."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]
