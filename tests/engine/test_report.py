import csv
import io
import json
import warnings
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from engine.checking import check_bytes, check_rows, csv_of, penalties, penalty

from gongxin.core.lawbook import information_class
from gongxin.engine.report import CopyOf, findings, open_report, opening, page_of_problems, workbook
from gongxin.engine.report.findings import cited

PENALTIES = information_class("penalty")
BAD_DAY = {"CF_JDRQ": "2026-02-30"}
YUAN = {"CF_NR_FK": "20000"}


def report(keep: Path, file_format: str, language: str = "zh") -> bytes:
    with open_report(keep, information_class=PENALTIES, file_format=file_format, language=language) as out:
        return out.read()


def marked_copy(keep: Path, language: str = "zh") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report(keep, "xlsx", language)))


def test_each_problem_says_all_a_clerk_needs(tmp_path: Path) -> None:
    check_rows(penalties({}, BAD_DAY), keep=tmp_path)

    found = json.loads(report(tmp_path, "json"))

    assert found["counts"] == {"CF_JDRQ.not-a-date": 1}
    (problem,) = found["problems"]
    assert problem.pop("message").startswith("“处罚决定日期”")
    assert problem.pop("source")
    assert problem == {
        "sheet": "",
        "row": 3,
        "document_number": "示环罚〔2026〕2号",
        "field": "CF_JDRQ",
        "label": "处罚决定日期",
        "value": "2026-02-30",
        "severity": "error",
        "code": "CF_JDRQ.not-a-date",
        "example": "2026/03/12",
    }


def test_the_report_speaks_english_too(tmp_path: Path) -> None:
    check_rows([penalty(**BAD_DAY)], keep=tmp_path)

    (problem,) = json.loads(report(tmp_path, "json", "en"))["problems"]

    assert problem["label"] == "Decision date"
    assert "not a date" in problem["message"]


def test_a_number_in_a_text_names_the_text_it_is_in(tmp_path: Path) -> None:
    check_rows([penalty(CF_SY="电话13800138000")], keep=tmp_path)

    (problem,) = json.loads(report(tmp_path, "json"))["problems"]

    assert problem["message"].startswith("“违法事实”里有个人号码")
    assert problem["value"] == "*"


def test_person_rows_and_damaged_lines_are_numbers_only(tmp_path: Path) -> None:
    content = csv_of([penalty(CF_XDR_LB="自然人", CF_XDR_MC="孙小小")]) + b"one,two\n"
    check_bytes(content, keep=tmp_path)

    problems = json.loads(report(tmp_path, "json"))["problems"]

    assert [(one["row"], one["code"], one["value"], one["document_number"]) for one in problems] == [
        (2, "person-row", "", ""),
        (3, "ragged-line", "", ""),
    ]
    assert all(one["message"] for one in problems)


def test_a_table_for_a_spreadsheet_runs_no_formula(tmp_path: Path) -> None:
    check_rows([penalty(CF_NR_FK='=HYPERLINK("http://x")', CF_WSH="＝1+1")], keep=tmp_path)

    rows = list(csv.DictReader(io.StringIO(report(tmp_path, "csv").decode("utf-8-sig"))))

    assert [row["报送值"] for row in rows] == ['\'=HYPERLINK("http://x")']
    assert rows[0]["文书号、代码或名称"] == "'＝1+1"


def named_by(keep: Path, class_id: str) -> list[str]:
    """Return the column that names the rows at fault, under its heading."""
    with open_report(keep, information_class=information_class(class_id), file_format="csv") as out:
        lines = csv.DictReader(io.StringIO(out.read().decode("utf-8-sig")))
        return [line["文书号、代码或名称"] for line in lines]


def test_a_row_without_a_document_number_is_named_by_what_it_has(tmp_path: Path) -> None:
    row = {
        "纳税人识别号": "",
        "纳税人名称": "示范乔木机械有限公司",
        "评价年度": "20l8",
        "税务机关": "示范市税务局",
    }
    check_rows([row, row | {"纳税人识别号": "91990100MA000001X"}], class_id="tax-a-level", keep=tmp_path)

    assert set(named_by(tmp_path, "tax-a-level")) == {"示范乔木机械有限公司", "91990100MA000001X"}


