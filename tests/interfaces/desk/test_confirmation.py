"""The sheet an agency prints, signs and stamps: counts that add up, and what became of each row."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from cast import AT, QIAO
from desk_cast import GOOD_ROW, Cast, tax_list
from django.test import Client
from sending import csv_of, penalty, recalled, received, sent

from gongxin.interfaces.desk.record_columns import leaving_name
from gongxin.registry.intake.models import Submission

LATER = AT + timedelta(hours=1)
GOOD, OTHER_NAME, BAD = (
    penalty(CF_WSH="甲1号"),
    penalty(CF_WSH="甲2号", CF_XDR_MC="示范百货连锁集团有限公司"),
    penalty(CF_WSH="甲3号", CF_JDRQ="昨天"),
)
OF_A_PERSON = penalty(CF_WSH="甲4号", CF_XDR_LB="自然人", CF_XDR_SHXYM="", CF_XDR_MC="孙某人")


def book_of(*sheets: list[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False}) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for at, cells in enumerate(rows):
                page.write_row(at, 0, cells)
    return out.getvalue()


def sheet(client: Client, submission: Submission) -> str:
    return client.get(f"/desk/submissions/{submission.id}/confirmation/").content.decode()


def line(page: str, number: str) -> str:
    """Return the row of the table that bears this document number."""
    return next(row for row in page.split("<tr>") if f"<td>{number}</td>" in row)


def test_the_sheet_says_who_sent_what_when_and_what_became_of_each_row(lin: Client, cast: Cast) -> None:
    submission = sent(csv_of(GOOD, OTHER_NAME, BAD), agency=cast.regulator)

    page = sheet(lin, submission)

    for words in (submission.id.hex, submission.file_hash, cast.regulator.code, submission.edition):
        assert words in page
    assert "3 行 = 通过 2 + 待改正 1 + 自然人行（不留存）0" in page
    assert "至2027年10月12日" in line(page, "甲1号")
    assert "名称与登记名称明显不同" in line(page, "甲2号")
    assert "待改正" in line(page, "甲3号")
    for words in ("经办人", "负责人", "单位（盖章）", "日期"):
        assert words in page


def test_nothing_of_a_row_about_a_person_is_on_the_sheet(lin: Client, cast: Cast) -> None:
    submission = sent(csv_of(GOOD, OF_A_PERSON), agency=cast.regulator)

    page = sheet(lin, submission)

    assert "2 行 = 通过 1 + 待改正 0 + 自然人行（不留存）1" in page
    assert "孙某人" not in page
    assert "甲4号" not in page


def test_a_name_that_may_be_a_persons_is_masked(lin: Client, cast: Cast) -> None:
    code = QIAO.replace("91", "92", 1)
    submission = sent(csv_of(penalty(CF_XDR_MC="孙小明", CF_XDR_SHXYM=code)), agency=cast.regulator)

    page = sheet(lin, submission)

    assert "孙小明" not in page
    assert submission.id.hex in page


def test_what_was_sent_again_unchanged_is_said_so(lin: Client, cast: Cast) -> None:
    sent(csv_of(GOOD), agency=cast.regulator)

    page = sheet(lin, sent(csv_of(GOOD), agency=cast.regulator, at=LATER))

    assert "内容未变，或者已被后来的版本替换" in line(page, "甲1号")


def test_rows_of_two_sheets_that_share_a_number_are_not_taken_for_each_other(lin: Client, cast: Cast) -> None:
    sent(tax_list(GOOD_ROW), class_id="tax-a-level", agency=cast.regulator)
    of_nobody = ("410105123456789", "示范无码商贸有限公司", "2025", "示范市税务局")
    header = ("纳税人识别号", "纳税人名称", "评价年度", "税务机关")
    book = book_of([header, of_nobody], [header, GOOD_ROW])

    page = sheet(lin, sent(book, class_id="tax-a-level", agency=cast.regulator, at=LATER))

    assert "内容未变" in line(page, GOOD_ROW[1])
    assert "内容未变" not in line(page, of_nobody[1])


def test_a_recalled_batch_says_that_its_rows_went_with_it(lin: Client, cast: Cast) -> None:
    submission = recalled(sent(csv_of(GOOD), agency=cast.regulator), at=LATER)

    page = sheet(lin, submission)

    assert "已随批次撤回" in line(page, "甲1号")
    assert "报错目录" in page


def test_a_file_refused_as_a_whole_has_a_sheet_too(lin: Client, cast: Cast) -> None:
    submission = sent("不是表格".encode(), agency=cast.regulator)
    assert submission.state == "refused"

    page = sheet(lin, submission)

    assert submission.refusal_zh in page
    assert "<table" not in page


def test_only_the_first_rows_are_listed_and_the_sheet_says_of_how_many(lin: Client, cast: Cast) -> None:
    rows = [penalty(CF_WSH=f"乙{number}号") for number in range(503)]

    page = sheet(lin, sent(csv_of(*rows), agency=cast.regulator))

    assert "共 503 行，下表列出 500 行" in page
    assert "<td>乙499号</td>" in page
    assert "<td>乙500号</td>" not in page


def test_there_is_no_sheet_before_the_work_is_over(lin: Client, cast: Cast) -> None:
    submission = received(csv_of(GOOD), agency=cast.regulator)

    answer = lin.get(f"/desk/submissions/{submission.id}/confirmation/")

    assert answer.status_code == 302


def test_another_agency_has_no_sheet_of_it(wu: Client, zhao: Client, cast: Cast) -> None:
    submission = sent(csv_of(GOOD), agency=cast.regulator)

    assert wu.get(f"/desk/submissions/{submission.id}/confirmation/").status_code == 404
    assert submission.id.hex in sheet(zhao, submission)


@pytest.mark.parametrize("name", ["个体工商户孙小明", "个体工商户（孙小明）", "孙小明（个体户）"])
def test_of_an_unnamed_business_only_the_operators_surname_is_on_the_sheet(
    lin: Client, cast: Cast, name: str
) -> None:
    code = QIAO.replace("91", "92", 1)
    submission = sent(csv_of(penalty(CF_XDR_MC=name, CF_XDR_SHXYM=code)), agency=cast.regulator)

    page = sheet(lin, submission)

    assert "小明" not in page
    assert leaving_name(name, private=False) == "个体工商户(孙*)"


def test_the_name_of_a_company_leaves_whole() -> None:
    for name in ("示范甲机械有限公司", "孙小明小吃店（个体工商户）", ""):
        assert leaving_name(name, private=False) == name
