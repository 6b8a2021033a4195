from uuid import uuid4

import pytest
from cast import AT, QIAO, QIAO_NAME
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
AFTER_THE_END = "2027-10-12T00:00:00+08:00"


def address(view):
    return f"/subjects/{view.subject_id}/records/{view.record_id}/"


def test_a_record_has_its_own_permanent_page(sun, fined):
    page = sun.get(address(fined)).text

    assert "<h1>未按规定公开排污信息</h1>" in page
    assert "示环罚〔2026〕12号" in page


def test_an_ended_record_says_only_that_it_is_no_longer_shown(sun, fined, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", AFTER_THE_END)

    response = sun.get(address(fined))

    assert response.status_code == 410
    assert "该信息已停止公示" in response.text
    assert not [
        words for words in (QIAO_NAME, QIAO, "示环罚", "处罚决定", "生态环境局") if words in response.text
    ]
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_none_and_withheld_get_the_same_answer(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    subject_id = subject_of_code(QIAO, at=AT)
    (own,) = records_of(subject_id, audience=Audience.SUBJECT, at=AT)

    withheld = sun.get(address(own))
    none = sun.get(f"/subjects/{subject_id}/records/{uuid4()}/")

    assert withheld.status_code == none.status_code == 404
    assert len(withheld.content) == len(none.content)


def test_a_record_is_not_found_under_another_subject(sun, fined):
    assert sun.get(f"/subjects/{uuid4()}/records/{fined.record_id}/").status_code == 404


def test_a_reader_who_has_the_record_is_told_it_is_unchanged(sun, fined):
    first = sun.get(address(fined))

    assert sun.get(address(fined), headers={"if-none-match": first.headers["ETag"]}).status_code == 304
