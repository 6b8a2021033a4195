"""SQLite's write-ahead log, emptied beside a load instead of by it.

Every commit appends to the log; now and then its pages must be copied into the database file. Left to
itself SQLite does that in the middle of the load, which then waits for the disk twice.
"""

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import Any, Self

from django.db import connection

# 200 MB of log: then the load itself waits once for the rest, and the log begins anew.
LONGEST_LOG_PAGES = 50_000


def wal_file() -> str:
    """Return the database's file, if it is SQLite's and keeps a write-ahead log; else nothing."""
    if connection.vendor != "sqlite" or _pragma("journal_mode") != "wal":
        return ""
    return str(connection.settings_dict["NAME"])


class Checkpoints:
    """A context around many transactions; `step` is called between two of them. Idle without a `file`."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._beside = ThreadPoolExecutor(1)
        self._running: Future[int] | None = None

    def __enter__(self) -> Self:
        if self._file:
            self._usual = _pragma("wal_autocheckpoint")
            _pragma("wal_autocheckpoint = 0")
        return self

    def __exit__(self, *failure: object) -> None:
        self._beside.shutdown()
        if self._file:
            _pragma(f"wal_autocheckpoint = {self._usual}")
            _checkpoint(self._file)

    def step(self) -> None:
        """Begin copying the log, if that is not under way; wait for it once the log has grown long."""
        if not self._file or (self._running and not self._running.done()):
            return
        if self._running and self._running.result() > LONGEST_LOG_PAGES:
            _checkpoint(self._file)  # nothing is being written: it comes to the end of the log
        self._running = self._beside.submit(_checkpoint, self._file)


def empty_log() -> None:
    """This will copy the whole log into the file and cut it: what was overwritten can be read in neither.

    Between two transactions. A reader who still needs the log is not waited for long; the next time does it.
    """
    file = wal_file()
    if file and not connection.in_atomic_block:
        _cut(file)


def _cut(file: str) -> None:
    with connection.wrap_database_errors, closing(sqlite3.connect(file, timeout=1)) as beside:
        beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _checkpoint(file: str) -> int:
    """Copy what no reader still needs in the log; return how many pages the log held."""
    with connection.wrap_database_errors, closing(sqlite3.connect(file)) as beside:
        _, pages, _ = beside.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return int(pages)


def _pragma(text: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
        row = cursor.fetchone()
    return row and row[0]
