"""Damaged codes: what one slip may have made of them, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongxin.core.identifiers import organisation, unified
from gongxin.core.subjects.repair import agreeing, repairs

QIAO = "91410100MA4000012T"
NAME = "郑州大河商贸有限公司"
PREFIXES = sorted(unified.PREFIXES)
ORGANISED = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of an organisation code, what a unified code may hold


@st.composite
def sound_codes(draw: st.DrawFn) -> str:
    """Make codes whose two checks pass; none stands for an organisation that exists."""
    first = draw(st.sampled_from(PREFIXES)) + "9901" + draw(st.text("0123456789", min_size=2, max_size=2))
    eight = draw(st.text(ORGANISED, min_size=8, max_size=8).filter(lambda text: text != "00000000"))
    seventeen = first + eight + organisation.check_character(eight)
    return seventeen + unified.check_character(seventeen)


@st.composite
def damaged_codes(draw: st.DrawFn) -> tuple[str, str]:
    """Make a sound code and what one other character, of any kind, made of it."""
    code, at = draw(sound_codes()), draw(st.integers(0, 17))
    other = draw(st.sampled_from([one for one in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ?" if one != code[at]]))
    return code, code[:at] + other + code[at + 1 :]


@settings(deadline=None)
@given(damaged_codes())
def test_the_code_before_any_one_slip_is_among_what_is_proposed(codes: tuple[str, str]) -> None:
    sound, damaged = codes

    assert sound in {repair.code for repair in repairs(damaged)}


@settings(deadline=None)
@given(damaged_codes() | st.tuples(st.just(""), st.text(ORGANISED, min_size=18, max_size=18)))
def test_nothing_is_proposed_but_what_passes_both_checks_one_character_away(codes: tuple[str, str]) -> None:
    damaged = codes[1]

    for repair in repairs(damaged):
        assert unified.is_valid(repair.code)
        assert unified.organisation_part_is_valid(repair.code)
        at = repair.position - 1
        assert (damaged[at], repair.code[at]) == (repair.was, repair.becomes)
        assert damaged[:at] + repair.becomes + damaged[at + 1 :] == repair.code != damaged
        assert repair.words.zh
        assert repair.words.en


@settings(deadline=None)
@given(sound_codes())
def test_a_sound_code_is_not_repaired(code: str) -> None:
    assert repairs(code) == ()


@pytest.mark.parametrize("code", ["", "9141", "00000000000000000X", "9141O100MA4OOO012T", QIAO, "一" * 18])
def test_what_no_single_slip_explains_is_left_as_it_is(code: str) -> None:
    assert repairs(code) == ()


def test_a_letter_taken_for_a_digit_is_put_right_first() -> None:
    found = repairs("914101O0MA4000012T")

    assert [repair.code for repair in found] == [QIAO]
    assert (found[0].position, found[0].was, found[0].becomes, found[0].is_known_slip) == (7, "O", "0", True)


def test_known_slips_stand_before_others() -> None:
    found = repairs(QIAO.replace("T", "0"))

    known = [repair.is_known_slip for repair in found]
    assert len(found) > 1
    assert known == sorted(known, reverse=True)


def test_a_repair_is_proposed_only_beside_a_name_that_agrees() -> None:
    found = repairs("914101O0MA4000012T")

    def proposed(*names: str) -> list[str]:
        return [one.repair.code for one in agreeing(found, name=NAME, borne={QIAO: names})]

    assert proposed("郑州市大河商贸有限责任公司") == [QIAO]
    assert proposed("洛阳大江物流有限公司", NAME) == [QIAO]  # a former name counts
    assert proposed("郑州大江商贸有限公司") == []
    assert proposed(f"{NAME}洛阳分公司") == []
    assert proposed() == []
    assert agreeing(found, name=NAME, borne={}) == ()
