"""What the workbook to fill in offers, and how it is read when it comes back."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from engine.checking import check_bytes, penalty
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gongxin.core.catalogue import FieldPublication
from gongxin.core.lawbook import information_class
from gongxin.engine.readers.table import FileRefused
from gongxin.interfaces import clock
from gongxin.interfaces.desk.template_workbook import HEADER_ROW, workbook_for
from gongxin.interfaces.jobs.worker import run_worker

PENALTY = information_class("penalty")


def book_of(class_id: str = "penalty") -> openpyxl.Workbook:
    made = workbook_for(information_class(class_id), catalogue_edition="packaged-2026")
    return openpyxl.load_workbook(BytesIO(made))


def filled(book: openpyxl.Workbook, *rows: dict[str, str]) -> bytes:
    """Return the template's bytes with `rows` written under its header, as a clerk would."""
    sheet = book.worksheets[0]
    for at, row in enumerate(rows, start=HEADER_ROW + 2):
        for place, key in columns_of(sheet).items():
            sheet.cell(row=at, column=place, value=row.get(key) or None)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def columns_of(sheet: Worksheet) -> dict[int, str]:
    header = sheet[HEADER_ROW + 1]
    return {
        cell.column: str(cell.value).rpartition("（")[2].removesuffix("）") for cell in header if cell.value
    }


def validation_of(book: openpyxl.Workbook, key: str) -> DataValidation:
    sheet = book.worksheets[0]
    place = next(place for place, found in columns_of(sheet).items() if found == key)
    cell = sheet.cell(row=HEADER_ROW + 2, column=place).coordinate
    return next(one for one in sheet.data_validations.dataValidation if cell in one.sqref)


def test_a_field_with_codes_offers_a_list_and_refuses_what_is_not_in_it() -> None:
    offered = validation_of(book_of(), "CF_XDR_LB")

    assert offered.type == "list"
    assert offered.formula1 == '"法人及非法人组织,个体工商户"'  # rows about people are not collected
    assert (offered.showErrorMessage, offered.errorStyle) == (True, None)


def test_a_field_of_several_values_offers_a_list_and_lets_them_be_joined() -> None:
    offered = validation_of(book_of(), "CF_CFLB")

    assert offered.type == "list"
    assert not offered.showErrorMessage


def test_codes_are_offered_by_their_chinese_names() -> None:
    assert validation_of(book_of("licence"), "XK_ZT").formula1 == '"有效,无效"'


def test_a_list_too_long_for_a_cell_lies_on_a_hidden_sheet() -> None:
    field = replace(PENALTY.field("CF_XDR_LB"), codes=tuple(f"第{at}类主体，按目录" for at in range(60)))
    fields = tuple(field if one.key == field.key else one for one in PENALTY.fields)
    made = workbook_for(replace(PENALTY, fields=fields), catalogue_edition="packaged-2026")

    book = openpyxl.load_workbook(BytesIO(made))

    lists = book.worksheets[-1]
    assert lists.sheet_state == "hidden"
    assert [row[1] for row in lists.iter_rows(values_only=True)][1:] == list(field.codes)
    assert validation_of(book, "CF_XDR_LB").formula1 == "'选项'!$B$2:$B$61"


def test_every_cell_to_fill_in_is_text_and_says_what_belongs_in_it() -> None:
    book = book_of()
    sheet = book.worksheets[0]

    alike = sheet.column_dimensions["A"]  # neighbours that are alike are written as one
    assert (alike.number_format, alike.max) == ("@", len(columns_of(sheet)))
    assert "2026/03/12" in validation_of(book, "CF_JDRQ").prompt
    assert "必填" in validation_of(book, "CF_WSH").prompt
    assert "示例" in validation_of(book, "CF_WSH").prompt


def test_columns_of_persons_documents_are_not_asked_for() -> None:
    asked = set(columns_of(book_of().worksheets[0]).values())

    assert not [
        field.key
        for field in PENALTY.fields
        if field.publication is FieldPublication.NEVER_KEPT and field.key in asked
    ]


def test_a_template_sent_back_holds_its_rows_and_nothing_of_ours(tmp_path: Path) -> None:
    outcome = check_bytes(filled(book_of(), penalty()), filename="模板.xlsx", keep=tmp_path)

    assert (outcome.rows, outcome.accepted) == (1, 1)
    assert [(table.sheet, table.header_row, table.unknown) for table in outcome.tables] == [
        ("行政处罚", 3, ())
    ]
    assert outcome.left_aside == ()


def test_an_empty_template_is_a_header_without_rows() -> None:
    with pytest.raises(FileRefused) as refused:
        check_bytes(filled(book_of()), filename="模板.xlsx")

    assert refused.value.code == "header-only"


def of_last_year(book: openpyxl.Workbook, *, renamed: str) -> openpyxl.Workbook:
    """Return a template as an earlier edition would have made it: one column under another name."""
    sheet = book.worksheets[0]
    sheet["A1"] = str(sheet["A1"].value).replace("penalty 2018-", "penalty 2017-")
    for place, key in columns_of(sheet).items():
        if key == renamed:
            sheet.cell(row=HEADER_ROW + 1, column=place, value="去年的列名")
    return book


def test_last_years_template_is_read_where_its_columns_still_fit(tmp_path: Path) -> None:
    book = of_last_year(book_of(), renamed="BZ")

    outcome = check_bytes(filled(book, penalty()), filename="模板.xlsx", keep=tmp_path)

    assert outcome.accepted == 1
    assert outcome.tables[0].unknown_headers == ("去年的列名",)
    assert outcome.template is not None
    assert outcome.template.edition.startswith("2017-")


def test_last_years_template_without_a_column_needed_now_is_named_as_such() -> None:
    book = of_last_year(book_of(), renamed="CF_JDRQ")

    with pytest.raises(FileRefused) as refused:
        check_bytes(filled(book, penalty()), filename="模板.xlsx")

    assert refused.value.code == "old-template"
    assert "处罚决定日期（CF_JDRQ）" in refused.value.message.zh


def test_at_the_desk_last_years_template_is_named_as_such_and_nobody_is_asked_to_teach_it(
    lin: Client,
) -> None:
    book = of_last_year(book_of(), renamed="CF_JDRQ")
    file = SimpleUploadedFile("去年的模板.xlsx", filled(book, penalty()))

    answer = lin.post("/desk/upload/", {"class": "penalty", "file": file})
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    page = lin.get(answer["Location"]).content.decode()
    assert "文件是用旧版模板" in page
    assert "/desk/templates/penalty.xlsx" in page
    assert "请您说明一次各列含义" not in page


def test_at_the_desk_a_column_renamed_in_todays_template_can_be_taught(lin: Client) -> None:
    book = book_of()
    for cell in book.worksheets[0][HEADER_ROW + 1]:
        if "CF_JDRQ" in str(cell.value):
            cell.value = "我们的叫法"
    file = SimpleUploadedFile("模板.xlsx", filled(book, penalty()))

    answer = lin.post("/desk/upload/", {"class": "penalty", "file": file})

    assert answer.status_code == 200
    assert "我们的叫法" in answer.content.decode()
