"""What is odd about a name, so that whoever gave it learns why its parts are as they are."""

import unicodedata
from collections.abc import Iterator

from gongxin.core.catalogue import Label
from gongxin.core.names.parts import LONGEST, NameParts

REMARKS = {
    "no-name": Label("没有名称，或其中没有可读的字符", "there is no name, or nothing in it can be read"),
    "one-character": Label("只有一个字，不足以识别组织", "one character alone tells no organisation"),
    "region-only": Label("只有行政区划，没有指明组织", "a region alone names no organisation"),
    "form-only": Label("只有组织形式，没有指明组织", "a legal form alone names no organisation"),
    "too-long": Label(f"超过{LONGEST}字，不予拆分", f"longer than {LONGEST} characters, and not taken apart"),
    "not-chinese": Label(
        "不含汉字，只作为字号比较", "it holds no Chinese character, and is compared as a brand"
    ),
    "private-use": Label(
        "含自造字，各系统编码不同，无法可靠比较",
        "it holds private-use characters, which other systems code otherwise: no sure comparison",
    ),
    "control": Label("含控制字符，已略去", "control characters were left out"),
}


def remarks_on(name: str, parts: NameParts) -> tuple[str, ...]:
    """Return the codes of REMARKS that hold of `name`, whose parts are `parts`."""
    return tuple(_remarks(name, parts))


def _remarks(name: str, parts: NameParts) -> Iterator[str]:
    normal = parts.normalised
    if not normal:
        yield "no-name"
    elif len(normal) == 1:
        yield "one-character"
    elif names_nobody(parts):
        yield "form-only" if parts.form else "region-only"
    elif not any("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in normal):
        yield "not-chinese"
    if len(normal) > LONGEST:
        yield "too-long"
    kinds = {unicodedata.category(character) for character in name}
    if "Co" in kinds:
        yield "private-use"
    if "Cc" in kinds:
        yield "control"


def names_nobody(parts: NameParts) -> bool:
    """Return whether a name is a region and no more, or a legal form and no more."""
    return not (parts.brand or parts.industry or parts.branch) and bool(parts.region) != bool(parts.form)
