"""Which values a column of accepted rows holds, and how often."""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from gongxin.engine.keep import ACCEPTED


def counted_in(folder: Path, *, field: str, among: Collection[str]) -> dict[str, int]:
    """Return how many accepted rows of a kept check hold each value `among` these in `field`."""
    rows = pl.scan_parquet(folder / ACCEPTED).filter(pl.col(field).is_in(list(among)))
    counted = rows.group_by(field).agg(pl.len()).sort(field).collect()
    return {str(value): int(count) for value, count in counted.iter_rows()}
