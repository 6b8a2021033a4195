"""Opens a file of any accepted format as tables of text. The content decides, the name is only a hint."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from gongxin.engine.readers.delimited import open_delimited
from gongxin.engine.readers.encodings import decide_encoding
from gongxin.engine.readers.table import Table


def open_tables(
    source: BinaryIO,
    *,
    filename: str,
    is_header: Callable[[Sequence[str]], bool],
    encoding: str | None = None,
    header_row: int | None = None,
) -> Iterator[Table]:
    """Yield the tables of `source`, a seekable stream that is read more than once and never written to disk.

    `is_header` is tried on the first 20 rows with text; `header_row` (1-based) names the header instead.
    `encoding` is the one the sender declared; the content must agree. Raises FileRefused before the first
    table, or from a table's items, when nothing of the file may be used.
    """
    yield open_delimited(
        source,
        encoding=decide_encoding(source, declared=encoding),
        is_header=is_header,
        header_row=header_row,
    )
