"""Parquet: flat columns of any type, read as text. The parser runs in a child process."""

from collections.abc import Iterator
from typing import BinaryIO

from gongxin.core.catalogue import Label
from gongxin.engine.readers import parquet_child
from gongxin.engine.readers.child import TOO_LARGE, UNREADABLE
from gongxin.engine.readers.child_process import parsing
from gongxin.engine.readers.headers import HeadRow, IsHeader, header_only, no_header
from gongxin.engine.readers.table import FileRefused, Table

_MEMORY = 288 << 20
_BASE_SECONDS, _BYTES_PER_SECOND = 10, 1 << 20


def open_parquet(source: BinaryIO, *, is_header: IsHeader) -> Iterator[Table]:
    """Yield the one table in `source`; rows count from 1. Raises FileRefused if damaged, nested or huge."""
    seconds = _BASE_SECONDS + source.seek(0, 2) // _BYTES_PER_SECOND
    with parsing(parquet_child, source, memory=_MEMORY, seconds=seconds, refusals=_REFUSALS) as parsed:
        head = parsed.head()
        header = tuple(head["header"])
        if head["nested"] is not None:
            raise _nested(head["nested"])
        if not is_header(header):
            raise no_header([HeadRow(0, header)])
        if head["rows"] == 0:
            raise header_only()
        yield Table(
            format="parquet",
            encoding=None,
            sheet="",
            header=header,
            header_row=0,
            lead=(),
            items=parsed.items(sheet=""),
        )


def _nested(column: str) -> FileRefused:
    return FileRefused(
        code="nested-column",
        message=Label(
            f"列“{column}”是嵌套类型，请展开为普通列。", f"The column “{column}” is nested; flatten it."
        ),
    )


def _too_large() -> FileRefused:
    return FileRefused(
        code="file-too-large",
        message=Label(
            "Parquet 文件解压后过大（上限 2 GB、2000 万行、文件大小的 400 倍），"
            "或所记大小有误（文件可能已损坏）；请拆分或重新导出，并使用较小的行组和页。",
            "The Parquet file unpacks to too much (over 2 GB, 20 million rows or 400 times its size), "
            "or states wrong sizes, as a damaged one does; "
            "split it or export it again, with smaller row groups and pages.",
        ),
    )


def _unreadable() -> FileRefused:
    return FileRefused(
        code="parquet-unreadable",
        message=Label(
            "Parquet 文件已损坏或不完整，请重新导出。",
            "The Parquet file is damaged or incomplete; export it again.",
        ),
    )


_REFUSALS = {TOO_LARGE: _too_large, UNREADABLE: _unreadable}
