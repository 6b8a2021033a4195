"""The whole file to take away: complete, quick, and only for who acts for its subject."""

import json
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, ZHAO
from django.test import Client
from interfaces.my.conftest import Officer, a_user, signed_in
from interfaces.my.test_cases import case  # noqa: F401 (a fixture)
from interfaces.my.test_forms import three_old_penalties
from sending import csv_of, penalty, sent

from gongxin.core.calendar_file import Day, calendar_file
from gongxin.core.cases import Entry, Kind, Party, Who
from gongxin.core.legal_day import legal_day
from gongxin.core.own_file import OwnFile
from gongxin.flows.ask_further import ask_further
from gongxin.registry.cases.models import Case
from gongxin.registry.publication.queries import RecordView

JSON, PDF, ICS = (f"/my/downloads/{name}" for name in ("file.json", "file.pdf", "days.ics"))


def test_the_document_holds_everything_also_what_nobody_else_sees(
    qiao: Officer,
    fined: RecordView,
    case: Case,  # noqa: F811
) -> None:
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕20号", CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    sent(csv_of(penalty(CF_NR="罚款人民币贰万元整")))

    told = json.loads(qiao.client.get(JSON).content)

    by_number = {one["document_number"]: one for one in told["records"]}
    assert by_number["示环罚〔2026〕20号"]["publication"] == "withheld"
    assert len(by_number["示环罚〔2026〕12号"]["versions"]) == 2
    assert by_number["示环罚〔2026〕12号"]["decisions"]
    assert told["cases"][0]["number"] == "异〔2026〕1号"
    assert told["cases"][0]["evidence"][0]["name"] == "缴款凭证.png"
    assert [one["holder"] for one in told["mandates"]] == ["qiao"]
    assert {one["kind"] for one in told["notices"]} >= {"case.open", "mandate.granted"}
    assert ("penalty", legal_day(AT).isoformat()) in {
        (one["class_id"], one["complete_on"]) for one in told["coverage"]
    }


def test_what_a_review_holds_from_use_has_no_day_and_says_so(qiao: Officer, fined: RecordView) -> None:
    before = json.loads(qiao.client.get(JSON).content)["records"][0]
    ask_further(
        Kind.REVIEW, subject_id=fined.subject_id, record_ids=[fined.record_id], form_id=uuid4(),
        entry=Entry.COUNTER, statement="已申请行政复议。", evidence=[], who=Who(ZHAO, Party.CENTRE), at=AT,
    )  # fmt: skip

    held = json.loads(qiao.client.get(JSON).content)["records"][0]

    assert (before["usable_from"] is None, before["use_held_by"]) == (False, None)
    assert (held["usable_from"], held["use_held_by"]) == (None, "review")


def test_it_names_no_person_of_any_office(qiao: Officer, fined: RecordView) -> None:
    text = qiao.client.get(JSON).content.decode()

    assert "user:" not in text
    assert "lin" not in json.loads(text)["records"][0]["versions"][0].values()


def test_the_paper_is_a_pdf_to_keep(qiao: Officer, fined: RecordView) -> None:
    answer = qiao.client.get(PDF)

    assert answer.content.startswith(b"%PDF")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_paper_is_a_summary_of_what_is_held_the_adverse_first(
    qiao: Officer,
    fined: RecordView,
    case: Case,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed: list[OwnFile] = []

    def kept(file: OwnFile) -> bytes:
        printed.append(file)
        return b"%PDF"

    monkeypatch.setattr("gongxin.engine.papers.pdf.pdf_of_own_file", kept)
    qiao.client.get(PDF)

    [paper] = printed
    by_title = {section.title: section.rows for section in paper.sections}
    assert any("摘要" in line for line in paper.lines)
    assert paper.sections[0].rows[0][1] == fined.document_number
    assert any("示环罚〔2026〕12号" in record for record, _field, _value in by_title["各条信息的内容"])
    assert any("异〔2026〕1号" in title for _when, title, _text in by_title["消息"])
    assert [row[0] for row in by_title["谁代表您办理"]] == ["qiao"]


def test_the_calendar_knows_the_day_of_repair_and_of_the_end(qiao: Officer, fined: RecordView) -> None:
    text = qiao.client.get(ICS).content.decode()

    assert "DTSTART;VALUE=DATE:20270112" in text
    assert "DTSTART;VALUE=DATE:20271012" in text


def test_no_line_of_a_calendar_is_longer_than_75_octets_and_commas_are_kept() -> None:
    words = "可申请修复：行政处罚, 示环罚〔2026〕12号；" * 5
    text = calendar_file([Day("a", AT.date(), words)], made_at=AT)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert words.replace(",", "\\,") in text.replace("\r\n ", "")


def test_another_firms_officer_and_a_stranger_get_none_of_it(qiao: Officer, sun: Client) -> None:
    mei = signed_in(a_user("mei"))

    for address in (JSON, PDF, ICS):
        assert mei.get(address).status_code == 403
        assert sun.get(address).status_code == 302


def test_a_firm_with_five_hundred_records_has_its_file_in_a_few_seconds(qiao: Officer) -> None:
    day = (legal_day(AT) - timedelta(days=40)).isoformat()
    sent(csv_of(*[penalty(CF_WSH=f"示环罚〔2025〕{number}号", CF_JDRQ=day) for number in range(500)]))

    began = time.perf_counter()
    told = json.loads(qiao.client.get(JSON).content)
    took = time.perf_counter() - began
    page = qiao.client.get("/my/").content

    assert len(told["records"]) == 501
    assert took < 10
    assert len(page) < 100_000
    assert b"?page=2" in qiao.client.get("/my/classes/penalty/").content


def test_days_that_wait_are_in_the_calendar_with_the_clocks_of_a_case(
    qiao: Officer,
    case: Case,  # noqa: F811
) -> None:
    three_old_penalties()

    lines = qiao.client.get(ICS).content.decode().replace("\r\n ", "").split("\r\n")
    due = [line for line in lines if "异〔2026〕1号" in line]

    assert due
    assert all("行政处罚 示环罚〔2026〕12号" in line for line in due)
