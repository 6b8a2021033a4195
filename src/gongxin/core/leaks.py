"""Finds the numbers and homes of persons in text, so that none leaves (design §1.4, R12).

Codes of organisations, document numbers and amounts are not persons' and pass.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongxin.core.identifiers import resident, unified


class NumberKind(StrEnum):
    RESIDENT = "resident"
    OLD_RESIDENT = "old-resident"
    PHONE = "phone"
    BANK_CARD = "bank-card"
    PASSPORT = "passport"
    HOME_ADDRESS = "home-address"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """Where a person's number, or home, stands in a text: `text[start:end]`."""

    kind: NumberKind
    start: int
    end: int


def find_personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """Return every person's number in `text`, in order, none overlapping another."""
    return tuple(_find(text))


def holds_personal_number(text: str) -> bool:
    return next(_find(text), None) is not None


def mask_personal_numbers(text: str) -> str:
    """Return `text` with a star for each character of a person's number; its length stays."""
    masked = list(text)
    for found in _find(text):
        masked[found.start : found.end] = "*" * (found.end - found.start)
    return "".join(masked)


# A home is known by the word before it; an organisation has a 住所 or 地址, and those pass.
_HOME_LABELS = ("住址", "家住", "家庭地址", "居住地址", "户籍地址", "户籍所在地")
_BETWEEN = (
    r"""(?:[\s:："'为是在]|<[^<>]{0,60}>){0,8}"""  # a label and what it names, in a sentence or in markup
)
_STOP = r"""[^,，。;；、\n<>"']"""
_HOME = re.compile(
    rf"(?:{'|'.join(_HOME_LABELS)}){_BETWEEN}"
    rf"({_STOP}{{2,40}}?(?:[0-9０-９一二三四五六七八九十]\s?(?:号|室|栋|幢|单元|楼|组|弄)|村|屯|小区|社区|公寓)"
    rf"(?:{_STOP}{{0,30}}(?:号|室|栋|幢|单元|楼|层|组|户))?)"
)

# One character for one, so that places in the narrow text are places in the text.
_NARROW = str.maketrans(
    "０１２３４５６７８９ＸｘＡＢＣＤＥＧＨＬＭＰＴ－　＋：", "0123456789XXABCDEGHLMPT- +:"
)
_GAP = r"[ \t\u00a0\u200b-\u200d\u2060\ufeff\-‐‑–—]?"
_BEFORE = 24  # how far back a label may stand

_AFTER = 8  # how far on a unit of amount, or what would lengthen the number, may stand
_SHORTEST, _SHORTEST_UNLABELLED = 7, 11  # digits of a passport, of a telephone

# Every person's number lies within one such run of digits, but for a letter before or an X after it.
_WIDE_GAP = _GAP.replace("[", "[\u3000－", 1)
_DIGIT = "[0-9０-９]"
# A run too short from its first digit is too short from its second: the look back spares trying each.
_RUN, _LONG_RUN = (
    re.compile(rf"{_DIGIT}(?<!{_DIGIT}{{2}})(?:{_WIDE_GAP}+{_DIGIT}){{{digits - 1},}}+")
    for digits in (_SHORTEST, _SHORTEST_UNLABELLED)
)
# A number may follow its word without a gap, as in a document number's normal form: TEL13800138000.
_AHEAD = ("card", "number", "tel", "phone", "mobile", "bank", "account")
_WORDS = "|".join(rf"(?<=(?i:{word}))" for word in _AHEAD)
_BEGINS = rf"(?:(?<![0-9A-Za-z])|{_WORDS})"
_RESIDENT = re.compile(rf"(?<![0-9])[1-8](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])")
_OLD_RESIDENT = re.compile(rf"{_BEGINS}[1-8][0-9]{{14}}(?![0-9A-Za-z])")
_PHONE = re.compile(
    rf"{_BEGINS}(?<![.〕\]])(?:\+?86{_GAP})?(1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}})(?![0-9A-Za-z]|\.[0-9])"
)
_BANK_CARD = re.compile(rf"{_BEGINS}[3-6](?:{_GAP}[0-9]){{14,18}}(?![0-9A-Za-z])")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:[A-Z]{1,2}[0-9]{7,10}|[0-9]{8,9})(?![0-9A-Za-z])", re.IGNORECASE)

