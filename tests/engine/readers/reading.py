"""What the tests of the readers share: open bytes, gather everything."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import strategies as st

from gongxin.core.catalogue import Label
from gongxin.engine.readers.opening import open_tables
from gongxin.engine.readers.table import Chunk, FileRefused, Table


@dataclass
class Read:
    """All of one table: rows by the sender's number, damage as (row, code)."""

    table: Table
    rows: dict[int, tuple[str | None, ...]] = field(default_factory=dict)
    damage: list[tuple[int, str]] = field(default_factory=list)


def has_name(cells: Sequence[str]) -> bool:
    return "name" in cells


def read_all(
    data: bytes | io.BytesIO, *, filename: str = "lin.csv", is_header=has_name, **options
) -> list[Read]:
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    return [gather(table) for table in open_tables(source, filename=filename, is_header=is_header, **options)]


def gather(table: Table) -> Read:
    read = Read(table)
    for item in table.items:
        if isinstance(item, Chunk):
            for *cells, row in item.frame.iter_rows():
                assert row not in read.rows
                read.rows[row] = tuple(cells)
        else:
            read.damage.append((item.row, item.code))
    return read


def read_one(data: bytes, **options) -> Read:
    (read,) = read_all(data, **options)
    return read


def refusal(data: bytes, **options) -> tuple[str, Label]:
    with pytest.raises(FileRefused) as refused:
        read_all(data, **options)
    return refused.value.code, refused.value.message


def read_or_refuse(data: bytes, **options) -> list[Read] | str:
    """Return what was read, or the code of the refusal; anything else that is raised is a bug."""
    try:
        return read_all(data, **options)
    except FileRefused as refused:
        return refused.code


def spoilt(data: bytes, draw) -> bytes:
    """Return `data` cut off somewhere and with some bits turned."""
    changed = bytearray(data[: draw.draw(st.integers(1, len(data)))])
    for place in draw.draw(st.lists(st.integers(0, len(changed) - 1), max_size=5)):
        changed[place] ^= draw.draw(st.integers(1, 255))
    return bytes(changed)
