"""What whole columns answer is what the scalars of `core` answer."""

import polars as pl
import pytest
from engine.checking import QIAO
from hypothesis import example, given
from hypothesis import strategies as st

from gongxin.core.document_numbers import normal_form
from gongxin.core.identifiers import unified
from gongxin.core.leaks import holds_personal_number, mask_personal_numbers
from gongxin.core.names import has_organisational_element
from gongxin.engine import codes, identifiers
from gongxin.engine.codes import judge_codes
from gongxin.engine.document_numbers import normal_document_number
from gongxin.engine.organisation_names import plainly_organisation
from gongxin.engine.personal_numbers import may_hold_number, without_numbers

NUMBERS = st.text(alphabet="示罚〔〕【】[]()（）2026１２第12号 -－aＡ\u3000\u200b豈①", max_size=16)
RESIDENT = "11010519491231002X"
PIECES = """11010519491231002X|１１０１０５１９４９１２３１００２Ｘ|110105 19491231 002X|110105-1949-1231-002X
13800138000|138 0013 8000|+86-13800138000|１３８００１３８０００|护照G12345678
护照号：E1234567|通行证 12345678
银行卡6222021234567890128|账号 6222 0212 3456 7890 128|身份证410105900101001|passport no. G12345678
电话|张三|，| |罚款2000元|2026-10-12 00:00:00|〔2026〕京0105执1234567号|港澳居民居留证 810000199""".replace(
    "\n", "|"
)
TEXTS = st.lists(st.sampled_from([*PIECES.split("|"), QIAO]), max_size=5).map("".join)
_ODD = QIAO[:16] + str((int(QIAO[16]) + 1) % 10)
ODD_PART = _ODD + unified.check_character(_ODD)
NAMES = st.lists(
    st.one_of(
        st.sampled_from(
            ["公司", "商贸", "厂", "Ltd", "张", "·", "(", "）", " ", "\u0301", "\u3099", "\ufe00"]
        ),
        st.characters(),
    ),
    max_size=6,
).map("".join)
CODES = st.one_of(
    st.sampled_from(
        [
            QIAO,
            RESIDENT,
            "00000000000000000X",
            "410105900101001",
            ODD_PART,
            "410100600000012",
            "D2143569X",
            "990100D2143569X",
        ]
    ),
    st.text(alphabet="0123456789ABX", max_size=20),
)


@given(st.lists(st.one_of(st.none(), NUMBERS), max_size=8))
def test_document_numbers_have_one_normal_form(numbers: list[str | None]) -> None:
    column = pl.Series("n", numbers, dtype=pl.String)

    found = column.to_frame().select(normal_document_number(pl.col("n")))["n"].to_list()

    assert found == [None if number is None else normal_form(number) for number in numbers]


@given(NAMES)
def test_what_is_plainly_an_organisations_name_says_so(name: str) -> None:
    if names_an_organisation(name):
        assert has_organisational_element(name)


def names_an_organisation(name: str) -> bool:
    return bool(pl.select(plainly_organisation(pl.lit(name))).item())


def test_most_organisations_are_known_by_a_word() -> None:
    assert names_an_organisation("示范乔木机械有限公司")
    assert not names_an_organisation("乔木")


@given(TEXTS)
@example(f"当事人证件号{RESIDENT}")
def test_nothing_the_leak_gate_finds_passes_the_candidates_by(text: str) -> None:
    if holds_personal_number(text):
        assert candidate(text)


def candidate(text: str) -> bool:
    return bool(pl.select(may_hold_number(pl.lit(text))).item())


def test_the_property_above_meets_texts_that_hold_numbers() -> None:
    assert holds_personal_number("护照号：E1234567")
    assert not candidate("罚款2000元")


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_column_without_numbers_is_each_text_without_numbers(texts: list[str]) -> None:
    assert without_numbers(pl.Series(texts)).to_list() == [mask_personal_numbers(text) for text in texts]


@given(
    st.lists(st.one_of(st.none(), CODES), max_size=8),
    st.sampled_from([None, "unified", "organisation", "registration", "taxpayer"]),
)
def test_many_codes_are_judged_as_few_are(values: list[str | None], scheme: str | None) -> None:
    column = pl.Series("code", values, dtype=pl.String)

    few = judge_codes(column, scheme=scheme)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "_FEW", -1)
        many = judge_codes(column, scheme=scheme)

    assert few.refused.to_list() == many.refused.to_list()
    assert few.doubtful.to_list() == many.doubtful.to_list()
    assert few.persons.to_list() == many.persons.to_list()


@given(st.lists(CODES, max_size=8))
def test_a_sound_code_is_valid_with_a_valid_part(values: list[str]) -> None:
    column = pl.Series("code", values, dtype=pl.String).to_frame()

    found = column.select(identifiers.unified_sound(pl.col("code"))).to_series().to_list()

    assert found == [unified.is_valid(code) and unified.organisation_part_is_valid(code) for code in values]


def test_the_codes_above_are_not_all_one_kind() -> None:
    assert unified.is_valid(QIAO)
    assert unified.organisation_part_is_valid(QIAO)
    assert unified.is_valid(ODD_PART)
    assert not unified.organisation_part_is_valid(ODD_PART)
