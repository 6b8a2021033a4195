import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.document_numbers import is_document_number, loose_form, normal_form


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


@pytest.mark.parametrize("number", ["示环罚字〔2026〕第012号", "示环罚2026-12", "示环罚（2026）12"])
def test_numbers_that_may_be_one_are_told_by_their_letters_and_figures(number: str) -> None:
    assert loose_form(number) == loose_form("示环罚〔2026〕12号")


@pytest.mark.parametrize(
    "number", ["示环罚〔2025〕12号", "示环罚〔2026〕13号", "示市罚〔2026〕12号", "示环罚〔2026〕120号"]
)
def test_other_letters_or_figures_are_another_number_loosely_too(number: str) -> None:
    assert loose_form(number) != loose_form("示环罚〔2026〕12号")


@pytest.mark.parametrize(
    "number",
    [
        "示例市监函〔2026〕5号", "示市监函[2026]第005号", "示市监函（２０２６）5 号", "示例函〔2026〕5",
        "（2026）豫01执123号", "示例市市场监督管理局公告2026年第5号", "示监函2026-5号", "示监函〔2026〕5-1号",
    ],
)  # fmt: skip
def test_the_number_of_a_document_is_known_however_it_is_written(number: str) -> None:
    assert is_document_number(number)


@pytest.mark.parametrize(
    "said",
    [
        "", "无", "无1", "1", "2026", "2026-11-02", "2026年11月2日", "已于2026年11月2日告知", "0990-1000001",
        "见附件2", "〔2026〕5号", "字〔2026〕第5号", "示市监函〔2026〕号", "示市监函〔3026〕5号", "第5号",
    ],
)  # fmt: skip
def test_a_word_a_day_or_a_figure_is_no_document_number(said: str) -> None:
    assert not is_document_number(said)
