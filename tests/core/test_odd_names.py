"""Whatever is sent as a name gets an answer with a reason, in a time that grows no faster than the name."""

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongxin.core.names import clearly_different
from gongxin.core.names.likeness import likeness_of_names
from gongxin.core.names.parts import parse_name
from gongxin.core.names.reasons import words_of
from gongxin.core.names.remarks import REMARKS, remarks_on

DAHE = "郑州大河商贸有限公司"
ODD = {
    "": "no-name",
    " \t　": "no-name",
    "\x00\x1b\x7f": "no-name",
    "（）【】": "no-name",
    "甲": "one-character",
    "😀": "one-character",
    "河南省": "region-only",
    "河南省郑州市": "region-only",
    "有限公司": "form-only",
    "合作社": "form-only",
    "大河" * 5_000: "too-long",
    "GREAT RIVER LTD": "not-chinese",
    "བོད་ལྗོངས་ཀུང་སི": "not-chinese",
    "شىنجاڭ چەكلىك شىركىتى": "not-chinese",
    "😀😀": "not-chinese",
    "郑州\ue863\ue864商贸有限公司": "private-use",
    "郑州\U000f0001商贸有限公司": "private-use",
    "郑州\x07大河商贸有限公司": "control",
}


@pytest.mark.parametrize(("name", "remark"), ODD.items())
def test_an_odd_name_is_parsed_and_what_is_odd_is_said(name: str, remark: str) -> None:
    assert remark in remarks_on(name, parse_name(name))


def test_nothing_is_odd_about_an_ordinary_name() -> None:
    assert remarks_on(DAHE, parse_name(DAHE)) == ()


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_compared_with_a_reason(name: str) -> None:
    for other in (DAHE, *ODD):
        found = likeness_of_names(name, other)

        assert found.reasons
        assert all(words_of(reason).zh for reason in found.reasons)


@pytest.mark.parametrize("name", ["", "河南省", "有限公司", "\x00"])
def test_what_names_nobody_is_like_nothing_not_even_itself(name: str) -> None:
    assert likeness_of_names(name, name).verdict == "different"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_every_remark_on_any_text_has_words(text: str) -> None:
    assert all(REMARKS[code].zh and REMARKS[code].en for code in remarks_on(text, parse_name(text)))


def steps(name: str) -> int:
    """Return how many functions are called to compare a name with one a little longer."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        likeness_of_names(name, name + "甲")
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "word", ["大河", "有限公司", "河南", "（北京）", "第1", "附属第一医院", "供销社", "一", "（大", "\x00"]
)
def test_ten_times_the_name_is_at_most_ten_times_the_work(word: str) -> None:
    likeness_of_names(DAHE, word)  # so that the lexicons are read

    shorter, longer = (steps(word * (length // len(word))) for length in (1_000, 10_000))

    assert longer <= 10 * shorter


@pytest.mark.parametrize("word", ["有限公司", "集团", "公司", "股份", "河南省"])
def test_whether_two_very_long_names_clearly_differ_is_said_at_once(word: str) -> None:
    """What tries every beginning anew does not come to its end here."""
    name = word * 200_000

    assert not clearly_different(name, name)
    clearly_different(name + "甲乙丙", name + "丁戊")
