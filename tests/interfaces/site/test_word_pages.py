import pytest

pytestmark = pytest.mark.django_db


def test_contesting_says_who_decides_by_when_and_that_it_is_free(sun):
    page = sun.get("/help/contest/").text

    for words in ("谁认定、谁决定", "3个工作日内", "1个工作日内", "不收费"):
        assert words in page, words


def test_the_rights_page_says_what_is_never_collected(sun):
    page = sun.get("/about/").text

    for words in ("宗教信仰", "计划生育", "信访", "未成年人", "不评分"):
        assert words in page, words
