"""Does a name belong to a person? A doubt costs an organisation a question and a person nothing (R1)."""

import re
from functools import lru_cache

from gongxin.core.names.normal_form import normalise_name
from gongxin.core.names.words import organisational_elements, organisational_endings

_LONGEST_CHINESE_NAME = 4
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A masked name counts as one: 张*, 李某某, 王××.
_SHORT_NAME = re.compile(rf"[{_HAN}][{_HAN}*×XＸ○〇?？]{{1,3}}")
_DOTTED = re.compile(rf"[{_HAN}][.。][{_HAN}]")
# 阿不都热合曼 买买提江: a space where the dot should stand.
_SPACED = re.compile(rf"[{_HAN}]{{2,10}}(?:\s+[{_HAN}]{{2,10}}){{1,3}}")
_SEVERAL = re.compile(r"[、，,;；/\s]+|(?:和|与|及)(?=.{2,4}$)")
_AND_OTHERS = re.compile(r"(?:等(?:\d+|[一二三四五六七八九十]+)?人?|等)$")
_BRACKETED = r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]"
_REMARK = re.compile(_BRACKETED + r"\s*$")
_REMARKS = re.compile(_BRACKETED)
# What offices write beside an operator's name where the business bears no other; the longer word first.
_BESIDE_A_NAME = re.compile("个体工商户|个体户|个体|工商户|经营者|经营户|无字号|户主")


def has_organisational_element(name: str) -> bool:
    """Return whether a word in `name` says that it is an organisation's: 公司, 合作社, 厂 at the end …"""
    if _elements().search(normalise_name(name)):
        return True
    bare = normalise_name(_REMARK.sub("", name))
    return len(bare) >= 3 and bare.endswith(organisational_endings())


def is_person_like(name: str) -> bool:
    """Return whether `name` may be a person's: 2 to 4 characters or a dotted name, with no such word (R1).

    Several names in one cell, a remark in brackets and 等三人 do not hide a person.
    """
    if has_organisational_element(name):
        return False
    bare = _AND_OTHERS.sub("", _REMARK.sub("", name.strip()).strip())
    if "·" in normalise_name(bare) or _DOTTED.search(bare) or _SPACED.fullmatch(bare):
        return True
    parts = [normalise_name(part) for part in _SEVERAL.split(bare)]
    joined = normalise_name(bare)
    return _is_short_name(joined) or (len(parts) > 1 and all(map(_is_short_name, parts)))


def names_a_person(name: str, *, operator: str = "") -> bool:
    """Return whether an individual business bears no name but its operator's, or none at all (R4)."""
    left = person_named_in(name)
    return not left or left == normalise_name(operator) or is_person_like(left)


def person_named_in(name: str) -> str:
    """Return what an individual business is called without remarks in brackets and words for its form.

    A name may also stand in the brackets itself: 个体工商户（尤大力） is 尤大力.
    """
    bare, whole = (_BESIDE_A_NAME.sub("", normalise_name(text)) for text in (_REMARKS.sub("", name), name))
    return bare or whole


def _is_short_name(normal: str) -> bool:
    return 2 <= len(normal) <= _LONGEST_CHINESE_NAME and _SHORT_NAME.fullmatch(normal) is not None


@lru_cache(maxsize=1)
def _elements() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, organisational_elements())))
