"""Parses a Parquet file, in a process of its own: its columns, then its rows as text."""

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from gongxin.engine.readers.cell_text import FIRST_INEXACT, cell_text
from gongxin.engine.readers.child import (
    LONG,
    LONGEST_ROW,
    LOST_DIGITS,
    TOO_LARGE,
    UNREADABLE,
    Refused,
    row_schema,
    run,
    write_head,
    write_rows,
)
from gongxin.engine.readers.table import MOST_COLUMNS

_BATCH_ROWS, _BATCH_BYTES = 8_192, 16 << 20
_READ_BYTES = 1 << 20  # of a column at a time: without, a whole row group is held packed
_LEGAL_ZONE = "Asia/Shanghai"  # an instant falls on the day it has there
_LARGEST_UNPACKED_BYTES = 2 << 30
_MOST_ROWS = 20_000_000
# A value that repeats is stored once, so a few kilobytes can claim any number of rows. Measured: real
# records give some 40 bytes of text for one of the file, 200,000 all but equal ones 300.
_ALWAYS_GIVEN_BYTES, _LARGEST_RATIO = 128 << 20, 400
_CELL_BYTES = 16  # an empty cell takes room too


def parse(source: BinaryIO, out: BinaryIO) -> None:
    """Write the columns' names to `out`, then the rows. Raises Refused for a file that claims too much."""
    size = source.seek(0, 2)
    file = parquet.ParquetFile(source, buffer_size=_READ_BYTES, pre_buffer=False)
    schema, metadata = file.schema_arrow, file.metadata
    unpacked = _unpacked_bytes(metadata)
    if unpacked > _LARGEST_UNPACKED_BYTES or metadata.num_rows > _MOST_ROWS or len(schema) > MOST_COLUMNS:
        raise Refused(TOO_LARGE)
    nested = next((field.name for field in schema if _is_nested(field.type)), None)
    write_head(out, {"header": schema.names, "rows": metadata.num_rows, "nested": nested})
    if nested is not None:
        return
    rows = _within_bounds(_texts(file, unpacked), most=_ALWAYS_GIVEN_BYTES + _LARGEST_RATIO * size)
    to_send = row_schema(len(schema), pa.large_string())
    write_rows(
        out, to_send, (batch for frame in rows for batch in frame.to_arrow().cast(to_send).to_batches())
    )


def _unpacked_bytes(metadata: parquet.FileMetaData) -> int:
    return sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))


def _is_nested(kind: pa.DataType) -> bool:
    return bool(pa.types.is_nested(kind.value_type if pa.types.is_dictionary(kind) else kind))


def _texts(file: parquet.ParquetFile, unpacked: int) -> Iterator[pl.DataFrame]:
    bytes_per_row = max(1, unpacked // max(1, file.metadata.num_rows))
    batch_rows = max(1, min(_BATCH_ROWS, _BATCH_BYTES // bytes_per_row))
    row = 1
    for batch in file.iter_batches(batch_size=batch_rows, use_threads=False):
        # Polars believes that text is UTF-8; a damaged file may hold anything.
        batch.validate(full=True)
        yield _as_texts([pl.Series(f"c{at}", column) for at, column in enumerate(batch.columns)], row)
        row += batch.num_rows
    if row - 1 != file.metadata.num_rows:
        raise Refused(UNREADABLE)


def _as_texts(columns: list[pl.Series], first: int) -> pl.DataFrame:
    rows = pl.int_range(first, first + len(columns[0]), dtype=pl.UInt32, eager=True)
    texts = pl.DataFrame([_as_text(column) for column in columns])
    lost = pl.DataFrame([rows.alias("row"), *columns]).select(_lost_digits(columns)).to_series()
    letters = texts.select(pl.sum_horizontal(pl.all().str.len_bytes())).to_series()
    long = letters > LONGEST_ROW
    if long.any():
        texts = texts.select(pl.when(~long).then(pl.all()))
    return texts.select(
        rows.alias("row"),
        pl.when(long).then(pl.lit(LONG)).when(lost.is_not_null()).then(pl.lit(LOST_DIGITS)).alias("damage"),
        pl.when(~long).then(lost).alias("column"),
        pl.all(),
    )


def _lost_digits(columns: list[pl.Series]) -> pl.Expr:
    """Return the first column whose number has lost digits."""
    lost = [
        pl.when(pl.col(column.name).abs().fill_nan(None) >= FIRST_INEXACT).then(at)
        for at, column in enumerate(columns)
        if column.dtype.is_float()
    ]
    return pl.coalesce(*lost, pl.when(pl.col("row") < 0).then(0)).cast(pl.Int32)


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


def _within_bounds(frames: Iterator[pl.DataFrame], *, most: int) -> Iterator[pl.DataFrame]:
    """Yield `frames` in pieces the parent can hold. Raises Refused once they hold more than `most` bytes."""
    given = 0
    for frame in frames:
        letters = frame.select(pl.sum_horizontal(pl.col(pl.String).str.len_bytes().sum())).item()
        size = letters + _CELL_BYTES * frame.width * frame.height
        given += size
        if given > most:
            raise Refused(TOO_LARGE)
        yield from frame.iter_slices(max(1, frame.height * _BATCH_BYTES // max(1, size)))


if __name__ == "__main__":
    run(parse)
