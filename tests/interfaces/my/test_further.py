"""Asking from the own place what is neither an objection nor a repair: offered only where it applies."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT
from django.test import Client
from interfaces.my.conftest import Officer, a_user, signed_in
from interfaces.my.test_forms import picture
from sending import csv_of, penalty, sent

from gongxin.interfaces import clock
from gongxin.registry.cases.models import Case, Evidence, Part
from gongxin.registry.publication.queries import RecordView

NUMBER = "11010519491231002X"


def asking(record: RecordView, kind: str) -> str:
    return f"/my/records/{record.record_id}/ask/{kind}/"


def form(**changes: object) -> dict[str, object]:
    typed = {"form_id": uuid4().hex, "statement": "已向示范省生态环境厅申请行政复议，示复〔2026〕1号。"}
    return {**typed, "evidence": picture(), **changes}


def test_the_record_offers_only_what_applies_to_it(qiao: Officer, fined: RecordView) -> None:
    page = qiao.client.get(f"/my/records/{fined.record_id}/").text

    assert asking(fined, "review") in page
    assert asking(fined, "suit") in page
    for kind in ("archive-demand", "list-review", "not-the-subject", "nonsense"):
        assert asking(fined, kind) not in page
        assert qiao.client.get(asking(fined, kind)).status_code == 404


def test_word_of_a_review_becomes_a_case_with_its_paper(qiao: Officer, fined: RecordView) -> None:
    page = qiao.client.post(asking(fined, "review"), form(), follow=True).text

    assert "议〔2026〕1号" in page
    assert Evidence.objects.get().case_id == Case.objects.get().id
    assert asking(fined, "review") not in qiao.client.get(f"/my/records/{fined.record_id}/").text


def test_what_has_ended_may_be_sent_to_the_archive(
    qiao: Officer, fined: RecordView, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = AT + timedelta(days=400)
    with_longer_mandate(qiao)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert asking(fined, "archive-demand") in qiao.client.get(f"/my/records/{fined.record_id}/").text
    assert qiao.client.post(asking(fined, "archive-demand"), form()).status_code == 302
    assert Part.objects.get().kind == "archive-demand"


def with_longer_mandate(qiao: Officer) -> None:
    type(qiao.mandate).objects.update(until_on=(AT + timedelta(days=500)).date())


def test_a_demand_to_archive_what_still_shows_is_answered_in_words(qiao: Officer, fined: RecordView) -> None:
    answer = qiao.client.post(asking(fined, "archive-demand"), form())

    assert answer.status_code == 422
    assert "尚未期满" in answer.text


def test_a_complaint_needs_no_record_and_a_form_sent_twice_is_one(qiao: Officer) -> None:
    typed = form(statement="窗口人员要求交纳修复费。")

    first = qiao.client.post("/my/complaint/", typed)
    second = qiao.client.post("/my/complaint/", typed | {"evidence": picture()})

    assert first["Location"] == second["Location"]
    assert Case.objects.get().kind == "platform-complaint"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"statement": ""}, "请写明事由"),
        ({"statement": f"我的身份证 {NUMBER}"}, "个人号码"),
        ({"evidence": picture("a.exe", b"MZ" + b"\0" * 200)}, "这是程序或脚本"),
    ],
)
def test_an_error_keeps_what_was_typed_but_a_persons_number(
    qiao: Officer, changes: dict[str, object], words: str
) -> None:
    answer = qiao.client.post("/my/complaint/", form(**changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert NUMBER not in answer.text
    assert not Case.objects.exists()


def test_a_stranger_and_another_firms_officer_ask_nothing(qiao: Officer, fined: RecordView) -> None:
    sent(csv_of(penalty(CF_XDR_SHXYM="", CF_XDR_MC="示范无码商行", CF_WSH="示环罚〔2026〕77号")))

    assert Client().post(asking(fined, "review"), form()).status_code == 302
    assert signed_in(a_user("mei")).post(asking(fined, "review"), form()).status_code == 403
    assert not Case.objects.exists()


def test_what_was_asked_is_taken_back(qiao: Officer) -> None:
    qiao.client.post("/my/complaint/", form())
    case, part = Case.objects.get(), Part.objects.get()

    qiao.client.post(f"/my/cases/{case.id}/withdraw/", {"part": part.id.hex, "reason": ""})

    assert Part.objects.get().state == "given-up"
