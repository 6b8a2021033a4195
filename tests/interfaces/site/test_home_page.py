import pytest
from cast import QIAO_NAME
from sending import csv_of, penalty, sent

pytestmark = pytest.mark.django_db


def test_the_front_page_speaks_chinese_to_whoever_has_chosen_nothing(sun):
    response = sun.get("/", headers={"accept-language": "en-US"})

    assert '<html lang="zh-Hans">' in response.text
    assert "看信用" in response.text
    assert response.headers["Content-Language"] == "zh-hans"


def test_the_front_page_lists_the_newest_penalty_and_counts_it(sun, fined):
    page = sun.get("/").text

    assert QIAO_NAME in page
    assert f"/subjects/{fined.subject_id}/records/{fined.record_id}/" in page
    assert "<dt>正在公示的行政处罚</dt><dd>1</dd>" in page


def test_search_engines_keep_no_copy_of_the_front_page_and_quote_no_penalty(sun, fined):
    page = sun.get("/").text

    assert '<meta name="robots" content="noarchive">' in page
    assert '<section aria-labelledby="newest-penalties" data-nosnippet>' in page


def test_a_withheld_penalty_is_nowhere_on_the_front_page(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))

    page = sun.get("/").text

    assert QIAO_NAME not in page
    assert "<dt>有公示信息的主体</dt><dd>0</dd>" in page


def test_english_is_one_link_away_and_is_remembered(sun):
    back = sun.get("/language/en/", {"next": "/about/"})

    assert back.url == "/about/"
    assert "What is never collected" in sun.get("/about/").text


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org"])
def test_the_language_link_leads_nowhere_else(sun, elsewhere):
    assert sun.get("/language/en/", {"next": elsewhere}).url == "/"


def test_a_language_nobody_speaks_here_is_not_found(sun):
    assert sun.get("/language/tlh/").status_code == 404
