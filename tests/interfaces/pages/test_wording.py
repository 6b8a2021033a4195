from datetime import UTC, date, datetime

import pytest

from gongxin.interfaces.pages import wording
from gongxin.interfaces.pages.subject_words import region_in_words


def test_a_day_is_written_as_each_language_writes_it():
    assert wording.day_in_words(date(2026, 4, 10), language="zh-hans") == "2026年4月10日"
    assert wording.day_in_words(date(2026, 4, 10), language="en") == "10 April 2026"


def test_an_instant_falls_on_its_legal_day():
    at = datetime(2026, 4, 9, 16, 30, tzinfo=UTC)

    assert wording.day_in_words(at, language="zh-hans") == "2026年4月10日"
    assert wording.instant_in_words(at, language="en") == "10 April 2026 00:30"


@pytest.mark.parametrize(
    ("ten_thousands", "yuan"),
    [
        ("0.2", "2,000 元"),
        ("2", "20,000 元"),
        ("123.456", "1,234,560 元"),
        ("0.00005", "0.5 元"),
        ("0", "0 元"),
        ("100000", "1,000,000,000 元"),
        ("不详", "不详"),
    ],
)
def test_ten_thousands_are_told_in_yuan(ten_thousands, yuan):
    assert wording.in_yuan(ten_thousands, language="zh-hans") == yuan


def test_no_end_is_told_in_words():
    assert wording.written_day("2099-12-31", language="zh-hans") == "长期"
    assert wording.written_day("2099-12-31", language="en") == "no end"
    assert wording.written_day("spring", language="en") == "spring"


def test_an_article_is_told_in_words_and_a_heading_stays():
    assert wording.article_in_words("48", language="zh-hans") == "第48条"
    assert wording.article_in_words("48", language="en") == "article 48"
    assert wording.article_in_words("48 and 85", language="zh-hans") == "第48条、第85条"
    assert wording.article_in_words("20(2)", language="zh-hans") == "第20条(2)"
    assert wording.article_in_words("七、信用评价信息", language="en") == "七、信用评价信息"
    assert wording.article_in_words("2018 form", language="zh-hans") == ""
    assert wording.article_in_words("2018 form", language="en") == "2018 form"


def test_a_region_is_told_with_those_it_lies_in():
    assert region_in_words("410105", language="zh-hans") == "河南省郑州市金水区"
    assert region_in_words("990101", language="zh-hans") == "示范市青禾区"  # the demonstration's own
