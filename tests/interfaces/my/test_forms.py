"""Objecting and asking for repair from the own place: what the forms ask, refuse, and lead to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from interfaces.my.conftest import Officer, a_user, signed_in
from sending import csv_of, penalty, sent

from gongxin.core.legal_day import legal_day
from gongxin.registry.cases.models import Case, Evidence, Part, Point
from gongxin.registry.publication.queries import RecordView

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc00000"
    "030101000e6f2ba10000000049454e44ae426082"
)


def picture(name: str = "缴款凭证.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def objection(**changes: object) -> dict[str, object]:
    return {
        "form_id": uuid4().hex,
        "wish": "correct",
        "field": "CF_NR_FK",
        "claimed-CF_NR_FK": "0.2",
        "said-CF_NR_FK": "处罚决定书写的是两千元",
        "evidence": picture(),
        **changes,
    }


def address(record: RecordView) -> str:
    return f"/my/records/{record.record_id}/object/"


def test_the_first_page_asks_what_is_wrong_and_the_second_shows_what_the_record_says(
    qiao: Officer, fined: RecordView
) -> None:
    first = qiao.client.get(address(fined)).text
    second = qiao.client.get(address(fined), {"wish": "correct", "field": ["CF_NR_FK"]}).text

    assert "罚款人民币贰万元" in first
    assert "现记载" in second
    assert 'name="claimed-CF_NR_FK"' in second
    assert 'name="claimed-CF_NR"' not in second


def test_an_objection_becomes_a_case_with_its_paper_and_the_record_is_marked(
    qiao: Officer, fined: RecordView, sun: Client
) -> None:
    page = qiao.client.post(address(fined), objection(), follow=True).text

    case = Case.objects.get()
    point = Point.objects.get()
    assert "异〔2026〕1号" in page
    assert "2026年12月2日" in page  # seven working days
    assert (point.held, point.claimed) == ("2", "0.2")
    assert Evidence.objects.get().case_id == case.id
    assert "异议核查中" in sun.get(f"/subjects/{fined.subject_id}/").text or "open" in str(
        sun.get(f"/api/v1/subjects/{fined.subject_id}/records").json()["records"][0]["dispute"]
    )


def test_a_form_sent_twice_is_one_case(qiao: Officer, fined: RecordView) -> None:
    form = objection()
    first = qiao.client.post(address(fined), form)
    second = qiao.client.post(address(fined), form | {"evidence": picture()})

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"claimed-CF_NR_FK": ""}, "请写明正确的内容"),
        ({"claimed-CF_NR_FK": "2"}, "与现有记载相同"),
        ({"field": ""}, "至少选择一项"),
        ({"wish": ""}, "至少选择一项"),
        ({"statement": "长" * 2001}, "2,000"),
        ({"evidence": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200)}, "这是程序或脚本"),
        ({"evidence": SimpleUploadedFile("../../x.pdf", b"")}, "文件是空的"),
    ],
)
def test_what_cannot_be_examined_is_said_at_its_place_and_opens_nothing(
    qiao: Officer, fined: RecordView, changes: dict[str, object], words: str
) -> None:
    answer = qiao.client.post(address(fined), objection(**changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert not Case.objects.exists()


def test_what_nobody_can_see_is_not_kept(qiao: Officer, fined: RecordView) -> None:
    typed = {"said-CF_NR_FK": "写的是\u202e两千元\x00", "statement": "请核\x07对"}

    qiao.client.post(address(fined), objection(**typed))

    assert (Point.objects.get().said, Case.objects.get().statement) == ("写的是两千元", "请核对")


def test_a_persons_number_is_refused_and_not_repeated(qiao: Officer, fined: RecordView) -> None:
    number = "11010519491231002X"

    answer = qiao.client.post(address(fined), objection(**{"said-CF_NR_FK": f"我的身份证 {number}"}))

    assert answer.status_code == 422
    assert number not in answer.text
    assert not Case.objects.exists()


def test_a_second_objection_leads_to_the_first(qiao: Officer, fined: RecordView) -> None:
    qiao.client.post(address(fined), objection())

    assert "已在核查办理中" in qiao.client.get(address(fined)).text
    assert qiao.client.post(address(fined), objection()).status_code == 422


def test_asking_for_removal_needs_only_a_reason(qiao: Officer, fined: RecordView) -> None:
    form = {"form_id": uuid4().hex, "wish": "remove", "said-": "处罚决定已被法院撤销"}

    qiao.client.post(address(fined), form)

    assert Part.objects.get().wish == "remove"


def test_the_officer_of_another_firm_cannot_object(qiao: Officer, fined: RecordView) -> None:
    assert signed_in(a_user("mei")).post(address(fined), objection()).status_code == 403
    assert not Case.objects.exists()


def three_old_penalties() -> None:
    old = (legal_day(AT) - timedelta(days=150)).isoformat()
    for number in (31, 32, 33):
        sent(csv_of(penalty(CF_WSH=f"示环罚〔2026〕{number}号", CF_JDRQ=old)))


def repair(client: Client, **changes: object) -> dict[str, object]:
    """Return the form as the page offers it, filled in: all that may be repaired now."""
    page = client.get("/my/repair/").text
    ticked = [
        part.split('"')[0] for part in page.split('name="record" value="')[1:] if "checked" in part[:60]
    ]
    signed = {"name": "乔某", "agreed": "on"}
    return {"form_id": uuid4().hex, "record": ticked, "evidence": picture(), **signed, **changes}


def test_three_penalties_are_repaired_in_one_case_and_the_fourth_waits_for_its_day(
    qiao: Officer, fined: RecordView
) -> None:
    three_old_penalties()
    listed = qiao.client.get("/my/repair/").text
    form = repair(qiao.client)
    form["record"] = [*form["record"], fined.record_id.hex]  # type: ignore[misc]

    page = qiao.client.post("/my/repair/", form, follow=True).text

    assert "2027年1月12日起可修复" in listed
    assert "修〔2026〕1号" in page
    case = Case.objects.get()
    assert sorted(Part.objects.values_list("state", flat=True)) == ["applied"] * 3 + ["waiting"]
    assert "乔某" in case.commitment
    assert "示环罚〔2026〕31号" in case.commitment


def test_the_letter_is_shown_whole_before_it_is_signed(qiao: Officer, fined: RecordView) -> None:
    page = qiao.client.get("/my/repair/", {"record": fined.record_id.hex}).text

    assert "信用修复承诺书" in page
    assert "所提交的材料真实、合法、有效" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"agreed": ""}, "请签署承诺书"),
        ({"name": ""}, "请签署承诺书"),
        ({"evidence": ""}, "请提交能证明"),
        ({"statement": "电话13800138000"}, "个人的号码或住址"),
    ],
)
def test_an_application_that_lacks_something_says_what(
    qiao: Officer, changes: dict[str, object], words: str
) -> None:
    three_old_penalties()

    answer = qiao.client.post("/my/repair/", repair(qiao.client, **changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert not Case.objects.exists()


def test_a_record_of_another_firm_is_not_among_those_chosen(qiao: Officer) -> None:
    form = repair(qiao.client, record=uuid4().hex)

    assert "请至少选择一条信息" in qiao.client.post("/my/repair/", form).text
    assert not Case.objects.exists()


def ruling(**changes: object) -> dict[str, object]:
    return {
        "form_id": uuid4().hex,
        "number": "（2026）示01破9号",
        "court": "示范市中级人民法院",
        "ruled_on": legal_day(AT).isoformat(),
        "evidence": picture("裁定书.png"),
        **changes,
    }


def test_a_courts_ruling_brings_every_adverse_record_into_one_case(qiao: Officer, fined: RecordView) -> None:
    page = qiao.client.post("/my/reorganisation/", ruling(), follow=True).text

    assert "重〔2026〕1号" in page
    assert Part.objects.get().record_id == fined.record_id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"evidence": ""}, "请提交裁定书"),
        ({"ruled_on": (legal_day(AT) + timedelta(days=1)).isoformat()}, "裁定日期尚未到来"),
        ({"number": ""}, "裁定书文号"),
    ],
)
def test_a_ruling_that_is_not_whole_opens_nothing(
    qiao: Officer, fined: RecordView, changes: dict[str, object], words: str
) -> None:
    answer = qiao.client.post("/my/reorganisation/", ruling(**changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert not Case.objects.exists()
