"""The normal form of a document number, so that one decision has one number however it was typed."""

import re
import unicodedata
from functools import lru_cache

_OPENING = "〔【［[（(﹝〖「"
_CLOSING = "〕】］]）)﹞〗」"
_BRACKETS = str.maketrans({**dict.fromkeys(_OPENING, "〔"), **dict.fromkeys(_CLOSING, "〕")})
_NOTHING = re.compile(r"[\s\u180e\u200b-\u200f\u2060\ufeff\u00ad]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
_ORDINAL = re.compile(r"(?:^|(?<=〕))第(?=\d)")


@lru_cache(maxsize=65_536)
def normal_form(number: str) -> str:
    """Return `number` as record keys compare it: brackets of every kind one, half width, no spaces.

    〔2026〕, 【2026】, [2026] and (2026) are one; 第12号 at the beginning or after a bracket is 12号.
    """
    plain = unicodedata.normalize("NFKC", number.translate(_BRACKETS))
    bare = _NOTHING.sub("", plain.translate(_BRACKETS)).translate(_DASHES)
    # Taking a space out may bring a letter and its mark together, and two spellings of one letter are one.
    return unicodedata.normalize("NFKC", _ORDINAL.sub("", bare).upper())


_PARTS = re.compile(r"\d+|[^\W\d_]+")
_SAYS_LITTLE = str.maketrans(dict.fromkeys("字第号"))


@lru_cache(maxsize=65_536)
def loose_form(number: str) -> str:
    """Return what is left of `number` when only its letters and figures count, to ask whether two may be one.

    Never an identity: 示环罚〔2026〕12号, 示环罚字〔2026〕第012号 and 示环罚2026-12 may be one decision.
    """
    parts = _PARTS.findall(normal_form(number))
    bare = (part.lstrip("0") if part.isdecimal() else part.translate(_SAYS_LITTLE) for part in parts)
    return "|".join(part for part in bare if part)


# Whose number, of which year, which one: 示市监函〔2026〕5号, 〔2026〕豫01执123号, 示市监公告2026年第5号.
_NUMBERED = re.compile(r"(.*)〔(?:19|20)\d\d〕(.*?)\d+(?:-\d+)?号?")
_OF_A_YEAR = re.compile(r"(\D*)(?:19|20)\d\d(?:年第?|-)()\d+号")
_SAYS_NO_BODY = frozenset("字第号年")


@lru_cache(maxsize=65_536)
def is_document_number(text: str) -> bool:
    """Return whether `text` is the number of a document: whose it is, its year and which one of that year.

    A word that says there is none (无), a day, a telephone number or a bare figure is no document number.
    """
    plain = normal_form(text)
    found = _NUMBERED.fullmatch(plain) or _OF_A_YEAR.fullmatch(plain)
    return found is not None and any(
        sign.isalpha() and sign not in _SAYS_NO_BODY for sign in found[1] + found[2]
    )
