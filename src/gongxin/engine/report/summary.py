"""The last sheet of the marked copy: every rule broken, how often, and the rows that are not shown."""

from itertools import count
from typing import Any

import polars as pl

from gongxin.core.catalogue import Label, Severity
from gongxin.core.own_marks import OURS, batch_words
from gongxin.engine.export_text import write_text
from gongxin.engine.report.findings import KeptCheck, problems_of

NAME = Label("校验说明", "What was found")
_HEADER = (
    Label("规则", "Rule"),
    Label("次数", "Count"),
    Label("问题", "What is wrong"),
    Label("正确示例", "Accepted example"),
    Label("依据", "Source"),
)
_SHOWN = Label("上表列出 {} 行。", "{} rows are shown above.")
_FAULTY_ONLY = Label(
    "行数超过 20,000，只列出有问题的行（最多 20,000 行）；次数按全部行统计。",
    "Of more than 20,000 rows only those at fault are shown, 20,000 at most; counts are of all.",
)
_NOT_KEPT = Label(
    "自然人证件列和目录没有的列不保存，故为空。",
    "Columns of persons' documents and columns the catalogue does not know are not kept, so they are empty.",
)
_SEND_BACK = Label(
    "改正标色的单元格后，把本工作簿原样报送即可：只留下改正的行也行，本表和最右边两列不会当作数据。",
    "Correct the coloured cells and send this workbook back, whole or only the rows corrected: "
    "this sheet and the two columns on the right are not read as data.",
)
_ROWS_NOT_SHOWN = Label("未列出的行", "Rows not shown")
_LISTED = 5_000


def write_summary(check: KeptCheck, book: Any, *, shown: int, everything: bool) -> None:
    """This will add the sheet. Rows about persons are numbers only."""
    sheet = book.add_worksheet(_free_name(book, check.say(NAME)))
    bold = book.add_format({"bold": True})
    notes = [check.say(_SHOWN).format(f"{shown:,}"), check.say(_NOT_KEPT)]
    if not everything:
        notes.insert(0, check.say(_FAULTY_ONLY))
    # The first cell tells our own sheet from the sender's when the workbook comes back.
    first = batch_words(check.copy.batch) if check.copy.batch else f"{OURS}{check.say(NAME)}"
    notes.insert(0, first)
    if check.copy.batch:
        notes.insert(1, check.say(_SEND_BACK))
    for at, note in enumerate(notes):
        write_text(sheet, at, 0, note)
    at = len(notes) + 1
    for place, label in enumerate(_HEADER):
        write_text(sheet, at, place, check.say(label), bold)
    for code, times in check.counts.items():
        at += 1
        said = check.explain(code)
        write_text(sheet, at, 0, code)
        sheet.write_number(at, 1, times)
        for place, text in enumerate((said.message, said.example, said.source), start=2):
            write_text(sheet, at, place, text)
    _write_rows_not_shown(check, sheet, at + 2, bold)
    sheet.set_column(0, 0, 36)
    sheet.set_column(2, 2, 80)
    sheet.set_column(3, 4, 36)


def _free_name(book: Any, name: str) -> str:
    """Return `name`, or with a number where the sender has a sheet of that name."""
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    return next(free for at in count() if (free := f"{name}{at or ''}").casefold() not in taken)


def _write_rows_not_shown(check: KeptCheck, sheet: Any, at: int, bold: Any) -> None:
    hidden = problems_of(check).filter(pl.col("severity").cast(pl.String) == Severity.OUT_OF_SCOPE.value)
    if not hidden.height:
        return
    write_text(sheet, at, 0, check.say(_ROWS_NOT_SHOWN), bold)
    for step, problem in enumerate(hidden.head(_LISTED).iter_rows(named=True), start=1):
        write_text(sheet, at + step, 0, problem["code"])
        sheet.write_number(at + step, 1, problem["row"])
        write_text(sheet, at + step, 2, problem["sheet"])
