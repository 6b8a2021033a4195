"""Zhao's morning: what was refused, falls due, is overdue or waits, each with the way to its whole list."""

import csv
import io
from datetime import date
from io import BytesIO

import pytest
from desk_cast import GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from sending import csv_of, penalty, sent

from gongxin.core.office_days import office_days
from gongxin.core.working_days import packaged_calendar
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent

OTHER_NAME = "远山宾馆集团股份公司"


def held_penalty(cast: Cast, *, number: str, decided_on: str, held: bool = True) -> None:
    """Send two penalties of one firm; the second under a clearly different name waits for an officer."""
    sent(csv_of(penalty(CF_JDRQ=decided_on, CF_WSH=f"{number}甲")), agency=cast.bureau)
    if held:
        other = penalty(CF_JDRQ=decided_on, CF_WSH=number, CF_XDR_MC=OTHER_NAME)
        sent(csv_of(other), agency=cast.bureau)


def test_the_days_of_the_office_follow_the_official_calendar() -> None:
    days = office_days(date(2026, 11, 23), packaged_calendar())

    assert days.last == date(2026, 11, 20)  # the Friday before a Monday
    assert days.through == date(2026, 11, 30)
    after_a_holiday = office_days(date(2026, 10, 8), packaged_calendar())
    assert after_a_holiday.last == date(2026, 9, 30)


@pytest.mark.django_db
def test_an_empty_morning_says_what_each_emptiness_means(zhao: Client) -> None:
    page = zhao.get("/desk/").content.decode()

    assert "没有逾期未作的公示决定" in page
    assert "没有暂停公示的记录" in page
    assert "没有待经办人核实的记录" in page


def test_lin_keeps_the_page_of_her_agency(lin: Client) -> None:
    page = lin.get("/desk/").content.decode()

    assert "示范市市场监督管理局" in page
    assert "每日待办" not in page


@pytest.mark.parametrize(
    ("decided_on", "block"), [("2026-11-12", "today"), ("2026-11-16", "soon"), ("2026-10-12", "overdue")]
)
def test_a_held_record_stands_in_the_block_of_its_day(
    zhao: Client, cast: Cast, decided_on: str, block: str
) -> None:
    held_penalty(cast, number="示环罚〔2026〕77号", decided_on=decided_on)

    page = zhao.get("/desk/").content.decode()
    whole = {chosen: zhao.get(f"/desk/held/?due={chosen}").content.decode() for chosen in ("today", "soon")}

    assert ("示环罚〔2026〕77号" in whole["today"]) == (block == "today")
    assert ("示环罚〔2026〕77号" in whole["soon"]) == (block == "soon")
    overdue = zhao.get("/desk/overdue/").content.decode()
    assert ("示范市生态环境局" in overdue) == (block == "overdue")
    assert "示环罚〔2026〕77号" in page


def test_overdue_is_told_by_agency_with_working_days_late_and_leads_to_the_records(
    zhao: Client, cast: Cast
) -> None:
    held_penalty(cast, number="示环罚〔2026〕77号", decided_on="2026-10-12")

    rows = list(csv.reader(io.StringIO(zhao.get("/desk/overdue/?format=csv").content.decode("utf-8-sig"))))
    records = zhao.get(f"/desk/held/?due=overdue&agency={cast.bureau.code}").content.decode()

    assert rows[1] == ["示范市生态环境局", "1", "2026-10-21", "23", "0990-1000001"]
    assert "示环罚〔2026〕77号" in records
    others = zhao.get(f"/desk/held/?due=overdue&agency={cast.regulator.code}").content.decode()
    assert "77号" not in others


