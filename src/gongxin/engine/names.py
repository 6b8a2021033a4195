"""Names in whole columns: each distinct name is parsed once, and each distinct pair compared once."""

from collections.abc import Iterable, Mapping

import polars as pl

from gongxin.core.names.likeness import Likeness, likeness
from gongxin.core.names.parts import NameParts, parse_name

_COMPARED: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "score": pl.Float64,
    "verdict": pl.String,
    "codes": pl.List(pl.String),
}


def likeness_of_columns(names: pl.Series, others: pl.Series) -> pl.DataFrame:
    """Return how alike the names of each row are: `score`, `verdict`, and `codes`, one for each reason.

    The rows stay in their order. An empty cell is an empty name. What a pair means is `core.names.likeness`.
    """
    pairs = pl.DataFrame({"name": names.fill_null(""), "other": others.fill_null("")})
    distinct = pairs.unique()
    parts = _parsed(pl.concat([distinct["name"], distinct["other"].alias("name")]).unique())
    compared = distinct.hstack(_compared(distinct.iter_rows(), parts))
    joined = pairs.join(compared, on=["name", "other"], how="left", maintain_order="left")
    return joined.select(*_COMPARED)


def _parsed(names: Iterable[str]) -> Mapping[str, NameParts]:
    return {name: parse_name(name) for name in names}


def _compared(pairs: Iterable[tuple[str, ...]], parts: Mapping[str, NameParts]) -> pl.DataFrame:
    found = [likeness(parts[name], parts[other]) for name, other in pairs]
    columns = ([one.score for one in found], [one.verdict for one in found], _codes(found))
    return pl.DataFrame(dict(zip(_COMPARED, columns, strict=True)), schema=_COMPARED)


def _codes(found: Iterable[Likeness]) -> list[list[str]]:
    return [[reason.code for reason in one.reasons] for one in found]
