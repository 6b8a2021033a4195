"""Writes a batch of the demonstration as its office would send it: separated text, or a workbook."""

import io
from datetime import UTC, datetime

import xlsxwriter

from gongxin.core.demonstration.batches import Batch
from gongxin.engine.export_text import csv_lines, write_text

# A workbook remembers when it was made; the same demonstration must give the same bytes.
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)


def file_of(batch: Batch) -> bytes:
    """Return the bytes of the file."""
    return _workbook(batch) if batch.file_name.endswith(".xlsx") else _separated(batch)


def _separated(batch: Batch) -> bytes:
    rows = ([row.get(key, "") for key in batch.headers.values()] for row in batch.rows)
    text = b"".join(csv_lines(list(batch.headers), rows)).decode("utf-8-sig")
    return text.encode(batch.encoding)


def _workbook(batch: Batch) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": _MADE_AT.replace(tzinfo=None)})
    sheet = book.add_worksheet("报送数据")
    sheet.merge_range(0, 0, 0, len(batch.headers) - 1, "")
    write_text(sheet, 0, 0, batch.title)
    for column, header in enumerate(batch.headers):
        write_text(sheet, 1, column, header)
    for place, row in enumerate(batch.rows, start=2):
        for column, key in enumerate(batch.headers.values()):
            write_text(sheet, place, column, row.get(key, ""))
    book.close()
    return held.getvalue()
