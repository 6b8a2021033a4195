"""The normal form of document numbers on whole columns, equal to the scalar of `core.document_numbers`."""

import polars as pl

from gongxin.core.document_numbers import normal_form
from gongxin.engine.distinct import read_distinct

# Digits, capitals and common characters mean themselves; so do the brackets of the normal form.
_NORMAL = r"^[0-9A-Z\x{4e00}-\x{9fff}〔〕]*$"


def normal_document_number(numbers: pl.Expr) -> pl.Expr:
    """Return each number as record keys compare it."""
    return numbers.map_batches(_normal, return_dtype=pl.String, is_elementwise=True)


def _normal(numbers: pl.Series) -> pl.Series:
    return read_distinct(numbers, meaning=normal_form, plain=_is_normal).values


def _is_normal(number: pl.Expr) -> pl.Expr:
    return number.str.contains(_NORMAL) & ~number.str.contains("(^|〕)第")
