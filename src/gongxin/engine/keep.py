"""What is kept of a check, in one private folder: accepted rows, rows as sent, problems without values.

Nothing of a row about a person is ever handed to this module but its row number. Files are written
as the rows come and take their names only when the whole file has been read.
"""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ACCEPTED, SENT, PROBLEMS, LAYOUT = "accepted.parquet", "sent.parquet", "problems.parquet", "layout.json"
ORIGINS = "origins.parquet"  # of a marked copy sent back: which row a row was before
_PART = ".part"
_PLACE = {"row": pa.uint32(), "sheet": pa.string_view()}
_GROUP_ROWS = 50_000

PROBLEM_SCHEMA = pl.Schema(
    {"row": pl.UInt32, "sheet": pl.String, "code": pl.String, "field": pl.String, "severity": pl.String}
)


@dataclass(slots=True)
class Keep:
    """The folder of one check while it runs. Use as a context: what is not finished is erased."""

    folder: Path
    fields: tuple[str, ...]
    writers: dict[str, pq.ParquetWriter] = field(default_factory=dict)
    sent_widths: dict[int, int] = field(default_factory=dict)
    pending: list[pl.DataFrame] = field(default_factory=list)
    beside: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 1))
    under_way: Future[None] | None = None

    def __enter__(self) -> "Keep":
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._writer(ACCEPTED, _schema(self.fields))
        self._writer(PROBLEMS, _schema(("code", "field", "severity")))
        return self

    def __exit__(self, *failure: object) -> None:
        self.beside.shutdown()
        for writer in self.writers.values():
            writer.close()
        for part in self.folder.glob(f"*{_PART}"):
            part.unlink()

    def meanwhile(self, add: Callable[[], None]) -> None:
        """This will call `add`, which adds rows, while the caller goes on: one call at a time, in order."""
        self._wait()
        self.under_way = self.beside.submit(add)

    def _wait(self) -> None:
        if self.under_way is not None:
            self.under_way.result()

    def add_accepted(self, rows: pl.DataFrame) -> None:
        missing = [pl.lit(None, dtype=pl.String).alias(key) for key in self.fields if key not in rows.columns]
        self._write(ACCEPTED, rows.with_columns(missing).select("row", "sheet", *self.fields))

    def add_sent(self, rows: pl.DataFrame, *, table: int, width: int) -> None:
        self.sent_widths[table] = width
        columns = _columns(width)
        missing = [pl.lit(None, dtype=pl.String).alias(name) for name in columns if name not in rows.columns]
        name = f"{table}-{SENT}"
        self._writer(name, _schema(columns))
        self._write(name, rows.with_columns(missing).select("row", "sheet", *columns))

    def add_origins(self, rows: pl.DataFrame) -> None:
        """This will keep which row each row was in the file it corrects; numbers only."""
        known = rows.filter(pl.col("origin").str.contains(r"^[0-9]{1,7}$"))
        self._writer(ORIGINS, _schema(("origin",)))
        self._write(ORIGINS, known)

    def add_problems(self, problems: pl.DataFrame) -> None:
        self.pending.append(problems.select(PROBLEM_SCHEMA.names()))
        if sum(frame.height for frame in self.pending) >= _GROUP_ROWS:
            self._write_problems()

    def finish(self, *, withdrawn: pl.Series, layout: dict[str, Any]) -> None:
        """This will give every file its name. `withdrawn` are places among the accepted rows to leave out."""
        self._wait()
        self._write_problems()
        for writer in self.writers.values():
            writer.close()
        self._finish_accepted(withdrawn)
        self._finish_sent()
        for name in (PROBLEMS, ORIGINS):
            if name in self.writers:
                (self.folder / f"{name}{_PART}").rename(self.folder / name)
        text = json.dumps(layout, ensure_ascii=False, indent=1)
        with _private(self.folder / LAYOUT).open("w", encoding="utf-8") as out:
            out.write(text)

    def _write_problems(self) -> None:
        if self.pending:
            self._write(PROBLEMS, pl.concat(self.pending))
            self.pending.clear()

    def _finish_accepted(self, withdrawn: pl.Series) -> None:
        part = self.folder / f"{ACCEPTED}{_PART}"
        if not len(withdrawn):
            part.rename(self.folder / ACCEPTED)
            return
        with _new_writer(self.folder / ACCEPTED, _schema(self.fields)) as out:
            place = 0
            for rows in _batches(part):
                places = pl.int_range(place, place + rows.height, dtype=pl.UInt32, eager=True)
                out.write_table(_arrow(rows.filter(~places.is_in(withdrawn.implode())), out.schema))
                place += rows.height

    def _finish_sent(self) -> None:
        """This will join what the tables of the file sent; a narrow table has empty columns on the right."""
        if len(self.sent_widths) == 1:
            (self.folder / f"{next(iter(self.sent_widths))}-{SENT}{_PART}").rename(self.folder / SENT)
            return
        columns = _columns(max(self.sent_widths.values(), default=0))
        with _new_writer(self.folder / SENT, _schema(columns)) as out:
            for table, width in self.sent_widths.items():
                wider = [pl.lit(None, dtype=pl.String).alias(name) for name in columns[width:]]
                for rows in _batches(self.folder / f"{table}-{SENT}{_PART}"):
                    out.write_table(_arrow(rows.with_columns(wider), out.schema))

    def _writer(self, name: str, schema: pa.Schema) -> None:
        if name not in self.writers:
            self.writers[name] = _new_writer(self.folder / f"{name}{_PART}", schema)

    def _write(self, name: str, rows: pl.DataFrame) -> None:
        writer = self.writers[name]
        if rows.height:
            writer.write_table(_arrow(rows, writer.schema), row_group_size=_GROUP_ROWS)


def _columns(width: int) -> tuple[str, ...]:
    return tuple(f"c{place}" for place in range(width))


def _schema(columns: tuple[str, ...]) -> pa.Schema:
    # Views, as Polars holds text: nothing is copied on the way to the file or back.
    return pa.schema({**_PLACE, **dict.fromkeys(columns, pa.string_view())})


def _new_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        _private(path),
        schema,
        compression="zstd",
        compression_level=1,
        # These files are read from end to end: nobody looks values up, and zstd finds what repeats.
        use_dictionary=False,
        write_statistics=False,
        data_page_version="2.0",
    )


def _arrow(rows: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    return rows.to_arrow(compat_level=pl.CompatLevel.newest()).select(schema.names).cast(schema)


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    for batch in pq.ParquetFile(path).iter_batches(batch_size=_GROUP_ROWS):
        yield pl.DataFrame(pl.from_arrow(batch))


def _private(path: Path) -> Path:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    return path
