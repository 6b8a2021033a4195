"""The accepted rows of a check, batch by batch, in the shape posting needs: whole columns, no loops."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from gongxin.core.catalogue import InformationClass
from gongxin.core.ledger import CONTENT_VERSION

ROW = "row"
SHEET = "sheet"
CONTENT = "content"


@dataclass(frozen=True, slots=True)
class AcceptedBatch:
    """Some accepted rows: the sender's row numbers, canonical contents, and every field as a column."""

    rows: list[int]
    contents: list[str]
    columns: dict[str, list[str | None]]

    def column(self, key: str | None) -> list[str | None]:
        """Return the values of field `key`; empty ones if the class or file has no such column."""
        if key is None or key not in self.columns:
            return [None] * len(self.rows)
        return self.columns[key]


def accepted_batches(
    path: Path, *, information_class: InformationClass, skip: int, size: int
) -> Iterator[AcceptedBatch]:
    """Yield the rows of `path` (accepted.parquet) after the first `skip`, `size` at a time, in order."""
    file = pq.ParquetFile(path)
    keys = [field.key for field in information_class.fields if field.key in file.schema_arrow.names]
    groups, left = _groups_after(file, skip)
    for batch in file.iter_batches(batch_size=size, row_groups=groups):
        frame = pl.DataFrame(pl.from_arrow(batch))
        if left >= frame.height:
            left -= frame.height
            continue
        yield from _pieces(frame.slice(left), keys, size)
        left = 0


def _groups_after(file: pq.ParquetFile, skip: int) -> tuple[list[int], int]:
    """Return the row groups that hold rows after `skip`, and how many rows to skip in the first."""
    for group in range(file.num_row_groups):
        height = file.metadata.row_group(group).num_rows
        if skip < height:
            return list(range(group, file.num_row_groups)), skip
        skip -= height
    return [], 0


def _pieces(frame: pl.DataFrame, keys: list[str], size: int) -> Iterator[AcceptedBatch]:
    for start in range(0, frame.height, size):
        piece = frame.slice(start, size)
        columns = {key: piece.get_column(key).to_list() for key in keys}
        yield AcceptedBatch(piece.get_column(ROW).to_list(), canonical_contents(piece, keys), columns)


def canonical_contents(frame: pl.DataFrame, keys: list[str]) -> list[str]:
    """Return each row as canonical JSON; equal, byte for byte, to `core.ledger.canonical_content`."""
    filled = pl.struct(
        pl.when(pl.col(key) == "").then(None).otherwise(pl.col(key)).alias(key) for key in sorted(keys)
    )
    # Inside a JSON string a quotation mark is escaped, so these patterns meet empty fields only.
    packed = (
        filled.struct.json_encode()
        .str.replace_all(r'"[A-Za-z0-9_]+":null,', "")
        .str.replace_all(r',?"[A-Za-z0-9_]+":null\}$', "}")
    )
    content = pl.concat_str(pl.lit(f'{{"v":{CONTENT_VERSION},"fields":'), packed, pl.lit("}"))
    return frame.select(content.alias(CONTENT)).get_column(CONTENT).to_list()
