"""One table as a file, CSV or workbook: every cell of it plain text, or a number of our own."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from gongxin.engine.export_text import Cell, csv_lines, write_text

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_TITLE = 31  # of a sheet
WIDEST, NARROWEST = 48, 8


def table_file(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, file_format: str
) -> bytes:
    """Return the whole file; `file_format` is one of CONTENT_TYPES."""
    if file_format == CSV:
        return b"".join(csv_lines(header, rows))
    return _workbook(title, header, rows)


def _workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title[:LONGEST_TITLE])
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "valign": "top"})
        widths = [_width(words) for words in header]
        for column, words in enumerate(header):
            write_text(sheet, 0, column, words, bold)
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                widths[column] = max(widths[column], _width(cell))
                if isinstance(cell, str):
                    write_text(sheet, row, column, cell, text)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _width(cell: Cell) -> int:
    """Return the width of a column that shows `cell`; a Chinese character takes two places."""
    places = sum(1 + (character > "\u2e80") for character in str(cell or ""))
    return min(max(places + 2, NARROWEST), WIDEST)
