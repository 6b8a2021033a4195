"""The rows of a kept check as their sender knows them: by number, subject and day, as sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import polars as pl
import pyarrow.parquet as pq

from gongxin.core.catalogue import Severity
from gongxin.engine.keep import SENT
from gongxin.engine.report.findings import KeptCheck, cell_of, problems_of, sent_batches


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row that was kept. A row about a person, or one that could not be read, is not among them."""

    sheet: str
    row: int
    document_number: str
    subject_name: str
    decided_on: str
    rejected: bool


def sent_rows(check: KeptCheck, *, limit: int) -> list[SentRow]:
    """Return the first rows that were kept, in the order of the file."""
    return list(islice(_rows(check), limit))


def count_sent(check: KeptCheck) -> int:
    """Return how many rows were kept."""
    return int(pq.read_metadata(check.folder / SENT).num_rows)


def has_one_table(check: KeptCheck) -> bool:
    """Return whether a row's number alone says which row of the file it is."""
    return len(check.layout["tables"]) == 1


def _rows(check: KeptCheck) -> Iterator[SentRow]:
    wrong = problems_of(check).filter(pl.col("severity") == Severity.ERROR.value)
    rejected = set(wrong.select(pl.col("sheet").cast(pl.String), "row").unique().iter_rows())
    roles = check.information_class.roles
    wanted = [roles.get(role, "") for role in ("document_number", "subject_name", "decided_on")]
    for batch in sent_batches(check):
        for cells in batch.iter_rows(named=True):
            sources = check.table(cells["sheet"])["sources"]
            number, name, day = (cell_of(cells, sources.get(key, ())) for key in wanted)
            place = (cells["sheet"], cells["row"])
            yield SentRow(*place, number, name, day, rejected=place in rejected)