def test_a_row_named_by_a_person_names_them_masked(tmp_path: Path) -> None:
    row = {
        "姓名": "林一",
        "职业": "律师",
        "执业证号": "",
        "发证日期": "2026/03/12",
        "执业状态": "有",
        "发证机关": "示范市司法局",
    }
    check_rows([row, row | {"执业证号": "示证12"}], class_id="professional-licence", keep=tmp_path)

    assert set(named_by(tmp_path, "professional-licence")) == {"林*", "示证12"}


def test_the_senders_own_copy_has_its_cells_marked(tmp_path: Path) -> None:
    title = "示范市行政处罚信息表,,\n".encode()
    rows = penalties({}, BAD_DAY | YUAN, {"CF_XDR_LB": "自然人"}, {"BZ": "=1+1"})
    check_bytes(title + csv_of(rows), keep=tmp_path)

    copy = marked_copy(tmp_path)

    sheet = copy["Sheet1"]
    place = {cell.value: cell.column for cell in sheet[2]}
    assert sheet["A1"].value == "示范市行政处罚信息表"
    assert list(place)[:2] == ["CF_XDR_MC", "CF_XDR_LB"]
    day, fine = sheet.cell(4, place["CF_JDRQ"]), sheet.cell(4, place["CF_NR_FK"])
    assert (day.value, day.fill.fgColor.rgb[2:], fine.fill.fgColor.rgb[2:]) == (
        "2026-02-30",
        "F8CBAD",
        "FFF2CC",
    )
    assert "CF_JDRQ.not-a-date" in day.comment.text
    assert "正确示例：2026/03/12" in day.comment.text
    assert sheet.cell(3, place["CF_JDRQ"]).comment is None
    assert [cell.value for cell in sheet[5]] == [None] * len(place)  # the row about a person
    assert sheet.cell(6, place["BZ"]).value == "'=1+1"
    assert sheet.cell(6, place["BZ"]).data_type == "s"


def test_the_copy_can_be_read_again_row_for_row(tmp_path: Path) -> None:
    check_rows(penalties({}, {"CF_WFXW": ""}, {}), keep=tmp_path)

    again = check_bytes(report(tmp_path, "xlsx"), filename="again.xlsx")

    assert (again.rows, again.accepted) == (3, 2)
    assert again.samples == {"CF_WFXW.required": (("Sheet1", 3),)}


@pytest.mark.parametrize("text", ["-", "－", "+罚款贰万元", "=1+1", "@所有人", "－责令改正", "普通"])
def test_a_cell_that_looks_like_a_formula_comes_back_as_it_was_sent(text: str, tmp_path: Path) -> None:
    batch = CopyOf("0" * 32)
    first, second = tmp_path / "first", tmp_path / "second"
    check_rows(penalties({"CF_NR": text, "BZ": text}, BAD_DAY), keep=first)
    with open_report(first, information_class=PENALTIES, file_format="xlsx", copy=batch) as out:
        copy = out.read()

    again = check_bytes(copy, filename="改好了.xlsx", keep=second)

    before, after = (
        pl.read_parquet(folder / "accepted.parquet").drop("sheet", "row") for folder in (first, second)
    )
    assert (again.batch, after.rows()) == (batch.batch, before.rows())


