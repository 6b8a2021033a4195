"""What every reader gives: tables of text, in chunks, with the sender's own row numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from gongxin.core.catalogue import Label


class FileRefused(Exception):
    """The whole file is refused: nothing in it was read as a row."""

    def __init__(self, *, code: str, message: Label) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code = code
        self.message = message


MOST_COLUMNS = 16_384  # as many as a workbook can have; a wider row is no header
# Told row by row, each costs more than a row in order; more than these, and it is no table of ours.
MOST_DAMAGED = 100_000


def mostly_unreadable(*, rows: Sequence[int], said: Label) -> FileRefused:
    places = ", ".join(map(str, rows))
    return FileRefused(
        code="mostly-unreadable",
        message=Label(
            f"超过 {MOST_DAMAGED:,} 行且多数行无法读取，不像是本事项的数据表；如第 {places} 行：{said.zh}",
            f"Over {MOST_DAMAGED:,} rows, and most rows, cannot be read: "
            f"this is hardly a table of the class. Rows {places}, for one: {said.en}",
        ),
    )


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
    own_words: tuple[str, ...] = ()  # the first cells of sheets we wrote ourselves, which are no sheets of it
