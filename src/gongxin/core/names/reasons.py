"""Why two names are alike or not, part by part, as a code and in words."""

from typing import NamedTuple

from gongxin.core.catalogue import Label


class PartLikeness(NamedTuple):
    """What one part says: `score` from 0 to 1, below DIFFERENT_BELOW another organisation; and why."""

    part: str
    score: float
    code: str


SAME_NAME = PartLikeness("name", 1.0, "same")  # the normal forms are equal: nothing less is the same name


def words_of(reason: PartLikeness) -> Label:
    """Return in words what a part says."""
    part, said = part_in_words(reason.part), said_of(reason)
    return Label(f"{part.zh}：{said.zh}", f"{part.en}: {said.en}")


def part_in_words(part: str) -> Label:
    return _PARTS[part]


def said_of(reason: PartLikeness) -> Label:
    """Return what a part says, without its name."""
    return _SAID[reason.code]


_PARTS = {
    "name": Label("名称", "name"), "region": Label("行政区划", "region"), "brand": Label("字号", "brand"),
    "industry": Label("行业", "industry"), "form": Label("组织形式", "legal form"),
    "branch": Label("分支机构", "branch"),
}  # fmt: skip
_SAID = {
    "same": Label("相同", "the same"),
    "none": Label("均无", "neither has one"),
    "no-name": Label("没有名称", "there is no name"),
    "names-nobody": Label(
        "只有行政区划或组织形式，没有指明组织", "a region or a legal form alone names no organisation"
    ),
    "left-out": Label("一方省略", "left out in one"),
    "needed": Label("一方省略，而没有它无法区分", "left out in one, and nothing else tells them apart"),
    "lies-in": Label("一地在另一地之内", "one lies in the other"),
    "of-a-part": Label("一地在另一地之内，各有其机构", "one lies in the other, and each has its own body"),
    "slip": Label("只差一个形近字，可能是录入或识别之误", "one character apart, which may be a slip"),
    "another": Label("不同", "another"),
    "narrower": Label("一方包含另一方", "one is part of the other"),
    "other-order": Label("用词相同，次序不同", "the same words in another order"),
    "same-kind": Label("同类，写法不同", "of one kind, written otherwise"),
    "may-have-changed": Label("可能是同一企业变更了组织形式", "a company may have changed its form"),
    "branch-of-it": Label("一方是另一方的分支机构", "one is a branch of the other"),
    "other-branch": Label("同一组织的不同分支机构", "two branches of one organisation"),
    "of-a-group": Label(
        "一方是集团，另一方可能是其成员", "one is a group, of which the other may be a member"
    ),
    "short": Label("一方是另一方的简称", "one is short for the other"),
    "abbreviated": Label("可能是缩写", "may be an abbreviation"),
    "one-character": Label("只差一个字，但属于不同的字号", "one character apart, and so another brand"),
}