def test_sheets_whose_names_differ_only_at_their_ends_all_come_back(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    long = "附件：示范市市场监督管理局二〇二六年度行政处罚信息公示汇总表（第"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a title longer than a spreadsheet takes; others write it
        book.active.title = f"{long}一月）"
        sheets = [book.active, *(book.create_sheet(f"{long}{month}月）") for month in "二三")]
    for number, sheet in enumerate(sheets):
        row = penalty(**BAD_DAY, CF_WSH=f"示环罚〔2026〕{number}号")
        sheet.append(list(row))
        sheet.append(list(row.values()))
    content = io.BytesIO()
    book.save(content)
    check_bytes(content.getvalue(), filename="全年.xlsx", keep=tmp_path)

    copy = marked_copy(tmp_path)

    numbers = [
        [cell.value for cell in sheet[2] if "罚〔" in str(cell.value)] for sheet in copy.worksheets[:3]
    ]
    assert numbers == [["示环罚〔2026〕0号"], ["示环罚〔2026〕1号"], ["示环罚〔2026〕2号"]]


def test_above_the_limit_only_faulty_rows_are_shown_and_counts_stay_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ALL_ROWS", 3)
    check_rows(penalties({}, *[BAD_DAY] * 5), keep=tmp_path)

    copy = marked_copy(tmp_path)

    sheet, summary = copy["Sheet1"], copy["校验说明"]
    assert sheet.max_row == 4  # the header and three of the five
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert comments[0].startswith("原文件第 3 行")
    assert ["CF_JDRQ.not-a-date", 5] in [[cell.value for cell in row[:2]] for row in summary.iter_rows()]


def test_every_sheet_of_a_workbook_comes_back(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "一季度"
    for sheet, change in ((book.active, {}), (book.create_sheet("二季度"), BAD_DAY)):
        row = penalty(**change, CF_WSH=f"示环罚〔2026〕{sheet.title}号")
        sheet.append(list(row))
        sheet.append(list(row.values()))
    content = io.BytesIO()
    book.save(content)

    outcome = check_bytes(content.getvalue(), filename="two.xlsx", keep=tmp_path)

    assert (outcome.rows, outcome.accepted) == (2, 1)
    assert marked_copy(tmp_path).sheetnames == ["一季度", "二季度", "校验说明"]
    assert json.loads(report(tmp_path, "json"))["problems"][0]["sheet"] == "二季度"


def test_nothing_but_the_check_stays_in_the_folder(tmp_path: Path) -> None:
    check_rows([penalty(**BAD_DAY)], keep=tmp_path)
    before = sorted(tmp_path.iterdir())

    for file_format in ("xlsx", "csv", "json"):
        report(tmp_path, file_format)

    assert sorted(tmp_path.iterdir()) == before


def test_a_citation_names_the_instrument_and_the_article() -> None:
    rule = next(rule for rule in PENALTIES.rules if rule.code == "detention-of-organisation")

    assert rule.citation is not None
    assert cited(rule.citation, "zh").startswith("《")


def test_a_long_list_is_cut_short_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LISTED", 2)
    check_rows(penalties(*[BAD_DAY] * 5), keep=tmp_path)

    found = json.loads(report(tmp_path, "json"))
    lines = report(tmp_path, "csv").decode("utf-8-sig").splitlines()

    assert (found["total"], found["listed"], len(found["problems"])) == (5, 2, 2)
    assert found["counts"] == {"CF_JDRQ.not-a-date": 5}
    assert len(lines) == 4
    assert "另有 3 个问题未列出" in lines[-1]


def test_a_file_of_more_lines_than_a_sheet_has_rows_is_still_shown(tmp_path: Path) -> None:
    header, first, second = csv_of(penalties({}, BAD_DAY)).splitlines(keepends=True)
    check_bytes(header + first + b"\r\n" * 1_100_000 + second, keep=tmp_path)

    sheet = marked_copy(tmp_path)["Sheet1"]

    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert sheet.max_row == 3
    assert comments[0].startswith("原文件第 1100003 行")


@pytest.mark.parametrize("name", ["校验说明", "History", "what's: this?"])
def test_a_sheet_of_any_name_comes_back(tmp_path: Path, name: str) -> None:
    layout = tmp_path / "layout.json"
    check_rows([penalty(**BAD_DAY)], keep=tmp_path)
    for file in ("sent", "problems"):
        path = tmp_path / f"{file}.parquet"
        pl.read_parquet(path).with_columns(sheet=pl.lit(name)).write_parquet(path)
    text = layout.read_text(encoding="utf-8")
    layout.write_text(text.replace('"sheet": ""', f'"sheet": "{name}"'), encoding="utf-8")

    assert len(marked_copy(tmp_path).sheetnames) == 2


def test_pages_of_problems_together_are_the_whole_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_rows(penalties(*[{**BAD_DAY, **YUAN}] * 7), keep=tmp_path)
    monkeypatch.setattr(findings, "_BATCH", 3)
    whole = json.loads(report(tmp_path, "json"))["problems"]

    pages = [
        page_of_problems(tmp_path, information_class=PENALTIES, language="zh", start=start, limit=4)[
            "problems"
        ]
        for start in range(0, len(whole) + 4, 4)
    ]

    assert len(whole) > 7
    assert [one for page in pages for one in page] == whole
    assert pages[-1] == []


def test_a_list_of_problems_masks_a_persons_name_and_the_workbook_has_it_whole(tmp_path: Path) -> None:
    check_rows([penalty(CF_FRDB="乔" * 60)], keep=tmp_path)

    (problem,) = json.loads(report(tmp_path, "json"))["problems"]

    assert (problem["field"], problem["value"]) == ("CF_FRDB", "乔*")
    assert "乔" * 60 in [cell.value for cell in marked_copy(tmp_path).worksheets[0][2]]
