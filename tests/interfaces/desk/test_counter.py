"""Zhao takes cases down at the counter: the subject found, the paper shown, the case opened."""

from uuid import uuid4

import papers
import pytest
from cast import AT, QIAO, QIAO_NAME
from desk_cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.registry.audit.models import Look
from gongxin.registry.cases.models import Case, Evidence, Part, Point
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

NUMBER, SHOWN = "11010519491231002X", "法定代表人授权委托书，2026年11月20日"


@pytest.fixture
def fined(cast: Cast) -> list[RecordView]:
    sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号")), agency=cast.regulator)
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)


def address(fined: list[RecordView]) -> str:
    return f"/desk/counter/{fined[0].subject_id}/"


def taken(fined: list[RecordView], kind: str, **changes: object) -> dict[str, object]:
    record = [view.record_id.hex for view in fined]
    paper = SimpleUploadedFile("缴款凭证.png", papers.png())
    typed = {"kind": kind, "record": record, "form_id": uuid4().hex, "shown": SHOWN, "statement": "见材料。"}
    return {**typed, "evidence": paper, **changes}


def points(fined: list[RecordView]) -> dict[str, object]:
    first, second = (view.record_id.hex for view in fined)
    return {
        f"wish-{first}": "correct",
        f"claimed-{first}-CF_NR_FK": "0.2",
        f"said-{first}-CF_NR_FK": "少写小数点",
        f"wish-{second}": "remove",
        f"whole-{second}": "决定已被撤销",
    }


def test_the_subject_is_found_by_code_and_by_name_and_its_list_is_a_look(
    zhao: Client, fined: list[RecordView]
) -> None:
    for asked in (QIAO, "乔木机械"):
        assert f'href="{address(fined)}"' in zhao.get("/desk/counter/", {"q": asked}).text
    assert not Look.objects.exists()

    page = zhao.get(address(fined)).text

    assert QIAO_NAME in page
    assert all(view.document_number in page for view in fined)
    assert Look.objects.get().purpose == "case.take"
    assert NUMBER not in zhao.get("/desk/counter/", {"q": NUMBER}).text


def test_the_list_of_cases_leads_there_and_only_the_centre_comes_in(
    zhao: Client, lin: Client, auditor: Client, fined: list[RecordView]
) -> None:
    assert 'href="/desk/counter/"' in zhao.get("/desk/cases/").text
    assert 'href="/desk/counter/"' not in lin.get("/desk/cases/").text
    for other in (lin, auditor):
        assert other.get("/desk/counter/").status_code == 403
        assert other.post(address(fined), taken(fined, "objection")).status_code == 403
    assert Client().get(address(fined)).status_code == 302


def test_an_objection_to_two_records_with_its_points_leads_to_its_page(
    zhao: Client, fined: list[RecordView]
) -> None:
    form = zhao.get(address(fined), {"kind": "objection", "record": [one.record_id.hex for one in fined]})
    answer = zhao.post(address(fined), taken(fined, "objection", **points(fined)), follow=True)

    assert "罚款金额" in form.text
    case = Case.objects.get()
    assert answer.redirect_chain == [(f"/desk/cases/{case.id}/", 302)]
    assert SHOWN in answer.text
    assert case.entry == "counter"
    assert {part.wish for part in Part.objects.all()} == {"correct", "remove"}
    assert set(Point.objects.values_list("field", "said")) == {
        ("CF_NR_FK", "少写小数点"),
        ("", "决定已被撤销"),
    }
    assert Evidence.objects.get().case_id == case.id


@pytest.mark.parametrize("kind", ["repair", "review", "suit", "platform-complaint"])
def test_each_kind_is_opened_by_its_procedure(zhao: Client, fined: list[RecordView], kind: str) -> None:
    answer = zhao.post(address(fined), taken(fined, kind))

    assert answer.status_code == 302
    assert Case.objects.get().kind == kind


def test_a_form_sent_twice_is_one_case(zhao: Client, fined: list[RecordView]) -> None:
    typed = taken(fined, "review")

    first = zhao.post(address(fined), typed)
    second = zhao.post(address(fined), typed | {"evidence": SimpleUploadedFile("a.png", papers.png())})

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("review", {"shown": ""}, "请写明证明其代表该主体的材料"),
        ("review", {"statement": f"身份证{NUMBER}"}, "个人号码"),
        ("repair", {"evidence": ""}, "履行"),
        ("objection", {}, "请说明"),
        ("archive-demand", {}, "尚未期满"),
        ("reorganisation", {"ruled_on": "2026-11-20", "court": "示范市中级人民法院"}, "裁定书文号"),
        ("review", {"evidence": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200)}, "这是程序或脚本"),
    ],
)
def test_an_error_is_told_in_words_and_keeps_what_was_typed(
    zhao: Client, fined: list[RecordView], kind: str, changes: dict[str, object], words: str
) -> None:
    answer = zhao.post(address(fined), taken(fined, kind, **changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert changes.get("statement") or "见材料。" in answer.text
    assert NUMBER not in answer.text
    assert not Case.objects.exists()


def test_points_typed_wrongly_stay_typed(zhao: Client, fined: list[RecordView]) -> None:
    first = fined[0].record_id.hex
    typed = points(fined) | {f"claimed-{first}-CF_NR_FK": "2"}

    answer = zhao.post(address(fined), taken(fined, "objection", **typed))

    assert answer.status_code == 422
    assert "与现有记载相同" in answer.text
    for text in ("少写小数点", "决定已被撤销", SHOWN):
        assert text in answer.text


def test_without_kind_or_record_one_is_asked_again(zhao: Client, fined: list[RecordView]) -> None:
    for asked in ({"kind": "review"}, {"kind": "nonsense"}, {"kind": "not-the-subject"}):
        assert "请选择申请事项" in zhao.get(address(fined), asked).text
