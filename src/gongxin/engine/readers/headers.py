"""Finding the header among the first rows of a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongxin.core.catalogue import Label
from gongxin.engine.readers.table import MOST_COLUMNS, FileRefused

HEADER_ROWS = 20  # rows with text that are tried
_NAMED_ROWS = 3

IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One of the first rows that hold text. `end` is where the rows below it begin in its block."""

    row: int
    cells: tuple[str, ...]
    end: int = 0


def find_header(rows: Sequence[HeadRow], *, is_header: IsHeader, header_row: int | None) -> int | None:
    """Return the header's place in `rows`: row `header_row` if given, else the first that `is_header`."""
    for place, row in enumerate(rows):
        if len(row.cells) > MOST_COLUMNS:
            continue
        if row.row == header_row if header_row is not None else place < HEADER_ROWS and is_header(row.cells):
            return place
    return None


def no_header(rows: Iterable[HeadRow]) -> FileRefused:
    # These rows may be data about a person, and refusals are stored: only places are named (R12).
    seen = [(row.row, len(row.cells)) for row in list(rows)[:_NAMED_ROWS]]
    zh = "、".join(f"第 {row} 行 {cells} 列" for row, cells in seen)
    en = ", ".join(f"row {row} with {cells} cells" for row, cells in seen)
    return FileRefused(
        code="no-header",
        message=Label(
            f"前 {HEADER_ROWS} 行中没有可识别的表头（读到：{zh}）。请按模板填写表头，或提供列映射。",
            f"None of the first {HEADER_ROWS} rows is a known header (read: {en}). "
            "Use the template's header or supply a column mapping.",
        ),
    )


def empty_file() -> FileRefused:
    return FileRefused(code="empty-file", message=Label("文件是空的。", "The file is empty."))


def header_only() -> FileRefused:
    return FileRefused(
        code="header-only",
        message=Label("文件只有表头，没有数据。", "The file holds a header and no rows."),
    )
