"""Makes a problem report in one of its formats, in a file that has no name and vanishes when closed."""

import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from gongxin.core.catalogue import InformationClass, Label
from gongxin.engine.export_text import csv_lines
from gongxin.engine.report.findings import CopyOf, Finding, KeptCheck, findings, open_kept
from gongxin.engine.report.workbook import write_workbook

LISTED = 100_000  # problems listed one by one; counts are always of all
_NOT_LISTED = Label("另有 {} 个问题未列出。", "{} more problems are not listed.")
WHAT_IS_WRONG = Label("问题", "What is wrong")
COLUMNS = (
    Label("工作表", "Sheet"),
    Label("行号", "Row"),
    Label("文书号、代码或名称", "Document number, code or name"),  # whatever names the row
    Label("字段", "Field"),
    Label("列名", "Column"),
    Label("报送值", "Value sent"),
    Label("程度", "Severity"),
    WHAT_IS_WRONG,
    Label("规则", "Rule"),
    Label("依据", "Source"),
    Label("正确示例", "Accepted example"),
)
SEVERITIES = {
    "error": Label("退回", "rejected"),
    "warning": Label("提示", "warning"),
    "out-of-scope": Label("不收集", "not collected"),
}


def open_report(
    folder: Path,
    *,
    information_class: InformationClass,
    file_format: str,
    language: str = "zh",
    copy: CopyOf | None = None,
) -> BinaryIO:
    """Return the report of the check kept in `folder` as `xlsx`, `csv` or `json`, at its beginning.

    `copy` is what a workbook says of itself. Raises KeyError for another format.
    """
    write = FORMATS[file_format]
    check = open_kept(folder, information_class=information_class, language=language, copy=copy)
    # In the private folder and without a name: nothing of it outlives the reader.
    out = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (the reader closes it)
    write(check, out)
    out.seek(0)
    return out


def _write_csv(check: KeptCheck, out: BinaryIO) -> None:
    header = [check.say(column) for column in COLUMNS]
    cells = (_cells(check, finding) for finding in islice(findings(check), LISTED))
    left = sum(check.counts.values()) - LISTED
    last = [_cells_of_the_rest(check, left)] if left > 0 else []
    out.writelines(csv_lines(header, chain(cells, last)))


def _cells_of_the_rest(check: KeptCheck, left: int) -> tuple[str | int, ...]:
    said = check.say(_NOT_LISTED).format(f"{left:,}")
    return tuple(said if column is WHAT_IS_WRONG else "" for column in COLUMNS)


def _cells(check: KeptCheck, finding: Finding) -> tuple[str | int, ...]:
    said = finding.explanation
    severity = check.say(SEVERITIES[finding.severity.value])
    return (
        finding.sheet,
        finding.row,
        finding.document_number,
        finding.field,
        finding.label,
        finding.value,
        severity,
        said.message,
        finding.code,
        said.source,
        said.example,
    )


def _write_json(check: KeptCheck, out: BinaryIO) -> None:
    """This will write one JSON object, an item at a time."""
    total = sum(check.counts.values())
    head = {
        "class": check.information_class.id,
        "counts": check.counts,
        "total": total,
        "listed": min(total, LISTED),
    }
    out.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "problems": [')
    for at, line in enumerate(_json_items(check)):
        out.write((b",\n" if at else b"\n") + line)
    out.write(b"\n]}\n")


def _json_items(check: KeptCheck) -> Iterator[bytes]:
    for finding in islice(findings(check), LISTED):
        yield json.dumps(_item(finding), ensure_ascii=False).encode()


def _item(finding: Finding) -> dict[str, Any]:
    return {
        "sheet": finding.sheet,
        "row": finding.row,
        "document_number": finding.document_number,
        "field": finding.field,
        "label": finding.label,
        "value": finding.value,
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.explanation.message,
        "source": finding.explanation.source,
        "example": finding.explanation.example,
    }


def page_of_problems(
    folder: Path, *, information_class: InformationClass, language: str, start: int, limit: int
) -> dict[str, Any]:
    """Return `limit` problems of a kept check from the one at `start`, in the words of the JSON report."""
    check = open_kept(folder, information_class=information_class, language=language)
    return {
        "class": information_class.id,
        "counts": check.counts,
        "total": sum(check.counts.values()),
        "problems": [_item(finding) for finding in islice(findings(check, skip=start), limit)],
    }


FORMATS: dict[str, Callable[[KeptCheck, BinaryIO], None]] = {
    "xlsx": write_workbook,
    "csv": _write_csv,
    "json": _write_json,
}
