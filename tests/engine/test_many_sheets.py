"""A workbook of several sheets: all that fit are read, the others are named, never silently dropped."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from engine.checking import check_bytes, penalties, penalty

from gongxin.core.lawbook import information_class
from gongxin.engine import left_aside
from gongxin.engine.readers.table import FileRefused
from gongxin.engine.report import open_report

PENALTIES = information_class("penalty")
MANY = 300
LICENCE_HEADER = ["行政相对人名称", "许可类别", "许可决定日期", "许可机关", "XK_WSH", "XK_NR"]


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return out.getvalue()


def table(*rows: dict[str, str]) -> list[list[str]]:
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def numbered(sheet: int, rows: int, **changes: str) -> list[dict[str, str]]:
    return [penalty(CF_WSH=f"示环罚〔2026〕{sheet}{at:03}号", **changes) for at in range(rows)]


def test_the_rows_of_every_sheet_that_fits_are_read(tmp_path: Path) -> None:
    book = workbook({"一月": table(*numbered(1, 3)), "二月": table(*numbered(2, 2, CF_JDRQ="2026-02-30"))})

    outcome = check_bytes(book, filename="全年.xlsx", keep=tmp_path)

    assert (outcome.rows, outcome.accepted) == (5, 3)
    assert outcome.samples["CF_JDRQ.not-a-date"] == (("二月", 2), ("二月", 3))
    assert outcome.left_aside == ()


def test_a_problem_names_its_sheet_and_is_marked_on_it(tmp_path: Path) -> None:
    rows = penalties({}, {"CF_JDRQ": "2026-02-30"})
    check_bytes(workbook({"甲": table(rows[0]), "乙": table(rows[1])}), filename="全年.xlsx", keep=tmp_path)

    with open_report(tmp_path, information_class=PENALTIES, file_format="xlsx") as out:
        marked = openpyxl.load_workbook(io.BytesIO(out.read()))
    with open_report(tmp_path, information_class=PENALTIES, file_format="json") as out:
        problems = json.loads(out.read())["problems"]

    commented = {sheet.title for sheet in marked for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {"乙"}
    assert [problem["sheet"] for problem in problems] == ["乙"]


def test_sheets_of_another_class_or_without_a_table_are_left_aside_by_name(tmp_path: Path) -> None:
    book = workbook(
        {
            "处罚": table(*numbered(1, 2)),
            "许可": [LICENCE_HEADER, ["某公司"] * len(LICENCE_HEADER)],
            "说明": [["本月由林某整理"], ["共两张表"]],
            "汇总": [["CF_WSH", "CF_JDRQ"], ["示环罚〔2026〕1号", "2026-01-01"]],
            "空表": [],
        }
    )

    outcome = check_bytes(book, filename="一月.xlsx", keep=tmp_path)

    assert outcome.rows == 2
    assert {(one.sheet, one.code) for one in outcome.left_aside} == {
        ("许可", "wrong-class"),
        ("汇总", "missing-column"),
        ("说明", "no-header"),
    }
    kept = json.loads((tmp_path / "layout.json").read_text(encoding="utf-8"))
    assert {one["sheet"] for one in kept["left_aside"]} == {"许可", "汇总", "说明"}


def test_a_workbook_in_which_no_sheet_fits_says_why_of_the_first() -> None:
    book = workbook({"许可": [LICENCE_HEADER, ["某公司"] * len(LICENCE_HEADER)], "说明": [["x"]]})

    with pytest.raises(FileRefused) as refused:
        check_bytes(book, filename="一月.xlsx")

    assert refused.value.code == "wrong-class"


def test_three_hundred_sheets_are_read_as_one_file(tmp_path: Path) -> None:
    book = workbook({f"第{at}日": table(*numbered(at, 4)) for at in range(MANY)})

    outcome = check_bytes(book, filename="全年.xlsx", keep=tmp_path)

    assert (outcome.rows, outcome.accepted, len(outcome.tables)) == (4 * MANY, 4 * MANY, MANY)
    with open_report(tmp_path, information_class=PENALTIES, file_format="xlsx") as out:
        assert len(openpyxl.load_workbook(io.BytesIO(out.read()), read_only=True).sheetnames) == MANY + 1


def test_a_sheet_named_after_a_persons_number_takes_no_other_sheets_name(tmp_path: Path) -> None:
    book = workbook(
        {"张13800138000": table(penalty(CF_WSH="甲1号")), "Sheet1": table(penalty(CF_WSH="甲2号"))}
    )

    outcome = check_bytes(book, filename="两张.xlsx", keep=tmp_path)

    names = [one.sheet for one in outcome.tables]
    assert outcome.accepted == len(set(names)) == len(names)
    assert "Sheet1" in names
    assert "13800138000" not in str(names)
    with open_report(tmp_path, information_class=PENALTIES, file_format="xlsx") as out:
        assert len(openpyxl.load_workbook(io.BytesIO(out.read())).sheetnames) == 3


def test_more_sheets_than_can_be_read_at_once_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_aside, "MOST_SHEETS", 2)

    with pytest.raises(FileRefused) as refused:
        check_bytes(workbook({f"第{at}日": table(*numbered(at, 1)) for at in range(3)}), filename="全年.xlsx")

    assert refused.value.code == "too-many-sheets"
