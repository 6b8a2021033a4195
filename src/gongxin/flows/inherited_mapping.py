"""A file that corrects another is read by the columns that were described when that one was sent."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from gongxin.core.column_mapping import ColumnMapping, parse_column_mapping
from gongxin.core.headers import normal_row
from gongxin.core.leaks import mask_personal_numbers
from gongxin.engine.keep import LAYOUT
from gongxin.engine.likely_header import first_rows
from gongxin.engine.readers.table import FileRefused
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import kept_folder


def inherited_mapping(
    *, source: BinaryIO, file_name: str, corrects: Submission | None
) -> ColumnMapping | None:
    """Return the mapping sent with what is corrected, if the file at hand bears the header it was for.

    Reads `source` and leaves it at its beginning. The encoding and the place of the header are found anew:
    the marked copy that comes back is a workbook, whatever was sent first. A file under another header
    (the template, say) is read like any other.
    """
    described = list(_described(corrects)) if corrects is not None else []
    if not described:
        return None
    try:
        rows = first_rows(source, filename=file_name)
    except FileRefused:
        return None
    finally:
        source.seek(0)
    return next(filter(None, (_fitted(one, rows) for one in described)), None)


def _described(corrects: Submission) -> Iterator[Submission]:
    """Yield what was checked under a mapping of its own, the newest correction first, the original last."""
    original = corrects.corrects or corrects
    family = [*original.corrections.order_by("-received_at", "-id"), original]
    return (one for one in family if one.mapping and one.checked_at is not None)


def _fitted(sent: Submission, rows: list[tuple[str, ...]]) -> ColumnMapping | None:
    layout = json.loads((kept_folder(sent.id) / LAYOUT).read_text())
    headers = {normal_row(table["header"]) for table in layout["tables"]}
    found = next((row for row in rows if _as_kept(row) in headers), None)
    if found is None:
        return None
    mapping = parse_column_mapping(json.dumps(sent.mapping))  # JSON is YAML
    return replace(mapping, encoding=None, header_row=None, header=normal_row(found))


def _as_kept(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return a header as the layout of a checked file keeps it, in the form in which headers are compared."""
    return normal_row([mask_personal_numbers(cell) for cell in header])
