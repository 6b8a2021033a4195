"""Runs a scalar meaning of `core` over a whole column, once for each odd value and no more.

Most columns hold few values, or values already in normal form. What is plainly in order is let
through by a column expression; only the distinct rest meets the scalar function. So there is one
meaning, and it costs almost nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

_FIRST_ROWS, _TIMES = 400, 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A column after reading. `refused` marks the values that mean nothing; None: there are none."""

    values: pl.Series
    refused: pl.Series | None = None


def read_distinct(
    values: pl.Series,
    *,
    meaning: Callable[[str], str | None],
    plain: Callable[[pl.Expr], pl.Expr],
    distinct: pl.Series | None = None,
) -> Reading:
    """Return `values` as `meaning` reads them. A value that means nothing stays as written.

    `plain` must hold only for values that `meaning` returns unchanged. `distinct`, where it is known
    already, are the distinct values. Without any change the very same series comes back.
    """
    odd = _odd_values(distinct_of(values) if distinct is None else distinct, plain)
    read = [meaning(value) for value in odd]
    bad = [value for value, result in zip(odd, read, strict=True) if result is None]
    changed = {v: r for v, r in zip(odd, read, strict=True) if r is not None and r != v}
    if changed:
        refused = values.is_in(bad) if bad else None
        return Reading(values.replace(list(changed), list(changed.values())), refused)
    return Reading(values, values.is_in(bad) if bad else None)


def distinct_of(values: pl.Series) -> pl.Series:
    """Return the distinct values, empty ones left out."""
    return values.drop_nulls().unique()


def repeating(frame: pl.DataFrame, names: Sequence[str]) -> list[str]:
    """Return the columns of `names` in which few values stand again and again, judged by their first rows.

    Of these a question is sooner asked once for each distinct value than once for each row.
    """
    first = frame.select(names).head(_FIRST_ROWS)
    counts = first.select(pl.all().n_unique()).row(0) if names else ()
    return [name for name, count in zip(names, counts, strict=True) if count * _TIMES <= first.height]


def _odd_values(distinct: pl.Series, plain: Callable[[pl.Expr], pl.Expr]) -> list[str]:
    odd: list[str] = distinct.to_frame("value").filter(~plain(pl.col("value")))["value"].to_list()
    return odd
