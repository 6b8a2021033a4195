"""Judges a column of identifiers, each distinct code once: does it pass its check, is it a person's?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from gongxin.core.derived_rules import PLACEHOLDER
from gongxin.core.identifiers import organisation, registration, resident, unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.engine import identifiers
from gongxin.engine.distinct import distinct_of

# A taxpayer's number of before 2015: a region and an organisation code, or a person's number and two digits.
_OLD_TAX_NUMBER = "^[0-9A-Z]{15,20}$"
_DIGITS = "^[A-Z]?[0-9]{14}"  # a person's number begins with so many, an old tax number of one with a letter
_FEW = 256  # below so many distinct codes the scalars are faster than setting up whole columns

_PASSES: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "unified": identifiers.unified_valid,
    "organisation": identifiers.organisation_valid,
    "registration": identifiers.registration_valid,
    "taxpayer": lambda codes: identifiers.unified_valid(codes) | codes.str.contains(_OLD_TAX_NUMBER),
}


@dataclass(frozen=True, slots=True)
class JudgedCodes:
    """What is noteworthy about each code of a column. An empty cell is never noteworthy."""

    refused: pl.Series  # fails the check of its scheme; the placeholder is another rule's matter
    doubtful: pl.Series  # a valid unified code around an invalid organisation code
    persons: pl.Series  # a person's number (R1)


def judge_codes(codes: pl.Series, *, scheme: str | None, distinct: pl.Series | None = None) -> JudgedCodes:
    """Return the judgement of a column of normalised codes. Without a scheme nothing is refused.

    `distinct`, where they are known already, are the distinct codes.
    """
    distinct = (distinct_of(codes) if distinct is None else distinct).alias("code")
    found = (_few if len(distinct) <= _FEW else _many)(distinct, scheme)
    return JudgedCodes(*(_where(codes, noteworthy, among=len(distinct)) for noteworthy in found))


@lru_cache(maxsize=65_536)
def is_a_persons(text: str, *, scheme: str | None) -> bool:
    """Return whether an identifier is a person's number, alone or at the head of a tax number.

    Old numbers of 15 digits carry no check of their own: a registration number is told by its check
    digit, an old tax number by the organisation code in it. Source: law-decisions R1.
    """
    code = normalise_code(text)
    if code[:1].isalpha():
        code = code[1:]  # L and the person's own number: an individual taxpayer of before 2015
    if resident.is_valid(code[:18]):
        return True
    if not resident.is_old_number(code):
        return False
    if scheme == "registration":
        return not registration.is_valid(code)
    return scheme in {"unified", "organisation"} or not organisation.is_valid(code[6:])


@lru_cache(maxsize=65_536)
def _judge(code: str, scheme: str | None) -> tuple[bool, bool, bool]:
    valid = unified.is_valid(code)
    passes = {
        "unified": valid,
        "organisation": organisation.is_valid(code),
        "registration": registration.is_valid(code),
        "taxpayer": valid or (15 <= len(code) <= 20 and code.isascii() and code.isalnum()),
    }
    refused = scheme is not None and not passes[scheme] and code != PLACEHOLDER
    doubtful = scheme == "unified" and valid and not unified.organisation_part_is_valid(code)
    return refused, doubtful, is_a_persons(code, scheme=scheme)


def _few(distinct: pl.Series, scheme: str | None) -> tuple[pl.Series, ...]:
    judged = [_judge(code, scheme) for code in distinct]
    return tuple(
        pl.Series([code for code, found in zip(distinct, judged, strict=True) if found[at]], dtype=pl.String)
        for at in range(3)
    )


def _many(distinct: pl.Series, scheme: str | None) -> tuple[pl.Series, ...]:
    refused, doubtful = _unsound(distinct, scheme) if scheme else (distinct.clear(), distinct.clear())
    return refused, doubtful, _persons(distinct, scheme)


def _unsound(distinct: pl.Series, scheme: str) -> tuple[pl.Series, pl.Series]:
    """Return the codes that fail their check, and valid unified codes around an invalid organisation code."""
    code = pl.col("code")
    rest = distinct.to_frame()
    if scheme == "unified":
        rest = rest.filter(~identifiers.unified_sound(code))
    if not rest.height:
        return rest["code"], rest["code"]
    judged = rest.with_columns(passes=_PASSES[scheme](code))
    refused = judged.filter(~pl.col("passes") & (code != PLACEHOLDER))["code"]
    # What passes and is not sound can only fail in its organisation part.
    doubtful = judged.filter("passes")["code"] if scheme == "unified" else distinct.clear()
    return refused, doubtful


def _persons(distinct: pl.Series, scheme: str | None) -> pl.Series:
    suspect = distinct.filter(distinct.str.contains(_DIGITS))
    if not len(suspect):
        return suspect
    whole = suspect.str.len_bytes() == 18
    found = suspect.filter(whole).to_frame().filter(identifiers.resident_valid(pl.col("code")))["code"]
    rest = [code for code in suspect.filter(~whole) if is_a_persons(code, scheme=scheme)]
    return pl.concat([found, pl.Series("code", rest, dtype=pl.String)])


def _where(codes: pl.Series, found: pl.Series, *, among: int) -> pl.Series:
    """Return which codes are `found`, of `among` distinct ones."""
    if not len(found):
        return pl.repeat(value=False, n=len(codes), dtype=pl.Boolean, eager=True)
    if len(found) == among:
        return codes.is_not_null()
    return codes.is_in(found.implode()).fill_null(value=False)