_SAYS_RESIDENT = re.compile(r"身份证|公民身份|证件号|身份号|ID ?(?:card|number)|SFZ|ZJHM", re.IGNORECASE)
_SAYS_UNIFIED = re.compile(
    r"信用代码|统一代码|机构代码|SHXYM|unified|uscc|\"code\"|JGDM|DWDM|SJLYDM", re.IGNORECASE
)
_SAYS_PHONE = re.compile(r"电话|手机|联系|电联|tel|phone|mobile", re.IGNORECASE)
_SAYS_BANK = re.compile(r"银行|卡号|账号|帐号|账户|帐户|bank|card|account", re.IGNORECASE)
_HOME_TELEPHONE = re.compile(rf"(?<![0-9A-Za-z])(?:0[0-9]{{2,3}}{_GAP})?[2-9][0-9]{{6,7}}(?![0-9A-Za-z])")
_HOME_TELEPHONE_LABELS = ("家庭电话", "住宅电话", "宅电")
_SAYS_HOME_TELEPHONE = re.compile("|".join(_HOME_TELEPHONE_LABELS))
_PASSPORT_LABELS = ("护照", "通行证", "台胞证", "回乡证", "居留", "passport", "permit")
_SAYS_PASSPORT = re.compile("|".join(_PASSPORT_LABELS), re.IGNORECASE)
_SAYS_AMOUNT = re.compile(r"金额|罚款|资本|yuan|amount|人民币|[¥￥]\s*$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(r"\s*(?:万|亿|千|百)?(?:元|美元|股|吨|平方|公斤|千克|度|号)")


def _find(text: str) -> Iterator[PersonalNumber]:
    homes = _homes(text)
    if not homes:
        return _numbers(text)
    apart = (one for one in _numbers(text) if not any(one.start < h.end and h.start < one.end for h in homes))
    return iter(sorted([*homes, *apart], key=lambda one: one.start))


def _homes(text: str) -> list[PersonalNumber]:
    if not any(label in text for label in _HOME_LABELS):
        return []
    return [PersonalNumber(NumberKind.HOME_ADDRESS, *found.span(1)) for found in _HOME.finditer(text)]


def _numbers(text: str) -> Iterator[PersonalNumber]:
    # A page holds hundreds of short runs (dates, codes); only what stands around a long one is read.
    pattern = _RUN if _says_a_short_one_somewhere(text) else _LONG_RUN
    for run in pattern.finditer(text):
        begin, start, end = max(0, run.start() - _BEFORE - 2), run.start(), run.end()
        for found in _find_around(text[begin : end + _AFTER].translate(_NARROW)):
            if start - 2 <= begin + found.start < end:
                yield PersonalNumber(found.kind, begin + found.start, begin + found.end)


def _says_a_short_one_somewhere(text: str) -> bool:
    plain = text.lower()
    return any(label in plain for label in (*_PASSPORT_LABELS, *_HOME_TELEPHONE_LABELS))


def _find_around(narrow: str) -> list[PersonalNumber]:
    found: list[PersonalNumber] = []
    for kind, pattern, is_one in _KINDS:
        for match in pattern.finditer(narrow):
            if is_one(_Candidate(narrow, match)) and not _overlaps(match, found):
                found.append(PersonalNumber(kind, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def _overlaps(match: re.Match[str], found: list[PersonalNumber]) -> bool:
    return any(match.start() < one.end and one.start < match.end() for one in found)


class _Candidate:
    """A run of digits, without the gaps, and what stands around it."""

    def __init__(self, text: str, match: re.Match[str]) -> None:
        self.number = re.sub(r"[^0-9A-Za-z]", "", match[match.lastindex or 0]).upper()
        self.before = text[max(0, match.start() - _BEFORE) : match.start()]
        self.after = text[match.end() : match.end() + 4]

    def follows(self, label: re.Pattern[str]) -> bool:
        return label.search(self.before) is not None


def _is_resident(candidate: _Candidate) -> bool:
    number = candidate.number
    if not resident.is_valid(number):
        # A label and a birth date make it a person's even where a digit is mistyped.
        of_a_person = number[:2] in resident.PROVINCES and resident.has_birth_date(number)
        return of_a_person and candidate.follows(_SAYS_RESIDENT)
    is_organisations = unified.is_valid(number) and unified.organisation_part_is_valid(number)
    return not (is_organisations and candidate.follows(_SAYS_UNIFIED))


def _is_old_resident(candidate: _Candidate) -> bool:
    return candidate.follows(_SAYS_RESIDENT) and resident.is_old_number(candidate.number)


def _is_phone(candidate: _Candidate) -> bool:
    if candidate.follows(_SAYS_PHONE):
        return True
    return not candidate.follows(_SAYS_AMOUNT) and _AMOUNT_AFTER.match(candidate.after) is None


def _is_home_telephone(candidate: _Candidate) -> bool:
    return candidate.follows(_SAYS_HOME_TELEPHONE)


def _is_bank_card(candidate: _Candidate) -> bool:
    return candidate.follows(_SAYS_BANK) and _passes_luhn(candidate.number)


def _is_passport(candidate: _Candidate) -> bool:
    return candidate.follows(_SAYS_PASSPORT)


def _passes_luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_KINDS: tuple[tuple[NumberKind, re.Pattern[str], Callable[[_Candidate], bool]], ...] = (
    (NumberKind.RESIDENT, _RESIDENT, _is_resident),
    (NumberKind.OLD_RESIDENT, _OLD_RESIDENT, _is_old_resident),
    (NumberKind.BANK_CARD, _BANK_CARD, _is_bank_card),
    (NumberKind.PHONE, _PHONE, _is_phone),
    (NumberKind.PHONE, _HOME_TELEPHONE, _is_home_telephone),
    (NumberKind.PASSPORT, _PASSPORT, _is_passport),
)
