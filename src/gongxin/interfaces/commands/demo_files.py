"""Writes a batch of the demonstration as its office would send it: separated text, or a workbook."""

import csv
import io
from datetime import UTC, datetime

import xlsxwriter

from gongxin.core.demonstration.batches import Batch

# A workbook remembers when it was made; the same demonstration must give the same bytes.
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)


def file_of(batch: Batch) -> bytes:
    """Return the bytes of the file."""
    return _workbook(batch) if batch.file_name.endswith(".xlsx") else _separated(batch)


def _separated(batch: Batch) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(batch.headers)
    writer.writerows([row.get(key, "") for key in batch.headers.values()] for row in batch.rows)
    return text.getvalue().encode(batch.encoding)


def _workbook(batch: Batch) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": _MADE_AT.replace(tzinfo=None)})
    sheet = book.add_worksheet("报送数据")
    sheet.merge_range(0, 0, 0, len(batch.headers) - 1, batch.title)
    sheet.write_row(1, 0, list(batch.headers))
    for place, row in enumerate(batch.rows, start=2):
        for column, key in enumerate(batch.headers.values()):
            sheet.write_string(place, column, row.get(key, ""))
    book.close()
    return held.getvalue()
