import pytest
from django.test import Client
from flows.test_state_beside import SAID
from interfaces.my.conftest import Officer

from gongxin.registry.cases.models import Statement
from gongxin.registry.publication.queries import RecordView


def address(record: RecordView) -> str:
    return f"/my/records/{record.record_id}/statement/"


def test_what_qiao_says_stands_on_the_public_pages_and_in_the_api(
    qiao: Officer, fined: RecordView, sun: Client
) -> None:
    answer = qiao.client.post(address(fined), {"text": SAID}, follow=True)
    subject = f"/subjects/{fined.subject_id}/"

    assert SAID in answer.text
    assert SAID in sun.get(subject).text
    assert SAID in sun.get(f"{subject}records/{fined.record_id}/").text
    told = sun.get(f"/api/v1/subjects/{fined.subject_id}/records/{fined.record_id}").json()
    assert told["record"]["statement"] == SAID


def test_who_has_the_page_is_told_that_something_was_said(
    qiao: Officer, fined: RecordView, sun: Client
) -> None:
    page = f"/subjects/{fined.subject_id}/records/{fined.record_id}/"
    mark = sun.get(page).headers["ETag"]
    qiao.client.post(address(fined), {"text": SAID})

    assert sun.get(page, headers={"if-none-match": mark}).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "身份证 11010519491231002X",
        "电话13800138000",
        "电话138\u200b00138000",
        "家住示范市青禾区和平路8号院3号楼",
    ],
)
def test_a_persons_number_is_refused_with_words_and_not_repeated(
    qiao: Officer, fined: RecordView, text: str
) -> None:
    answer = qiao.client.post(address(fined), {"text": text})

    assert answer.status_code == 422
    assert "个人号码" in answer.text or "号码" in answer.text
    assert text not in answer.text
    assert not Statement.objects.exists()


def test_taking_it_back(qiao: Officer, fined: RecordView, sun: Client) -> None:
    qiao.client.post(address(fined), {"text": SAID})
    qiao.client.post(f"{address(fined)}withdraw/")

    assert SAID not in sun.get(f"/subjects/{fined.subject_id}/").text
    assert qiao.client.post(f"{address(fined)}withdraw/").status_code == 404


def test_a_strangers_form_leads_to_sign_in(sun: Client, fined: RecordView) -> None:
    answer = sun.post(address(fined), {"text": SAID})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/my/sign-in/")


def test_nothing_hidden_stands_on_the_public_page(qiao: Officer, fined: RecordView, sun: Client) -> None:
    qiao.client.post(address(fined), {"text": "\u202e已缴清\u200b"})
    empty = qiao.client.post(address(fined), {"text": "\u200b"})

    assert Statement.objects.get().text == "已缴清"
    assert "已缴清" in sun.get(f"/subjects/{fined.subject_id}/").text
    assert empty.status_code == 422
