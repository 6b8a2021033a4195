import pytest
from cast import QIAO, QIAO_NAME, code_of
from sending import csv_of, penalty, sent

pytestmark = pytest.mark.django_db
OTHER = code_of("93990102MA0000005")


@pytest.fixture
def two_kinds(db):
    sent(
        csv_of(
            penalty(),
            penalty(CF_XDR_MC="示范乔木农业专业合作社", CF_XDR_SHXYM=OTHER, CF_WSH="示环罚〔2026〕5号"),
        )
    )


def rows(page):
    return page[page.index('<ol class="rows"') : page.index("</ol>")]


def test_facets_are_links_with_counts_that_keep_the_question(sun, two_kinds):
    page = sun.get("/search/", {"q": "乔木"}).text
    link = page.split('<ul class="facets"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")

    narrowed = sun.get("/search/" + link).text

    assert "q=%E4%B9%94%E6%9C%A8" in link
    assert narrowed.count('class="hit"') == 1
    assert "1 个主体" in narrowed


def test_no_facet_and_no_row_says_anything_of_penalties(sun, two_kinds):
    page = sun.get("/search/", {"q": "乔木"}).text
    facets = page[page.index('<ul class="facets"') : page.index("</ol>")]

    assert not [word for word in ("处罚", "罚款", "名录", "不利", "许可", "荣誉") if word in facets]


def test_facets_nobody_made_are_not_asked(sun, two_kinds):
    page = sun.get("/search/", {"q": "乔木", "kind": "punished", "region": "13800138000"}).text

    assert page.count('class="hit"') == 2
    assert "13800138000" not in page


def test_an_empty_corner_leads_back_to_all(sun, two_kinds):
    page = sun.get("/search/", {"q": "乔木", "region": "410000"}).text

    assert "没有属于该类型和地区的" in page
    assert 'href="?q=%E4%B9%94%E6%9C%A8"' in page


def test_one_result_has_no_facets(sun, fined):
    assert '<ul class="facets"' not in sun.get("/search/", {"q": "乔木"}).text


def test_a_row_says_the_state_of_the_registration(sun, fined):
    row = {
        "name": QIAO_NAME,
        "category": "法人",
        "unified_code": QIAO,
        "representative": "乔某",
        "established_on": "2020-03-12",
        "address": "示范市青禾区示范路1号",
        "registration_authority": "示范市市场监督管理局",
        "approved_on": "2024-05-20",
        "registration_state": "存续",
    }
    done = sent(csv_of(row), class_id="registration")
    assert done.posted == 1, done.problems

    assert "登记状态 存续" in rows(sun.get("/search/", {"q": "乔木"}).text)
