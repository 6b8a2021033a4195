"""What a person chooses from where a field has a list of codes: words, not the codes that stand for them."""

import re

from gongxin.core.catalogue import Field, InformationClass

_CHINESE = re.compile(r"[\u3400-\u9fff]")
# Rows about people are not collected, so a form does not offer it (R1).
_NEVER_OFFERED = "自然人"


def options_of(field: Field, information_class: InformationClass) -> tuple[str, ...]:
    """Return the accepted values in the order of the catalogue, each by its first Chinese name."""
    names = _names(field)
    offered = [code if _CHINESE.search(code) else names.get(code, code) for code in field.codes]
    if field.key == information_class.role("subject_category"):
        offered = [code for code in offered if code != _NEVER_OFFERED]
    return tuple(offered)


def only_options(field: Field) -> bool:
    """Return whether nothing but one of the options may be filled in."""
    return field.type == "code" and not field.open_codes


def in_words(value: str, field: Field) -> str:
    """Return the first Chinese name of a code; the value itself where it is one already, or none is known."""
    return value if _CHINESE.search(value) else _names(field).get(value, value)


def _names(field: Field) -> dict[str, str]:
    """Return the first Chinese name of each code."""
    found: dict[str, str] = {}
    for name, code in (field.code_aliases or {}).items():
        if _CHINESE.search(name):
            found.setdefault(code, name)
    return found
