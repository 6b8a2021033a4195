"""What every reader gives: tables of text, in chunks, with the sender's own row numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from gongxin.core.catalogue import Label


class FileRefused(Exception):
    """The whole file is refused: nothing in it was read as a row."""

    def __init__(self, *, code: str, message: Label) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows, in file order: String columns "c0".."cN" as written and "row" (UInt32).

    An empty cell is null. `row` is the 1-based line (text) or row (workbook, Parquet) in the sender's file.
    """

    sheet: str
    frame: pl.DataFrame
    plain: bool = False  # known to hold no control character but TAB, LF and CR, and no U+FFFD


@dataclass(frozen=True, slots=True)
class Damage:
    """A row that cannot be read. It is a rejected row; no Chunk holds it."""

    sheet: str
    row: int
    code: str
    message: Label
    column: int | None = None  # 0-based, where one cell is to blame


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file. `items` is read once; reading the next Table ends it."""

    format: str  # csv | tsv | xlsx | xls | jsonl | parquet
    encoding: str | None  # utf-8 | gb18030 | utf-16; None for a binary format
    sheet: str  # "" where the format has no sheets
    header: tuple[str, ...]
    header_row: int  # 1-based; 0 for Parquet, which keeps its header apart
    lead: tuple[tuple[str, ...], ...]  # rows with text above the header
    items: Iterator[Chunk | Damage]
    skipped_sheets: tuple[str, ...] = ()  # sheets of the same workbook that hold text but no known header
