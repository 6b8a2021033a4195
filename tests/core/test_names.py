import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.masking import mask_name
from gongxin.core.names import (
    clearly_different,
    compare_names,
    has_organisational_element,
    is_person_like,
    names_a_person,
    normalise_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳修文",
        "买买提·艾力",
        "阿卜杜拉.买买提",
        "张建社",  # 社, 会, 行 end organisations' names and persons' alike
        "李建会",
        "王知行",
        "张 三",
        "张*",
        "李某某",
        "张三、李四",
        "张三等3人",
        "张三（男）",
        "張三",
    ],
)
def test_a_persons_name_is_known_whatever_is_written_around_it(name: str) -> None:
    assert is_person_like(name)


@pytest.mark.parametrize(
    "name",
    [
        "松岗鞋厂",
        "伟星集团",
        "好味面馆",
        "郑州市教育局",
        "张三烟酒店",
        "某彩印厂（集体改制）",
        "张三（个体工商户）",
        "王庄村委会",
        "荥阳市城关供销社",
        "Dahe Trading Co., Ltd",
    ],
)
def test_an_organisations_name_says_so_itself(name: str) -> None:
    assert has_organisational_element(name)
    assert not is_person_like(name)


@pytest.mark.parametrize(
    ("name", "other", "reason"),
    [
        ("河南（乔氏）商贸有限公司", "河南(乔氏)商贸有限公司", "same"),
        ("河南 乔氏商贸有限公司", "河南乔氏商貿有限公司", "same"),
        ("乔氏商贸有限公司", "乔氏商贸有限责任公司", "legal-form"),
        ("河南省乔氏商贸有限公司", "郑州市乔氏商贸有限公司", "prefix"),
        ("乔氏商贸", "河南乔氏商贸有限公司", "contained"),
        ("河南乔氏商贸有限公司", "河南桥氏商贸有限公司", "one-character"),
        ("中信海直", "中信海洋直升机股份有限公司", "abbreviation"),
        ("", "河南乔氏商贸有限公司", "no-name"),
    ],
)
def test_a_small_difference_is_no_other_name(name: str, other: str, reason: str) -> None:
    compared = compare_names(name, other)

    assert (compared.different, compared.reason) == (False, reason)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("河南乔氏商贸有限公司", "河南孙氏建材有限公司"),
        ("郑州大河商贸有限公司", "开封小溪商贸有限公司"),
        ("山西大河建筑装饰设计有限公司", "淳化县建筑公司"),
        ("面馆", "书店"),
    ],
)
def test_another_name_is_clearly_different(name: str, other: str) -> None:
    assert clearly_different(name, other)


@pytest.mark.parametrize(
    ("name", "operator", "person"),
    [
        ("金大力(2)", "金大力", True),
        ("金大力（2）", "", True),
        ("魏大力个体", "", True),
        ("陶大力(个体)", "", True),
        ("柏大力工商户", "", True),
        ("经营者华大力", "", True),
        ("无字号个体工商户戚大力", "", True),
        ("姜大力经营户", "", True),
        ("无字号", "", True),
        ("阿卜杜热合曼个体户", "阿卜杜热合曼", True),
        ("张三", "张三", True),
        ("张三", "", True),
        ("个体工商户", "欧阳文", True),
        ("个体工商户（张三）", "", True),
        ("", "", True),
        ("好味面馆", "张三", False),
        ("金水区张三烟酒店", "张三", False),  # R6
        ("大力包子铺", "金大力", False),
        ("戚大力商店", "戚大力", False),
    ],
)
def test_a_word_beside_the_operators_name_makes_no_trade_name(name: str, operator: str, person: bool) -> None:
    assert names_a_person(name, operator=operator) is person


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("买买提·艾力", "买*"),
        (" ", ""),
        ("John", "J*"),
    ],
)
def test_of_a_persons_name_the_surname_stays(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(max_size=30))
def test_normalising_twice_is_normalising_once(name: str) -> None:
    once = normalise_name(name)

    assert normalise_name(once) == once


@given(
    st.text("河南乔氏商贸有限公司（）() 市省", max_size=16),
    st.text("河南乔氏商贸有限公司（）() 市省", max_size=16),
)
def test_a_comparison_does_not_depend_on_the_order(name: str, other: str) -> None:
    assert compare_names(name, other) == compare_names(other, name)


@given(st.text(max_size=20))
def test_any_text_can_be_asked_about(name: str) -> None:
    assert not (is_person_like(name) and has_organisational_element(name))
    assert not clearly_different(name, name)


@pytest.mark.parametrize(
    "unseen", ["\u202e", "\u2066", "\u061c", "\u2062", "\ufe0f", "\U000e0100", "\U000e0041"]
)
def test_what_nobody_sees_makes_no_other_name(unseen: str) -> None:
    assert normalise_name(f"示范{unseen}乔木机械有限公司{unseen}") == "示范乔木机械有限公司"
