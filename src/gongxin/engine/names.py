"""Names in whole columns: each distinct name is parsed once, each distinct pair compared once.

Most pairs of a register's names have plainly other brands, and columns say so. What is left, and where one
may be short for the other, meets `core.names.likeness`: there is one meaning.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

import polars as pl

from gongxin.core.names.lexicon import families
from gongxin.core.names.likeness import likeness
from gongxin.core.names.part_by_part import (
    ANOTHER_BRANCH,
    ANOTHER_BRAND,
    COMPANIES,
    ONE_CHARACTER,
    plain_branch,
)
from gongxin.core.names.parts import NameParts, parse_name
from gongxin.core.names.remarks import names_nobody

_COLUMNS: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "name": pl.String,
    "normal": pl.String,
    "body": pl.String,  # without its branch
    "whole": pl.String,  # without its branch, its place first
    "brand": pl.String,
    "company": pl.Boolean,
    "branch": pl.String,
    "plain_branch": pl.String,
    "nobody": pl.Boolean,
}
_LONGEST_BRAND = 6  # longer ones are compared one by one
_SHORTEST_FULL = 7  # what is shorter may be an abbreviation


def likeness_of_columns(names: pl.Series, others: pl.Series) -> pl.DataFrame:
    """Return how alike the names of each row are, as `score` and `verdict`; the rows stay in their order.

    An empty cell is an empty name. Why two are alike `core.names.likeness` tells of the few that matter.
    """
    pairs = pl.DataFrame({"name": names.fill_null(""), "other": others.fill_null("")})
    distinct = pairs.unique()
    parts = {name: parse_name(name) for name in _all(distinct)}
    told = _plainly_told(distinct, parts)
    asked = told.filter(pl.col("score").is_null())
    rest = asked.with_columns(**_compared(asked.select("name", "other").iter_rows(), parts))
    compared = pl.concat([told.filter(pl.col("score").is_not_null()), rest])
    return pairs.join(compared, on=["name", "other"], how="left", maintain_order="left").drop("name", "other")


def _all(pairs: pl.DataFrame) -> Iterable[str]:
    return pl.concat([pairs["name"], pairs["other"].alias("name")]).unique()


def _compared(pairs: Iterator[tuple[str, ...]], parts: Mapping[str, NameParts]) -> dict[str, pl.Series]:
    found = [likeness(parts[name], parts[other]) for name, other in pairs]
    return {
        "score": pl.Series([one.score for one in found], dtype=pl.Float64),
        "verdict": pl.Series([one.verdict for one in found], dtype=pl.String),
    }


def _plainly_told(pairs: pl.DataFrame, parts: Mapping[str, NameParts]) -> pl.DataFrame:
    """Return the pairs with score and verdict where columns can tell; null elsewhere."""
    frame = _as_columns(parts)
    joined = pairs.join(frame, on="name", how="left").join(
        frame, left_on="other", right_on="name", how="left", suffix="_2"
    )
    somebody = ~pl.col("nobody") & ~pl.col("nobody_2")
    brands = pl.when(_one_character_apart()).then(ONE_CHARACTER).otherwise(ANOTHER_BRAND)
    score = (
        pl.when(somebody & _has_another_brand())
        .then(brands)
        .when(somebody & _has_another_branch())
        .then(ANOTHER_BRANCH)
    )
    different = pl.when(score.is_not_null()).then(pl.lit("different"))
    return joined.select("name", "other", score.alias("score"), different.alias("verdict"))


def _as_columns(parts: Mapping[str, NameParts]) -> pl.DataFrame:
    companies = {form for form, family in families().items() if family in COMPANIES and form != "集团"}
    rows = [
        (
            name,
            one.normalised,
            one.normalised.removesuffix(one.branch),
            one.region + one.brand + one.industry + one.form,
            one.brand,
            one.form in companies,
            one.branch,
            plain_branch(one.branch),
            not one.normalised or names_nobody(one),
        )
        for name, one in parts.items()
    ]
    return pl.DataFrame(rows, schema=_COLUMNS, orient="row")


def _has_another_brand() -> pl.Expr:
    """Return where neither brand stands in the other name, and neither name may be short for the other."""
    brands = pl.col("brand"), pl.col("brand_2")
    short_enough = [brand.str.len_chars() <= _LONGEST_BRAND for brand in brands]
    apart = _stands_apart("brand", "normal_2") & _stands_apart("brand_2", "normal")
    companies = pl.col("company") & pl.col("company_2")
    told = companies | (_is_no_short("body", "whole_2") & _is_no_short("body_2", "whole"))
    return short_enough[0] & short_enough[1] & (brands[0] != brands[1]) & apart & told


def _has_another_branch() -> pl.Expr:
    """Return where the brand is one, and the branches are two or only one has a branch."""
    one, other = pl.col("branch"), pl.col("branch_2")
    written = (pl.col("plain_branch") == pl.col("plain_branch_2")) & (
        one.str.len_chars() != other.str.len_chars()
    )
    apart = (one != other) & ((one == "") | (other == "") | ~written)
    return (pl.col("brand") == pl.col("brand_2")) & apart


def _stands_apart(brand: str, name: str) -> pl.Expr:
    """Return where a brand neither stands in a name nor begins as it does: its place may be that brand."""
    begins = pl.col(name).str.slice(0, 2) == pl.col(brand).str.slice(0, 2)
    stands = pl.col(name).str.contains(pl.col(brand), literal=True)
    return (pl.col(brand) == "") | ~(begins | stands)


def _is_no_short(body: str, whole: str) -> pl.Expr:
    """Return where a name is too long for an abbreviation, and no piece of the other."""
    piece = pl.col(whole).str.contains(pl.col(body), literal=True)
    return (pl.col(body).str.len_chars() >= _SHORTEST_FULL) & ~piece


def _one_character_apart() -> pl.Expr:
    """Return where one character changed, added or dropped makes one brand of the other."""
    one, other = pl.col("brand"), pl.col("brand_2")
    longer = one.str.len_chars().cast(pl.Int32) - other.str.len_chars().cast(pl.Int32)
    cuts = range(_LONGEST_BRAND)
    changed = reduce(or_, (_without(one, at) == _without(other, at) for at in cuts))
    added = reduce(or_, (_without(one, at) == other for at in cuts))
    dropped = reduce(or_, (_without(other, at) == one for at in cuts))
    return (
        pl.when(longer == 0).then(changed).when(longer == 1).then(added).otherwise((longer == -1) & dropped)
    )


def _without(text: pl.Expr, at: int) -> pl.Expr:
    return text.str.slice(0, at) + text.str.slice(at + 1)
