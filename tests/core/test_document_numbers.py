from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.document_numbers import normal_form
from gongxin.core.money import amounts_in_yuan, looks_like_yuan


@pytest.mark.parametrize(
    "number",
    [
        "豫环罚〔2026〕5号",
        "豫环罚【2026】5号",
        "豫环罚[2026]5号",
        "豫环罚（2026）5号",
        "豫环罚(２０２６)５号",
        "豫环罚〔2026〕第5号",
        " 豫环罚 〔2026〕 5号\u200b",
        "豫环罚﹝2026﹞5号",
        "豫环罚［2026］5号",
    ],
)
def test_one_number_has_one_form_however_it_is_written(number: str) -> None:
    assert normal_form(number) == "豫环罚〔2026〕5号"


def test_a_bare_number_may_have_its_word_or_not() -> None:
    assert normal_form("第12号") == normal_form("12号")


def test_dashes_of_every_width_are_one() -> None:
    assert normal_form("A—2026－1") == normal_form("A-2026-1")


@pytest.mark.parametrize(
    ("number", "other"),
    [("豫环罚〔2026〕5号", "豫环罚〔2026〕05号"), ("豫环罚〔2026〕5号", "豫环罚〔2025〕5号"), ("A-1", "A1")],
)
def test_different_numbers_stay_different(number: str, other: str) -> None:
    assert normal_form(number) != normal_form(other)


def test_a_number_about_the_fifth_team_keeps_its_word() -> None:
    assert normal_form("豫交罚第五大队〔2026〕1号") == "豫交罚第五大队〔2026〕1号"


@given(st.text(max_size=30))
def test_the_form_of_a_form_is_itself(number: str) -> None:
    once = normal_form(number)

    assert normal_form(once) == once


@pytest.mark.parametrize(
    ("amount", "content", "suspected"),
    [
        ("2000", "处以罚款2000元", True),
        ("0.2", "处以罚款2000元", False),
        ("2000", "处以罚款2,000元整", True),
        ("2000", "处以罚款2000万元", False),
        ("2", "处以罚款2万元", False),
        ("50000", "", True),
        ("1000", "", True),
        ("999", "", False),
        ("1234.5678", "", False),
        ("0", "罚款0元", False),
        ("10000", "罚款1亿元", False),
    ],
)
def test_yuan_in_a_column_of_ten_thousands_is_suspected(amount: str, content: str, suspected: bool) -> None:
    assert looks_like_yuan(Decimal(amount), content=content) is suspected


def test_amounts_are_read_in_yuan() -> None:
    assert amounts_in_yuan("罚款1.5万元，没收3,200.50元") == {Decimal(15000), Decimal("3200.50")}
