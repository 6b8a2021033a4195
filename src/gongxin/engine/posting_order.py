"""The accepted rows of a whole file in the order they are posted, worked out ahead by a second process.

Rows of one subject lie together in every index that begins with the subject; in the sender's order
each row would touch pages of its own. So rows are taken run by run and each run is laid in the order
of its subjects: the same order however often it is asked for, in memory that does not grow with the file.
"""

import fcntl
import pickle
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from gongxin.core.catalogue import InformationClass
from gongxin.engine.accepted import SUBJECT_ROLES, AcceptedRow, RoleColumns, rows_of

# Part of what a watermark means: another number and a file that is half posted goes on in another order.
RUN_ROWS = 524_288
# Columns are worked on in large pieces: an expression costs as much for two thousand rows as for one.
PIECE_ROWS = 8_192
_PIPE_BYTES = 1 << 20
_CHILD = "gongxin.engine.posting_order_child"
# A shorter file gains little: the second process would take more memory than it saves time.
WORTH_A_PROCESS_ROWS = 65_536
_PLACE = ("sheet", "row")


def accepted_rows(
    path: Path,
    *,
    information_class: InformationClass,
    skip: int,
    fact_roles: Sequence[str],
    missing: Mapping[str, str],
    at: datetime,
) -> Generator[AcceptedRow]:
    """Yield the rows of `path` (accepted.parquet) in the order of posting, after the first `skip`.

    `missing` says what stands in for a role of the record key that is empty; ids are made as of `at`.
    Raises PreparationFailed if the second process dies.
    """
    asked = (path, information_class, skip, tuple(fact_roles), dict(missing), at)
    if pq.read_metadata(path).num_rows - skip < WORTH_A_PROCESS_ROWS:
        for piece in pieces(*asked):
            yield from piece
        return
    for rows in _from_a_second_process(asked):
        yield from map(AcceptedRow._make, rows)


def pieces(
    path: Path,
    information_class: InformationClass,
    skip: int,
    fact_roles: Sequence[str],
    missing: Mapping[str, str],
    at: datetime,
) -> Iterator[list[AcceptedRow]]:
    """Yield the rows in the order of posting, some thousands at a time."""
    scan, height = pl.scan_parquet(path), pq.read_metadata(path).num_rows
    for first in range(skip // RUN_ROWS * RUN_ROWS, height, RUN_ROWS):
        run = _by_subject(scan.slice(first, RUN_ROWS).collect(), information_class)
        for piece in run.slice(max(0, skip - first)).iter_slices(PIECE_ROWS):
            yield list(rows_of(piece, information_class, fact_roles=fact_roles, missing=missing, at=at))


def _by_subject(run: pl.DataFrame, information_class: InformationClass) -> pl.DataFrame:
    columns = RoleColumns(run, information_class)
    return run.sort([*(columns.value(role).fill_null("") for role in SUBJECT_ROLES), *_PLACE])


class PreparationFailed(Exception):
    """The process that prepares rows for posting ended before its work did."""


def _from_a_second_process(asked: object) -> Iterator[list[tuple[object, ...]]]:
    # Not of our process group: Ctrl-C is ours to answer. It ends with us, as nobody reads its pipe then.
    command = [sys.executable, "-P", "-m", _CHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0) as child:
        if child.stdin is None or child.stdout is None:
            raise ValueError("the child has no pipes")
        try:
            # Each time it runs full both processes must change places; some machines forbid a wider one.
            with suppress(OSError):
                fcntl.fcntl(child.stdout, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            with child.stdin as request:
                pickle.dump(asked, request)
            while rows := pickle.load(child.stdout):  # noqa: S301 (our own process wrote it)
                yield rows
        except (EOFError, pickle.UnpicklingError, BrokenPipeError) as error:
            raise PreparationFailed(f"exit code {child.wait()}") from error
        finally:
            child.kill()
