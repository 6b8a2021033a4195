"""JSON Lines: one flat object per line; the first object's keys are the header."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO, Never

import polars as pl

from gongxin.core.catalogue import Label
from gongxin.engine.readers.encodings import TextEncoding, utf8_blocks
from gongxin.engine.readers.headers import HeadRow, IsHeader, empty_file, no_header
from gongxin.engine.readers.table import MOST_COLUMNS, Chunk, Damage, Table

_ROWS = 10_000
_DAMAGES = {
    "not-an-object": Label("本行不是一个完整的 JSON 对象。", "This line is not one whole JSON object."),
    "repeated-key": Label("本行有重复的键。", "A key stands twice on this line."),
    "nested-value": Label("本行有嵌套的对象或数组。", "This line holds an object or array inside."),
    "unknown-key": Label("本行有第一行没有的键。", "This line has a key that the first line has not."),
    "bad-character": Label(
        "本行含有不成对的代理字符或空字符。", "This line holds a lone surrogate or a NUL."
    ),
}


class _Damaged(Exception):
    """One line cannot be read; the argument is the code of its damage."""


def open_json_lines(source: BinaryIO, *, encoding: TextEncoding, is_header: IsHeader) -> Table:
    """Return the table in `source`. Raises FileRefused if its first object has no known keys."""
    lines = _lines(source, encoding)
    first = next(lines, None)
    if first is None:
        raise empty_file()
    header = _header(*first)
    if len(header.cells) > MOST_COLUMNS or not is_header(header.cells):
        raise no_header([header])
    return Table(
        format="jsonl",
        encoding=encoding.name,
        sheet="",
        header=header.cells,
        header_row=header.row,
        lead=(),
        items=_items(chain([first], lines), header.cells),
    )


def _lines(source: BinaryIO, encoding: TextEncoding) -> Iterator[tuple[int, bytes]]:
    number = 0
    for block in utf8_blocks(source, encoding):
        for line in block.splitlines():
            number += 1
            if line.strip():
                yield number, line


def _header(row: int, line: bytes) -> HeadRow:
    try:
        return HeadRow(row, tuple(_object(line)))
    except _Damaged as error:
        raise no_header([HeadRow(row, (line[:80].decode(errors="ignore"),))]) from error


def _items(lines: Iterator[tuple[int, bytes]], header: tuple[str, ...]) -> Iterator[Chunk | Damage]:
    rows: list[tuple[Any, ...]] = []
    damages: list[Damage] = []
    for number, line in lines:
        try:
            rows.append((*_cells(_object(line), header), number))
        except _Damaged as error:
            code = str(error)
            damages.append(Damage("", number, code, _DAMAGES[code]))
        if len(rows) + len(damages) == _ROWS:
            yield from _gathered(rows, damages, len(header))
            rows, damages = [], []
    yield from _gathered(rows, damages, len(header))


def _gathered(rows: list[tuple[Any, ...]], damages: list[Damage], width: int) -> Iterator[Chunk | Damage]:
    schema = {f"c{i}": pl.String for i in range(width)} | {"row": pl.UInt32}
    if rows:
        yield Chunk("", pl.DataFrame(rows, schema=schema, orient="row"))
    yield from damages


def _object(line: bytes) -> dict[str, Any]:
    try:
        # Numbers stay as they are written.
        value = json.loads(
            line, object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise _Damaged("not-an-object") from error
    if not isinstance(value, dict):
        raise _Damaged("not-an-object")
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _Damaged("repeated-key")
    return value


def _no_constant(name: str) -> Never:
    raise ValueError(name)


def _cells(value: dict[str, Any], header: tuple[str, ...]) -> Iterator[str | None]:
    if not value.keys() <= set(header):
        raise _Damaged("unknown-key")
    return map(_text, (value.get(key) for key in header))


def _text(value: Any) -> str | None:
    if isinstance(value, dict | list):
        raise _Damaged("nested-value")
    if isinstance(value, bool):
        return "true" if value else "false"
    if not value:
        return None
    text = str(value)
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise _Damaged("bad-character")
    return text
