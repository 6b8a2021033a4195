"""Persons' numbers in whole columns: a pattern finds candidates, `core.leaks` judges each text once."""

from itertools import chain, product

import polars as pl

from gongxin.core.identifiers.identify import CodeKind, identify
from gongxin.core.leaks import mask_personal_numbers
from gongxin.engine.distinct import distinct_of

# Whatever `core.leaks` finds has eleven digits (a dash or space between any two), or stands behind the
# name of a travel document, of a home or of its telephone. A property test proves that nothing it finds
# passes this by. Two patterns and not one: apart, each has a short cut that a single one would lose, and
# they take half the time.
_GAP = r"[ \t\x{a0}\x{200b}-\x{200d}\x{2060}\x{feff}\-‐‑–—]?"
_LONG_NUMBER = f"[0-9](?:{_GAP}[0-9]){{10}}"
# The inside of “passport” and “permit” in large and small letters: spelt out, not asked for by a flag.
_INSIDE = (map("".join, product(*zip(word, word.upper(), strict=True))) for word in ("ssp", "rmi"))
_TRAVEL = ("护照", "通行证", "台胞证", "回乡证", "居留", *chain(*_INSIDE))
_AT_HOME = ("住址", "家住", "家庭地址", "居住地址", "户籍地址", "户籍所在地", "家庭电话", "住宅电话", "宅电")
_WORDS = "|".join((*_TRAVEL, *_AT_HOME, *"０１２３４５６７８９－　"))
_MEANT_AS_RESIDENT = "[0-9０-９]{14}"


def may_hold_number(texts: pl.Expr) -> pl.Expr:
    """Return where a person's number may stand; anywhere else there is none."""
    return texts.str.contains(_LONG_NUMBER) | texts.str.contains(_WORDS)


def without_numbers(texts: pl.Series, *, among: pl.Series | None = None) -> pl.Series:
    """Return `texts` with every person's number in them masked. Only rows `among` can hold one; None: any."""
    suspect = texts if among is None else texts.filter(among)
    if suspect.null_count() == len(suspect):
        return texts
    distinct = distinct_of(suspect).to_frame("text")
    candidates = distinct.filter(may_hold_number(pl.col("text")))["text"]
    masked = {text: mask_personal_numbers(text) for text in candidates}
    return _replaced(texts, masked)


def without_mistyped(codes: pl.Series, *, among: pl.Series) -> pl.Series:
    """Return a column of identifiers with those `among` the rows masked that look like a person's number."""
    if not among.any():
        return codes
    suspect = distinct_of(codes.filter(among))
    candidates = suspect.filter(suspect.str.contains(_MEANT_AS_RESIDENT))
    meant = (code for code in candidates if identify(code).kind is CodeKind.RESIDENT)
    return _replaced(codes, {code: "*" * len(code) for code in meant})


def _replaced(texts: pl.Series, changes: dict[str, str]) -> pl.Series:
    changed = {old: new for old, new in changes.items() if old != new}
    return texts.replace(list(changed), list(changed.values())) if changed else texts
