"""Parquet: flat columns of any type, read as text."""

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl
import polars.selectors as cs
import pyarrow as pa
from pyarrow import parquet

from gongxin.core.catalogue import Label
from gongxin.engine.readers.headers import HeadRow, IsHeader, header_only, no_header
from gongxin.engine.readers.table import Chunk, Damage, FileRefused, Table
from gongxin.engine.readers.workbook import LOST_DIGITS
from gongxin.engine.readers.workbook_child import FIRST_INEXACT, cell_text

_BATCH_ROWS = 16_384
_LEGAL_ZONE = "Asia/Shanghai"  # an instant falls on the day it has there
# A row group is unpacked in pieces of this size at least; a few bytes can claim billions of rows.
_LARGEST_UNPACKED_BYTES = 2 << 30
_MOST_ROWS = 20_000_000


def open_parquet(source: BinaryIO, *, is_header: IsHeader) -> Table:
    """Return the table in `source`; rows count from 1. Raises FileRefused if damaged, nested or huge."""
    source.seek(0)
    try:
        file = parquet.ParquetFile(source)
        _refuse_oversized(file.metadata)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _unreadable() from error
    schema = file.schema_arrow
    _refuse_nested(schema)
    if not is_header(schema.names):
        raise no_header([HeadRow(0, tuple(schema.names))])
    if file.metadata.num_rows == 0:
        raise header_only()
    return Table(
        format="parquet",
        encoding=None,
        sheet="",
        header=tuple(schema.names),
        header_row=0,
        lead=(),
        items=_items(file),
    )


def _refuse_oversized(metadata: parquet.FileMetaData) -> None:
    unpacked = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if unpacked > _LARGEST_UNPACKED_BYTES or metadata.num_rows > _MOST_ROWS:
        raise FileRefused(
            code="file-too-large",
            message=Label(
                "Parquet 文件解压后超过 2 GB 或 2000 万行，请拆分后报送。",
                "The Parquet file unpacks to over 2 GB or 20 million rows; split it.",
            ),
        )


def _refuse_nested(schema: pa.Schema) -> None:
    for field in schema:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if pa.types.is_nested(kind):
            raise FileRefused(
                code="nested-column",
                message=Label(
                    f"列“{field.name}”是嵌套类型，请展开为普通列。",
                    f"The column “{field.name}” is nested; flatten it.",
                ),
            )


def _items(file: parquet.ParquetFile) -> Iterator[Chunk | Damage]:
    row = 1
    try:
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
            # Polars believes that text is UTF-8; a damaged file may hold anything.
            batch.validate(full=True)
            numbers = pl.int_range(row, row + batch.num_rows, dtype=pl.UInt32, eager=True).alias("row")
            row += batch.num_rows
            yield from _rows(
                pl.DataFrame([pl.Series(f"c{i}", column) for i, column in enumerate(batch.columns)]), numbers
            )
    except (pa.ArrowException, pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise _unreadable() from error


def _rows(frame: pl.DataFrame, numbers: pl.Series) -> Iterator[Chunk | Damage]:
    lost = frame.select(
        pl.any_horizontal(pl.lit(value=False), cs.float().abs().fill_nan(None) >= FIRST_INEXACT).fill_null(
            value=False
        )
    ).to_series()
    sound = frame.select(_as_text(column) for column in frame).with_columns(numbers).filter(~lost)
    if sound.height:
        yield Chunk("", sound)
    for row in numbers.filter(lost):
        yield Damage("", row, "number-lost-digits", LOST_DIGITS)


def _as_text(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if isinstance(kind, pl.Datetime):
        local = column.dt.convert_time_zone(_LEGAL_ZONE) if kind.time_zone else column
        text = local.dt.strftime("%Y-%m-%d %H:%M:%S").str.strip_suffix(" 00:00:00")
    elif kind.is_float():
        text = column.fill_nan(None).map_elements(cell_text, return_dtype=pl.String)
    else:
        text = column.cast(pl.String)
    return text.replace("", None).alias(column.name)


def _unreadable() -> FileRefused:
    return FileRefused(
        code="parquet-unreadable",
        message=Label(
            "Parquet 文件已损坏或不完整，请重新导出。",
            "The Parquet file is damaged or incomplete; export it again.",
        ),
    )