def test_a_file_refused_since_the_last_working_day_is_named_with_why(
    zhao: Client, lin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, name in (("2026-11-19", "旧.csv"), ("2026-11-20", "新.csv")):
        monkeypatch.setenv("GONGXIN_NOW", f"{day}T15:00:00+08:00")
        lin.post("/desk/upload/", {"class": "penalty", "file": SimpleUploadedFile(name, b"\x00\x01\x02")})
        run_worker(once=True, clock=clock.now, name="w")
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T09:00:00+08:00")

    page = zhao.get("/desk/").content.decode()

    assert "新.csv" in page
    assert "旧.csv" not in page
    assert "旧.csv" in zhao.get("/desk/submissions/?state=refused").content.decode()


def test_yesterdays_list_is_still_what_it_was_after_zhao_has_decided(
    zhao: Client, auditor: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_penalty(cast, number="示环罚〔2026〕77号", decided_on="2026-11-12")
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-24T10:00:00+08:00")
    page = zhao.get("/desk/held/").content.decode()
    address = page.split('href="/desk/held/', 2)[-1].split('"')[0]
    zhao.post(f"/desk/held/{address}", {"act": "withhold", "ground": "与登记机关核对"})

    now, then = (auditor.get(f"/desk/held/{asked}").content.decode() for asked in ("", "?on=2026-11-23"))

    assert "77号" not in now
    assert "77号" in then
    assert "截至2026年11月23日终了时的情形" in then


def test_a_list_leaves_as_csv_and_as_a_workbook_with_the_same_rows_and_the_audit_knows(
    zhao: Client, cast: Cast
) -> None:
    held_penalty(cast, number="=cmd〔2026〕1号", decided_on="2026-11-16")

    lines = zhao.get("/desk/held/?due=soon&format=csv").content.decode("utf-8-sig").splitlines()
    book = load_workbook(BytesIO(zhao.get("/desk/held/?due=soon&format=xlsx").content))

    cells = [[str(cell.value or "") for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [",".join(row) for row in cells] == lines
    assert any(cell == "'=CMD〔2026〕1号" for cell in cells[1])
    events = AuditEvent.objects.filter(action="table.exported")
    assert {event.detail["format"] for event in events} == {"csv", "xlsx"}
    assert {event.detail["rows"] for event in events} == {1}


def test_a_person_who_trades_under_a_name_is_masked_in_what_leaves(zhao: Client, cast: Cast) -> None:
    sent(csv_of(penalty(CF_JDRQ="2026-11-16", CF_WSH="一号")), agency=cast.bureau)
    sent(
        csv_of(penalty(CF_JDRQ="2026-11-16", CF_WSH="二号", CF_XDR_MC="尤大力（电话13800138000）酒店集团")),
        agency=cast.bureau,
    )

    text = zhao.get("/desk/held/?format=csv").content.decode()

    assert "13800138000" not in text


def test_a_cut_list_says_that_it_was_cut(zhao: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongxin.interfaces.desk.tables.MOST_ROWS", 1)
    for number in ("一号", "二号"):
        held_penalty(cast, number=number, decided_on="2026-11-16")

    lines = zhao.get("/desk/held/?format=csv").content.decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert lines[-1].startswith("以上为前 1 行")


def test_lin_takes_her_own_submissions_as_a_file_and_nobody_elses(
    lin: Client, wu: Client, cast: Cast
) -> None:
    lin.post(
        "/desk/upload/", {"class": "tax-a-level", "file": SimpleUploadedFile("林.csv", tax_list(GOOD_ROW))}
    )

    assert "林.csv" in lin.get("/desk/submissions/?format=csv").content.decode()
    assert "林.csv" not in wu.get("/desk/submissions/?format=csv").content.decode()


@pytest.mark.parametrize("address", ["/desk/overdue/", "/desk/suspended/", "/desk/held/?format=csv"])
def test_the_lists_of_the_centre_are_not_lins(lin: Client, address: str) -> None:
    assert lin.get(address).status_code == 403


def test_a_day_that_is_none_is_today(zhao: Client) -> None:
    for asked in ("x", "2026-13-01", "0001-01-01", "9999-12-31"):
        assert zhao.get(f"/desk/held/?on={asked}").status_code == 200
    assert zhao.get("/desk/held/?due=never").status_code == 404
    assert zhao.get("/desk/held/?agency=nobody").status_code == 404
