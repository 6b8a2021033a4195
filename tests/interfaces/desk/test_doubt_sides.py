"""What is compared is told in words and escaped, whatever the names are."""

import pytest
from cast import QIAO, QIAO_NAME, firm_code
from django.utils.translation import override

from gongxin.core.subjects.corroboration import Identifiers
from gongxin.interfaces.desk.doubt_sides import Line, Side, compared

NOTHING = Identifiers()


def lines(name: str, other: str, one: Identifiers = NOTHING, two: Identifiers = NOTHING) -> list[Line]:
    return [line for block in compared(Side(name, one, None), Side(other, two, None)) for line in block]


def said(found: list[Line]) -> dict[str, tuple[str, str]]:
    return {line.label: (line.level, line.words) for line in found}


def test_another_brand_is_marked_and_said() -> None:
    with override("zh-hans"):
        found = lines(QIAO_NAME, "示范乔林机械有限公司")

    [brand] = [line for line in found if line.label == "字号"]
    assert brand.level == "differs"
    assert "只差一个字" in brand.words
    assert "<mark>木</mark>" in brand.mine
    assert "<mark>林</mark>" in brand.theirs


def test_a_part_left_out_is_no_agreement() -> None:
    with override("zh-hans"):
        told = said(lines("青山建材有限公司", "河南省青山建材有限公司"))

    assert told["行政区划"] == ("near", "一方省略")
    assert told["字号"][0] == "agrees"


def test_a_damaged_code_says_which_character_and_a_valid_one_that_differs_says_two() -> None:
    slip = QIAO[:10] + ("8" if QIAO[10] != "8" else "B") + QIAO[11:]
    with override("zh-hans"):
        near = said(lines(QIAO_NAME, QIAO_NAME, Identifiers(unified=slip), Identifiers(unified=QIAO)))
        two = said(lines(QIAO_NAME, QIAO_NAME, Identifiers(unified=firm_code(2)), Identifiers(unified=QIAO)))

    assert near["统一社会信用代码"][0] == "near"
    assert "第11位" in near["统一社会信用代码"][1]
    assert two["统一社会信用代码"] == ("differs", "均有效而不同，是两个组织")


def test_a_code_that_fails_its_check_says_so_and_nothing_more() -> None:
    with override("zh-hans"):
        told = said(lines("甲公司", "甲公司", Identifiers(unified="9" * 18), Identifiers(unified=QIAO)))

    assert told["统一社会信用代码"] == ("silent", "校验未通过，不作依据")


def test_a_persons_number_in_a_code_does_not_reach_the_page() -> None:
    number = "11010119900307109X"  # the example of the standard: 1990-03-07, nobody's
    found = lines("甲公司", "甲公司", Identifiers(taxpayer=number), Identifiers())

    assert not any(number in f"{line.mine}{line.theirs}" for line in found)


def test_the_representatives_are_compared_as_given_and_another_may_have_followed() -> None:
    def told(one: str, other: str) -> tuple[str, str] | None:
        two = (Side(QIAO_NAME, NOTHING, None, representative=name) for name in (one, other))
        with override("zh-hans"):
            return said([line for block in compared(*two) for line in block]).get("法定代表人")

    assert told("林一", "林 一") == ("agrees", "相同")
    assert told("林一", "王二") == ("near", "不同，可能已变更")
    assert told("林一", "") == ("silent", "仅一方有")
    assert told("", "") is None


def test_a_persons_number_beside_a_representative_does_not_reach_the_page() -> None:
    number = "11010119900307109X"
    side = Side("甲公司", NOTHING, None, representative=f"林一{number}")

    assert not any(number in str(line.mine) for block in compared(side, side) for line in block)


def test_the_registered_region_and_the_region_of_a_name_are_two_lines_in_both_languages() -> None:
    one = Identifiers(region="990101")
    for language in ("zh-hans", "en"):
        with override(language):
            labels = [
                line.label.casefold()
                for line in lines("河南省青山建材有限公司", "青山建材有限公司", one, one)
            ]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    "name",
    ["", " ", "😀", "\0", "<script>alert(1)</script>公司", "公" * 200, "(", "བོད་ལྗོངས་ཀུང་སི", "\u202e公司"],
)
def test_a_strange_name_is_compared_and_escaped(name: str) -> None:
    for language in ("zh-hans", "en"):
        with override(language):
            for line in [*lines(name, QIAO_NAME), *lines(QIAO_NAME, name)]:
                assert line.words
                assert line.level in {"agrees", "near", "differs", "silent"}
                if hasattr(line.mine, "__html__"):
                    assert "<script>" not in line.mine
