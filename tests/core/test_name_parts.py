"""A name in its parts. Every organisation here is made up, or a public body by its public name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.core.names.parts import LONGEST, parse_name

NAMES = {
    "河南大河商贸有限公司": ("河南", "大河", "商贸", "有限公司", ""),
    "河南省郑州市金水区大河商贸有限公司": ("河南省郑州市金水区", "大河", "商贸", "有限公司", ""),
    "郑州大河商贸有限公司洛阳分公司": ("郑州", "大河", "商贸", "有限公司", "洛阳分公司"),
    "大河（北京）科技有限公司": ("北京", "大河", "科技", "有限公司", ""),
    "郑州大河（郑州）商贸有限公司": ("郑州", "大河", "商贸", "有限公司", ""),
    "河南（大河）商貿集團有限公司": ("河南", "大河", "商贸", "集团有限公司", ""),
    "郑州市第1建筑工程有限公司": ("郑州市", "第一", "建筑工程", "有限公司", ""),
    "郑州市第十二中学": ("郑州市", "第十二", "", "中学", ""),
    "郑州大河银行股份有限公司花园路支行": ("郑州", "大河", "银行", "股份有限公司", "花园路支行"),
    "大河银行郑州分行": ("", "大河", "", "银行", "郑州分行"),
    "郑州市公安局金水分局": ("郑州市", "公安", "", "局", "金水分局"),
    "河南省郑州市中级人民法院": ("河南省郑州市", "", "", "中级人民法院", ""),
    "郑州市市场监督管理局": ("郑州市", "市场", "", "监督管理局", ""),
    "河南大河律师事务所（普通合伙）": ("河南", "大河", "", "律师事务所普通合伙", ""),
    "中牟县姚家镇甲乙村村民委员会": ("中牟县姚家镇", "甲乙村", "", "村民委员会", ""),
    "示范县甲乙种植农民专业合作社": ("示范县", "甲乙", "种植", "农民专业合作社", ""),
    "示范市青禾区岚桥机械制造有限公司": ("示范市青禾区", "岚桥", "机械制造", "有限公司", ""),
    "示范市大河慈善基金会": ("示范市", "大河慈善", "", "基金会", ""),
    "内蒙古大河牧业有限公司": ("内蒙古", "大河", "牧业", "有限公司", ""),
    "北川羌族自治县大河茶叶厂": ("北川羌族自治县", "大河", "茶叶", "厂", ""),
    "大河物产株式会社": ("", "大河物产", "", "株式会社", ""),
    "郑州大河商贸有眼公司": ("郑州", "大河", "商贸", "有限公司", ""),
    # What looks like a place and is none.
    "长春藤教育咨询有限公司": ("", "长春藤", "教育咨询", "有限公司", ""),
    "华联超市股份有限公司": ("", "华联", "超市", "股份有限公司", ""),
    "东方甲乙商贸有限公司": ("", "东方甲乙", "商贸", "有限公司", ""),
    "甲乙批发市场": ("", "甲乙", "", "批发市场", ""),
    # Parts alone.
    "有限公司": ("", "", "", "有限公司", ""),
    "河南省": ("河南省", "", "", "", ""),
    "甲": ("", "甲", "", "", ""),
    "": ("", "", "", "", ""),
    "😀": ("", "😀", "", "", ""),
    "བོད་ལྗོངས": ("", "བོད་ལྗོངས", "", "", ""),
}


@pytest.mark.parametrize(("name", "parts"), NAMES.items())
def test_a_name_in_its_parts(name: str, parts: tuple[str, ...]) -> None:
    found = parse_name(name)

    assert (found.region, found.brand, found.industry, found.form, found.branch) == parts


@pytest.mark.parametrize("name", NAMES)
def test_every_part_stands_where_its_span_says(name: str) -> None:
    found = parse_name(name)

    for part, (start, end) in found.spans.items():
        assert found.normalised[start:end] == getattr(found, part)


@given(st.text(max_size=300))
def test_any_text_is_parsed_and_nothing_of_it_is_lost(text: str) -> None:
    found = parse_name(text)

    parts = [getattr(found, part) for part in ("region", "brand", "industry", "form", "branch")]
    assert sorted("".join(parts)) == sorted(found.normalised)


@pytest.mark.parametrize(
    "text",
    ["大河" * 5_000, "有限公司" * 2_500, "河南" * 5_000, "（北京）" * 2_500, "第1" * 5_000, "\x00" * 10_000],
)
def test_a_name_of_ten_thousand_characters_is_all_brand(text: str) -> None:
    found = parse_name(text)

    assert found.brand == found.normalised
    assert len(found.normalised) > LONGEST or not found.normalised
