"""How alike two names are; the floor over the labelled pairs is kept here."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongxin.core.names.likeness import Likeness, likeness_of_names
from gongxin.core.names.reasons import words_of

PAIRS = Path(__file__).parents[1] / "files/name_pairs.csv"
DAHE = "郑州大河商贸有限公司"


@pytest.mark.parametrize(
    ("other", "verdict", "code"),
    [
        ("郑州（大河）商貿有限公司", "same", "same"),
        ("郑州市大河商贸有限责任公司", "same", "same-kind"),
        ("河南省郑州市大河商贸有限公司", "same", "same"),
        ("大河商贸有限公司", "same", "left-out"),
        ("郑州大河商贸股份有限公司", "possibly", "may-have-changed"),
        ("郑州大河商贸", "same", "left-out"),
        ("大河商贸", "possibly", "left-out"),
        ("郑州大河", "possibly", "left-out"),
        ("郑州大江商贸有限公司", "different", "one-character"),
        ("郑州大河源商贸有限公司", "different", "one-character"),
        ("洛阳大河商贸有限公司", "different", "another"),
        ("郑州大河物流有限公司", "different", "another"),
        ("郑州大河商贸有限公司洛阳分公司", "different", "branch-of-it"),
        ("郑州大河商贸厂", "different", "another"),
        ("", "different", "no-name"),
        ("郑州大河贸易有限公司", "different", "another"),
        ("郑州大河商货有限公司", "possibly", "slip"),
        ("豫大河商贸", "possibly", "short"),
        ("郑州大河集团有限公司", "different", "of-a-group"),
        ("河南省", "different", "names-nobody"),
    ],
)
def test_what_one_part_says(other: str, verdict: str, code: str) -> None:
    found = likeness_of_names(DAHE, other)

    assert found.verdict == verdict
    assert code in {reason.code for reason in found.reasons}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("郑州市第一建筑工程公司", "郑州市第二建筑工程公司"),
        ("郑州市第一人民医院", "郑州市第二人民医院"),
        ("郑州市公安局", "洛阳市公安局"),
        ("郑州市公安局", "公安局"),
        ("郑州市公安局金水分局", "郑州市公安局"),
        ("大河银行郑州分行", "大河银行洛阳分行"),
        ("甲乙村村民委员会", "甲丙村村民委员会"),
        ("第一中学", "郑州市第一中学"),
        ("郑州市统计局", "郑州市金水区统计局"),
        ("金水区人民法院甲乙人民法庭", "金水区人民法院"),
        ("甲乙县丙丁供销社", "甲乙县丙丁供销社农资门市部"),
        ("示范县甲乙水泥制品厂", "示范县甲乙水泥制品厂门前旅馆"),
        ("甲乙通信有限公司示范县分公司", "甲乙通信有限公司示范市分公司"),
        ("示范市餐饮协会", "示范市餐饮商会"),
    ],
)
def test_bodies_that_share_all_but_what_tells_them_apart(name: str, other: str) -> None:
    assert likeness_of_names(name, other).verdict == "different"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("郑州市人社局", "郑州市人力资源和社会保障局"),
        ("郑州一中", "郑州市第一中学"),
        ("郑州市47中", "郑州市第四十七中学"),
        ("示范医科大学附属第一医院", "示范医科大学第一附属医院"),
        ("郑州市第四医院（郑州市骨科医院）", "郑州市第四医院"),
        ("甲乙镇丙丁村村委会", "郑州市中牟县甲乙镇丙丁村村民委员会"),
        ("郑州市餐饮协会", "郑州市餐饮行业协会"),
        ("大河银行郑州花园路支行", "大河银行股份有限公司郑州花园路支行"),
        ("金水大河种植农民专业合作社", "金水区大河种植农民专业合作社"),
        ("郑州市大河商贸有限责任公司", "郑州市大河商贸有限责仼公司"),
        ("邦州市大河商货有限公司", "郑州市大河商贸有限公司"),
        ("大河建工", "郑州大河建筑工程有限公司"),
        ("甲乙丙", "郑州大河甲乙丙网络信息股份有限公司"),
    ],
)
def test_one_body_written_in_two_ways(name: str, other: str) -> None:
    assert likeness_of_names(name, other).verdict != "different"


def test_a_branch_and_its_parent_are_related() -> None:
    assert likeness_of_names(DAHE, f"{DAHE}洛阳分公司").related
    assert likeness_of_names(f"{DAHE}开封分公司", f"{DAHE}洛阳分公司").related
    assert not likeness_of_names(DAHE, "郑州大江商贸有限公司").related


def test_a_place_that_is_the_others_brand_is_taken_as_brand() -> None:
    assert likeness_of_names("宁海商贸有限公司", "苏州市宁海商贸有限公司").verdict != "different"
    assert likeness_of_names("宁海大河商贸有限公司", "苏州大河商贸有限公司").verdict == "different"


names = st.sampled_from([DAHE, "大河", "洛阳大河商贸有限公司", "第一中学", "东方", "河南"]) | st.text(
    max_size=30
)


@settings(deadline=None)
@given(names, names)
def test_which_name_comes_first_makes_no_difference(name: str, other: str) -> None:
    there, back = likeness_of_names(name, other), likeness_of_names(other, name)

    assert (there.score, there.verdict) == (back.score, back.verdict)


@settings(deadline=None)
@given(names, names)
def test_every_answer_has_its_reasons_in_words(name: str, other: str) -> None:
    found = likeness_of_names(name, other)

    assert 0 <= found.score <= 1
    assert all(words_of(reason).zh and words_of(reason).en for reason in found.reasons)


def best(name: str, others: list[str]) -> Likeness:
    return max((likeness_of_names(name, other) for other in others), key=lambda found: found.score)


@lru_cache(maxsize=1)
def judged() -> list[tuple[str, bool, bool]]:
    """Return kind, label and answer of every labelled pair; of former names the best counts."""
    return list(_judged())


def _judged() -> Iterator[tuple[str, bool, bool]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            others = [row["other"], *filter(None, row["aliases"].split("；"))]
            yield row["kind"], row["label"] == "1", best(row["name"], others).verdict != "different"


def test_the_labelled_pairs_are_told_apart() -> None:
    counted = Counter((label, said) for _, label, said in judged())
    right, wrong, missed = counted[True, True], counted[False, True], counted[True, False]

    assert sum(counted.values()) >= 10_000
    assert 2 * right / (2 * right + wrong + missed) >= 0.97


def test_no_kind_of_pair_is_left_behind() -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for kind, label, said in judged():
        right[kind].append(label == said)

    assert {
        kind: sum(found) / len(found) for kind, found in right.items() if sum(found) < 0.85 * len(found)
    } == {}


@pytest.mark.parametrize(
    ("kind", "most"),
    [("one_character_of_the_brand", 0.01), ("branch_and_parent", 0.0), ("bank_and_branch", 0.0)],
)
def test_what_must_not_be_taken_for_one(kind: str, most: float) -> None:
    said = [said for found, _, said in judged() if found == kind]

    assert len(said) >= 500
    assert sum(said) / len(said) <= most
