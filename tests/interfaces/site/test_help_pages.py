import re

import pytest

from gongxin.interfaces.pages.states import DISPUTE, PUBLICATION, RECORD, REPAIR

pytestmark = pytest.mark.django_db


def test_help_answers_what_a_stranger_asks(sun):
    page = sun.get("/help/").text

    for words in (
        "为什么公示",
        "公示到什么时候",
        "怎样提出异议",
        "怎样修复",
        "不收费",
        "怎样查询一个单位",
        "查询的内容不记入日志",
    ):
        assert words in page, words


def test_every_question_is_listed_at_the_head_of_the_page(sun):
    page = sun.get("/help/").text
    listed = re.findall(r'<li><a href="#([a-z]+)">', page)

    assert listed == [found for found in re.findall(r'<h2 id="([a-z]+)">', page) if found != "ask"]


def test_the_words_explain_every_state_a_reader_may_meet(sun):
    page = sun.get("/help/words/").text

    for axis, hidden in (
        (RECORD, {"archived"}),
        (PUBLICATION, {"pending", "withheld"}),
        (DISPUTE, set()),
        (REPAIR, set()),
    ):
        for value, state in axis.items():
            assert (f'<span class="tag {state.shape}">{state.words}</span>' in page) == (
                value not in hidden
            ), value


def test_help_names_the_institution_to_ask(sun, settings):
    from dataclasses import replace

    settings.IDENTITY = replace(settings.IDENTITY, telephone="0990-1000009")

    assert "关于平台： 电话 0990-1000009" in sun.get("/help/").text


@pytest.mark.parametrize(
    "address", ["/", "/help/", "/help/words/", "/about/", "/help/contest/", "/mine/", "/search/"]
)
def test_english_pages_have_no_chinese_left_but_their_own_names(sun, address):
    sun.get("/language/en/")
    page = re.sub(r'<[^>]*lang="zh-Hans".*?</a>|示范', "", sun.get(address).text)

    assert re.findall(r"[\u4e00-\u9fff]{2,}", page) == []


@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/licences/?before=x", 400)])
def test_an_error_offers_a_search_and_help(sun, address, status):
    response = sun.get(address)

    assert response.status_code == status
    assert 'role="search"' in response.text
    assert 'href="/help/"' in response.text


def test_an_ended_record_says_nothing_of_whom_it_was_about(sun, fined, monkeypatch):
    monkeypatch.setenv("GONGXIN_NOW", "2027-10-12T00:00:00+08:00")
    address = f"/subjects/{fined.subject_id}/records/{fined.record_id}/"

    main = sun.get(address).text.split("<main")[1].split("</main>")[0]

    assert re.sub(r"<p class=\"print-only.*?</p>", "", main, flags=re.S).count("<p") == 2
    assert str(fined.subject_id) not in re.sub(r"<p class=\"print-only.*?</p>", "", main, flags=re.S)
