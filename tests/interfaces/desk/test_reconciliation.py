"""The sheet by which an agency and the platform agree about what was sent and where it stands."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from cast import AT, BUREAU, LIN, QIAO, REGULATOR, ZHAO, firm_code
from desk_cast import GOOD_ROW, Cast, tax_list
from django.test import Client
from openpyxl import load_workbook
from sending import csv_of, penalty, recalled, sent
from withdrawing import withdraw_record

from gongxin.core.disclosure import Audience
from gongxin.interfaces.desk.reconciliation import RECORD_STATES
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.queries import views_by_record
from gongxin.registry.publication.reconciled import Span, reconciled
from gongxin.registry.subjects.queries import profiles

NOVEMBER_1, LATER, LAST = AT - timedelta(days=20), AT - timedelta(days=10), AT - timedelta(hours=1)
OCTOBER = {"first": "2026-10-01", "last": "2026-10-31"}
OTHER_NAME = {"CF_XDR_MC": "示范百货连锁集团有限公司"}


def send_all_kinds(cast: Cast) -> None:
    """Let the regulator have one record shown, corrected, held, withdrawn and one row without a subject."""
    sent(csv_of(penalty(CF_WSH="别局1号")), agency=cast.bureau, at=NOVEMBER_1)
    rows = [penalty(CF_WSH=number) for number in ("甲1号", "甲2号", "甲4号")]
    sent(csv_of(*rows), agency=cast.regulator, at=NOVEMBER_1)
    rows = [
        penalty(CF_WSH="甲2号", CF_NR_FK="3", CF_NR="罚款人民币叁万元"),
        penalty(CF_WSH="甲3号", **OTHER_NAME),
        penalty(CF_WSH="别局1号", CF_NR_FK="5", CF_NR="罚款人民币伍万元"),
        penalty(CF_WSH="九月1号", CF_JDRQ="2026-09-29"),
    ]
    sent(csv_of(*rows), agency=cast.regulator, at=LATER, file_name="第二批.csv")
    entry = Entry.objects.get(document_number__contains="甲4", superseded_at=None)
    withdraw_record(
        subject_id=entry.subject_id, record_id=entry.record_id, ground="处罚决定被撤销", proposed_by=LIN,
        decided_by=ZHAO, at=LAST,
    )  # fmt: skip


def test_each_row_says_where_it_stands_here(lin: Client, cast: Cast) -> None:
    send_all_kinds(cast)

    page = lin.get("/desk/reconciliation/").content.decode()

    states = {
        "甲1号": ("有效", "公示中 · 至2027年10月12日"), "甲2号": ("已更正", "至2027年10月12日"),
        "甲3号": ("待核实", "名称与登记名称明显不同"), "甲4号": ("已撤下", ""),
        "别局1号": ("等待处理", "现有记录由其他单位报送"),
    }  # fmt: skip
    for number, (record, publication) in states.items():
        (line,) = [row for row in page.split("<tr>") if f">{number}<" in row]
        assert record in line
        assert publication in line
        assert "尚未上报" in line
    assert "九月1号" not in page


def test_the_totals_add_up(lin: Client, cast: Cast) -> None:
    send_all_kinds(cast)

    page = lin.get("/desk/reconciliation/").content.decode()

    found = re.search(r"共 5 行 = (.*)</p>", page)
    assert found is not None
    assert found[1] == "有效 1 + 已更正 1 + 待核实 1 + 已撤下 1 + 已归档 0 + 待关联 1 + 已退回不办 0"


def test_the_state_on_the_sheet_is_the_state_everywhere(cast: Cast) -> None:
    send_all_kinds(cast)
    span = Span({cast.regulator.id}, AT.date().replace(month=1), AT.date())

    found = reconciled(span, at=AT, limit=100)

    views = views_by_record(
        profiles({one.subject_id for one in found}, at=AT), audience=Audience.AUDITOR, at=AT
    )
    assert {one.record for one in found} == {"in_force", "corrected", "held", "withdrawn"}
    assert {one.record_id: one.record for one in found} == {
        one.record_id: views[one.record_id].record for one in found
    }
    assert set(RECORD_STATES) >= {one.record for one in found}


def test_the_days_may_be_those_of_recording_and_the_class_one_of_all(lin: Client, cast: Cast) -> None:
    send_all_kinds(cast)
    asked = {"first": "2026-11-10", "last": "2026-11-20", "by": "recorded"}

    page = lin.get("/desk/reconciliation/", {**asked, "class_id": "penalty"}).content.decode()
    licences = lin.get("/desk/reconciliation/", {**asked, "class_id": "licence"}).content.decode()

    assert "九月1号" in page
    assert "甲1号" not in page
    assert "共 4 行" in page
    assert "该期间收到文件 1 个，共 4 行 = 通过 4 + 待改正 0" in page
    assert "共 0 行" in licences


def test_the_sheet_leaves_as_a_workbook_of_plain_text(lin: Client, cast: Cast) -> None:
    send_all_kinds(cast)
    sent(csv_of(penalty(CF_WSH="=1+1号", CF_XDR_SHXYM=firm_code(7))), agency=cast.regulator, at=LATER)

    answer = lin.get("/desk/reconciliation/", {**OCTOBER, "format": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 7
    assert "'=1+1号" in {row[0] for row in rows}
    assert {row[7] for row in rows[1:]} == {"尚未上报"}


def test_a_recalled_batch_stands_on_the_sheet_as_withdrawn(lin: Client, cast: Cast) -> None:
    recalled(sent(csv_of(penalty()), agency=cast.regulator, at=NOVEMBER_1), at=LATER)

    page = lin.get("/desk/reconciliation/").content.decode()

    assert "已撤下 1" in page
    assert "示环罚〔2026〕12号" in page


def test_a_name_that_may_be_a_persons_does_not_leave_in_the_file(lin: Client, cast: Cast) -> None:
    code = QIAO.replace("91", "92", 1)
    sent(csv_of(penalty(CF_XDR_MC="孙小明", CF_XDR_SHXYM=code)), agency=cast.regulator, at=NOVEMBER_1)

    answer = lin.get("/desk/reconciliation/", {**OCTOBER, "format": "csv"})

    assert "孙小明" not in answer.content.decode()


def test_another_agencys_sheet_is_nobody_elses(wu: Client, zhao: Client, cast: Cast) -> None:
    send_all_kinds(cast)

    own = wu.get("/desk/reconciliation/", {"agency": REGULATOR}).content.decode()

    assert "甲1号" not in own
    assert "甲1号" in zhao.get("/desk/reconciliation/", {"agency": REGULATOR}).content.decode()
    assert "甲1号" not in zhao.get("/desk/reconciliation/", {"agency": BUREAU}).content.decode()
    assert "请填写要对账的单位" in zhao.get("/desk/reconciliation/").content.decode()


@pytest.mark.parametrize(
    "asked", [{"first": "x"}, {"last": "2026-02-30"}, {"first": "2026-10-02", "last": "2026-10-01"}]
)
def test_days_that_are_none_are_told_at_the_form(lin: Client, asked: dict[str, str]) -> None:
    assert lin.get("/desk/reconciliation/", asked).status_code == 422


@pytest.mark.parametrize("by", ["decided", "recorded"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1948-12-31", "2029-01-01"])
def test_a_day_at_the_end_of_the_calendar_is_told_at_the_form(lin: Client, day: str, by: str) -> None:
    answer = lin.get("/desk/reconciliation/", {"first": day, "last": day, "by": by})

    assert answer.status_code == 422
    assert "请填写1949年至2028年之间的日期" in answer.content.decode()


def test_a_span_is_a_year_at_most(lin: Client) -> None:
    year = lin.get("/desk/reconciliation/", {"first": "2025-10-01", "last": "2026-10-01"})
    longer = lin.get("/desk/reconciliation/", {"first": "2025-10-01", "last": "2026-10-02"})

    assert (year.status_code, longer.status_code) == (200, 422)
    assert "每次不超过366天" in longer.content.decode()


SAID = "没有决定日期、只能按入库日期列出的事项"
LAST_MONTH = AT - timedelta(days=30)


def send_taxpayers(cast: Cast) -> None:
    """Let the regulator send a class that has no day of decision, recorded in the month that ended."""
    sent(tax_list(GOOD_ROW), class_id="tax-a-level", agency=cast.regulator, at=LAST_MONTH)


def test_an_agency_whose_classes_have_no_day_of_decision_is_shown_what_was_recorded(
    lin: Client, cast: Cast
) -> None:
    send_taxpayers(cast)

    page = lin.get("/desk/reconciliation/").content.decode()

    assert "共 1 行 = 有效 1" in page
    assert '<option value="recorded" selected>' in page
    assert f"{SAID}： 纳税信用A级纳税人" in page


def test_the_day_of_decision_stays_the_first_choice_where_some_class_has_it(lin: Client, cast: Cast) -> None:
    send_taxpayers(cast)
    sent(csv_of(penalty()), agency=cast.regulator, at=NOVEMBER_1)

    page = lin.get("/desk/reconciliation/").content.decode()
    of_class = lin.get("/desk/reconciliation/", {"class_id": "tax-a-level"}).content.decode()
    of_penalties = lin.get("/desk/reconciliation/", {"class_id": "penalty"}).content.decode()

    assert '<option value="decided" selected>' in page
    assert SAID in page
    assert "共 1 行 = 有效 1" in of_class
    assert SAID not in of_penalties


def test_the_day_she_asks_for_is_the_day_taken(lin: Client, cast: Cast) -> None:
    send_taxpayers(cast)

    page = lin.get("/desk/reconciliation/", {"by": "decided", **OCTOBER}).content.decode()

    assert "共 0 行" in page
    assert SAID in page
