from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO, QIAO_NAME, ZHAO, firm_code
from sending import csv_of, penalty, sent
from withdrawing import withdraw_record

from gongxin.core.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db


def subject_of(view):
    return f"/subjects/{view.subject_id}/"


def test_the_page_says_who_decided_what_until_when_and_how_to_contest_it(sun, fined):
    page = sun.get(subject_of(fined)).text

    for words in (
        QIAO_NAME,
        QIAO,
        "示环罚〔2026〕12号",
        "未按规定公开排污信息",
        "20,000 元",
        "示范市生态环境局",
        "中华人民共和国行政处罚法 第48条",
        "信用修复管理办法",
        "这条行政处罚信息公示至 2027年10月12日。",
        "2027年1月12日起可申请修复，由示范市生态环境局决定。不收费。",
        "有异议？",
        "如何修复",
    ):
        assert words in page, words


def test_all_four_axes_stand_there_in_words(sun, fined):
    page = sun.get(subject_of(fined)).text

    for word, shape in (("有效", "force"), ("公示中", "force"), ("无异议", "plain"), ("无修复", "plain")):
        assert f'<li class="tag {shape}">{word}</li>' in page


def test_the_representative_of_a_fined_firm_is_masked(sun, fined):
    page = sun.get(subject_of(fined)).text

    assert "乔*" in page
    assert "乔某" not in page


def test_a_page_with_a_penalty_is_not_for_search_engines(sun, fined):
    response = sun.get(subject_of(fined))

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_a_firm_nobody_knows_and_one_with_nothing_public_get_the_same_answer(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    from gongxin.registry.subjects.queries import subject_of_code

    known = sun.get(f"/subjects/{subject_of_code(QIAO, at=AT)}/")
    unknown = sun.get(f"/subjects/{uuid4()}/")

    assert known.status_code == unknown.status_code == 404
    assert len(known.content) == len(unknown.content)


def test_a_reader_who_has_the_page_is_told_it_is_unchanged(sun, fined):
    first = sun.get(subject_of(fined))
    again = sun.get(subject_of(fined), headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert {"Accept-Language", "Cookie"} <= set(first.headers["Vary"].split(", "))


def test_another_language_is_another_page(sun, fined):
    first = sun.get(subject_of(fined))
    sun.get("/language/en/")
    again = sun.get(subject_of(fined), headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 200
    assert "This record (Administrative penalty) is shown until 12 October 2027." in again.text


def test_what_is_adverse_is_asked_for_again_every_time(sun, fined):
    assert "max-age=0" in sun.get(subject_of(fined)).headers["Cache-Control"]


def test_a_withdrawn_record_is_gone_at_the_next_look(sun, fined, monkeypatch):
    first = sun.get(subject_of(fined))
    lin = Actor(ActorKind.USER, "lin")
    withdraw_record(
        subject_id=fined.subject_id,
        record_id=fined.record_id,
        ground="决定已撤销",
        proposed_by=lin,
        decided_by=ZHAO,
        at=AT,
    )
    monkeypatch.setenv("GONGXIN_NOW", (AT + timedelta(seconds=1)).isoformat())

    again = sun.get(subject_of(fined), headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 404


def test_a_record_disappears_at_midnight_in_shanghai_without_any_job(sun, fined, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", "2027-10-11T23:59:59+08:00")
    assert sun.get(subject_of(fined)).status_code == 200

    monkeypatch.setenv("GONGXIN_NOW", "2027-10-12T00:00:00+08:00")
    assert sun.get(subject_of(fined)).status_code == 404


def test_records_stand_by_class_and_the_newest_first(sun, fined):
    older = penalty(CF_WSH="示环罚〔2026〕3号", CF_JDRQ="2026-05-08")
    sent(csv_of(older))

    page = sun.get(subject_of(fined)).text

    assert page.index("示环罚〔2026〕12号") < page.index("示环罚〔2026〕3号")
    assert page.count('id="class-penalty"') == 1
    assert page.count("l7 7-7 7-7-7z") == 2 * 2  # one mark for each in the wide drawing and in the narrow one


def test_a_page_of_twenty_records_asks_few_questions_and_stays_light(sun, db, django_assert_max_num_queries):
    code = firm_code(7)
    rows = [
        penalty(CF_XDR_SHXYM=code, CF_XDR_MC="示范广厦建筑有限公司", CF_WSH=f"示环罚〔2026〕{number}号")
        for number in range(20)
    ]
    sent(csv_of(*rows))
    from gongxin.registry.subjects.queries import subject_of_code

    address = f"/subjects/{subject_of_code(code, at=AT)}/"
    with django_assert_max_num_queries(11):
        page = sun.get(address)

    assert page.text.count('<details class="record"') == 20
    assert len(page.content) < 100_000
