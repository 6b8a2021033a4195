"""Says what kind of code a text is. Persons are tried first, so that a doubt protects the person."""

from dataclasses import dataclass
from enum import StrEnum

from gongxin.core.catalogue import Label
from gongxin.core.identifiers import failures, organisation, registration, resident, unified
from gongxin.core.identifiers.normal_form import normalise_code


class CodeKind(StrEnum):
    UNIFIED = "unified"
    ORGANISATION = "organisation"
    REGISTRATION = "registration"
    RESIDENT = "resident"
    NONE = "none"


NORMALISED = "normalised"
ORGANISATION_PART = "organisation-part"
ALSO_UNIFIED = "also-unified"
ALSO_OLD_RESIDENT = "also-old-resident"
OLD_RESIDENT = "old-resident"
RUNNING_DIGITS = "running-digits"

KIND_LABELS = {
    CodeKind.UNIFIED: Label("统一社会信用代码", "unified social credit code"),
    CodeKind.ORGANISATION: Label("组织机构代码", "organisation code"),
    CodeKind.REGISTRATION: Label("工商注册号", "registration number"),
    CodeKind.RESIDENT: Label("居民身份证号", "resident identity number"),
    CodeKind.NONE: Label("不是已知的代码", "not a known code"),
}
WARNING_LABELS = {
    NORMALISED: Label(
        "全角、小写、空格或连字符已规范", "full width, lower case, spaces or hyphens were normalised"
    ),
    ORGANISATION_PART: Label(
        "第9至17位不是有效的组织机构代码", "positions 9 to 17 are not a valid organisation code"
    ),
    ALSO_UNIFIED: Label("也符合统一社会信用代码的规则", "it also obeys the rules of a unified code"),
    ALSO_OLD_RESIDENT: Label(
        "也可能是15位旧身份证号", "it may also be an old 15-digit resident identity number"
    ),
    OLD_RESIDENT: Label("15位旧身份证号，没有校验码", "an old 15-digit number, which has no check digit"),
    RUNNING_DIGITS: Label("顺序数字，疑为随手填写", "running digits, probably typed to fill the box"),
}

_RUNNING_DIGITS = "123456789012345"


@dataclass(frozen=True, slots=True)
class Identification:
    """What `identify` found. `code` is the normalised text; `reason` is None if it is valid."""

    code: str
    kind: CodeKind
    valid: bool
    reason: str | None
    warnings: tuple[str, ...] = ()


def identify(text: str) -> Identification:
    """Return the kind of code that `text` is, whether it is valid, and what is odd about it."""
    code = normalise_code(text)
    kind, reason, warnings = _judge(code)
    if code != text:
        warnings = (NORMALISED, *warnings)
    return Identification(code, kind, reason is None, reason, warnings)


_Judgement = tuple[CodeKind, str | None, tuple[str, ...]]


def _judge(code: str) -> _Judgement:
    match len(code):
        case 18:
            return _judge_18(code)
        case 9:
            return CodeKind.ORGANISATION, organisation.reason(code), ()
        case 13 | 15 if code.isascii() and code.isdecimal():
            return _judge_digits(code)
        case _:
            return CodeKind.NONE, failures.LENGTH if len(code) != 15 else failures.CHARSET, ()


def _judge_18(code: str) -> _Judgement:
    if unified.is_placeholder(code):
        return CodeKind.UNIFIED, failures.PLACEHOLDER, ()
    if resident.is_valid(code):
        return CodeKind.RESIDENT, None, (ALSO_UNIFIED,) if unified.is_valid(code) else ()
    if unified.is_valid(code):
        warned = not unified.organisation_part_is_valid(code)
        return CodeKind.UNIFIED, None, (ORGANISATION_PART,) if warned else ()
    if _was_meant_as_resident(code):
        return CodeKind.RESIDENT, resident.reason(code), ()
    return CodeKind.UNIFIED, unified.reason(code), ()


def _was_meant_as_resident(code: str) -> bool:
    """Return whether a code that is neither valid kind looks more like a person's."""
    if not resident.has_shape(code):
        return False
    if resident.has_birth_date(code):
        return True
    of_a_province = code[:2] in resident.PROVINCES and code[:2] not in unified.PREFIXES
    return of_a_province and resident.check_character(code[:17]) == code[17]


def _judge_digits(code: str) -> _Judgement:
    reason = registration.reason(code)
    if reason is None and code == _RUNNING_DIGITS:
        return CodeKind.REGISTRATION, None, (RUNNING_DIGITS,)
    if not resident.is_old_number(code):
        return CodeKind.REGISTRATION, reason, ()
    # A passing check digit says registration; without it the birth date says a person.
    if reason is None:
        return CodeKind.REGISTRATION, None, (ALSO_OLD_RESIDENT,)
    return CodeKind.RESIDENT, None, (OLD_RESIDENT,)
