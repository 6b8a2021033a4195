"""Opens a file of any accepted format as tables of text. The content decides, the name is only a hint."""

from collections.abc import Generator
from typing import BinaryIO

from gongxin.engine.readers.delimited import open_delimited
from gongxin.engine.readers.encodings import decide_encoding
from gongxin.engine.readers.formats import recognise
from gongxin.engine.readers.headers import IsHeader
from gongxin.engine.readers.json_lines import open_json_lines
from gongxin.engine.readers.parquet import open_parquet
from gongxin.engine.readers.table import Table
from gongxin.engine.readers.workbook import open_xls, open_xlsx


def open_tables(
    source: BinaryIO,
    *,
    filename: str,
    is_header: IsHeader,
    encoding: str | None = None,
    header_row: int | None = None,
) -> Generator[Table]:
    """Yield the tables of `source`, a seekable stream that is read more than once and never copied to disk.

    `is_header` is tried on the first 20 rows with text; `header_row` (1-based) names the header instead.
    `encoding` is the one the sender declared; the content of a text file must agree with it. Raises
    FileRefused, mostly before the first table; a damaged workbook or Parquet file also from a table's items.
    """
    match recognise(source, filename=filename):
        case "xlsx":
            yield from open_xlsx(source, is_header=is_header, header_row=header_row)
        case "xls":
            yield from open_xls(source, is_header=is_header, header_row=header_row)
        case "parquet":
            yield from open_parquet(source, is_header=is_header)
        case "jsonl":
            yield open_json_lines(
                source, encoding=decide_encoding(source, declared=encoding), is_header=is_header
            )
        case _:
            yield open_delimited(
                source,
                encoding=decide_encoding(source, declared=encoding),
                is_header=is_header,
                header_row=header_row,
            )
