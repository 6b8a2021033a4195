"""One column of a list that somebody else's system gave out: document numbers, codes."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from gongxin.core.headers import normal_header
from gongxin.engine.readers.opening import open_tables
from gongxin.engine.readers.table import Chunk, Table

MOST_NUMBERS = 200_000


def numbers_in(source: BinaryIO, *, filename: str, headers: Collection[str]) -> list[str]:
    """Return what stands under the first column whose header is one of `headers`, at most MOST_NUMBERS.

    Empty cells are left out. Raises FileRefused for a file that has no such column, or is no table.
    """
    found = filter(None, column_in(source, filename=filename, headers=headers))
    return list(islice(found, MOST_NUMBERS))


def column_in(source: BinaryIO, *, filename: str, headers: Collection[str]) -> Iterator[str]:
    """Yield what stands under the first column whose header is one of `headers`, empty cells too.

    Raises FileRefused for a file that has no such column, or is no table.
    """
    known = {normal_header(header) for header in headers}

    def is_header(cells: Sequence[str]) -> bool:
        return any(normal_header(cell or "") in known for cell in cells)

    for table in open_tables(source, filename=filename, is_header=is_header):
        yield from _under(table, known)


def _under(table: Table, known: Collection[str]) -> Iterator[str]:
    places = (place for place, cell in enumerate(table.header) if normal_header(cell or "") in known)
    column = f"c{next(places)}"
    for item in table.items:
        if isinstance(item, Chunk):
            yield from item.frame[column].fill_null("").to_list()
