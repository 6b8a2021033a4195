"""The same record twice in one file: identical rows fold, rows that contradict each other all go back.

Only hashes of each row's key and content are remembered until the file has been read, so a million
rows cost some thirty megabytes.
"""

from dataclasses import dataclass, field

import polars as pl

from gongxin.core.derived_rules import PLACEHOLDER
from gongxin.engine.document_numbers import normal_document_number
from gongxin.engine.rules.context import Context

# Two seeds give a key 128 bits, so that two records never meet by chance; contents are compared within a key.
_SEEDS = (2016, 210)
_SUBJECT = (
    "taxpayer_number",
    "registration_number",
    "organisation_code",
    "professional_licence",
    "subject_name",
)
_SCHEMA = {
    "key": pl.UInt64,
    "key2": pl.UInt64,
    "content": pl.UInt64,
    "row": pl.UInt32,
    "place": pl.UInt32,  # among all accepted rows; null: rejected
    "table": pl.UInt16,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comparing all rows of the file found; `row`, `place` and `table` of each."""

    contradicting: pl.DataFrame
    folded: pl.DataFrame

    @property
    def rejected(self) -> pl.Series:
        """Return the places of accepted rows that are now rejected."""
        return self.contradicting["place"].drop_nulls()


@dataclass(slots=True)
class Identities:
    """The keys and contents of the rows seen so far, as hashes."""

    seen: list[pl.DataFrame] = field(default_factory=list)

    def add(self, *, keys: pl.DataFrame, contents: pl.DataFrame, rows: pl.DataFrame) -> None:
        """This will remember the rows of one chunk. A row whose key is not complete has no identity."""
        hashed = rows.select(
            keys.hash_rows(_SEEDS[0]).alias("key"),
            keys.hash_rows(_SEEDS[1]).alias("key2"),
            contents.hash_rows(_SEEDS[0]).alias("content"),
            "row",
            "place",
            "table",
        )
        complete = keys.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
        self.seen.append(hashed.filter(complete))

    def verdict(self) -> Verdict:
        """Return the rows that contradict another, and the accepted ones that repeat an earlier one."""
        rows = pl.concat(self.seen) if self.seen else pl.DataFrame(schema=_SCHEMA)
        record = ["key", "key2"]
        shared = rows.filter(pl.struct(record).is_duplicated())
        compared = shared.with_columns(contents=pl.col("content").n_unique().over(record))
        same = compared.filter(pl.col("contents") == 1, pl.col("place").is_not_null())
        return Verdict(
            contradicting=compared.filter(pl.col("contents") > 1),
            folded=same.filter(pl.int_range(pl.len()).over(record) > 0),
        )


def record_key(context: Context) -> list[pl.Expr]:
    """Return the parts of a record's identity, in the class's order; a null part means no identity."""
    information_class = context.information_class
    number = information_class.role("document_number")
    parts = []
    for at, part in enumerate(information_class.key):
        key = information_class.roles.get(part, part)
        value = _subject(context) if part == "subject" else context.column(key)
        parts.append((normal_document_number(value) if key == number else value).alias(str(at)))
    return parts


def _subject(context: Context) -> pl.Expr:
    unified = context.role("unified_code")
    return pl.coalesce(pl.when(unified != PLACEHOLDER).then(unified), *map(context.role, _SUBJECT))
