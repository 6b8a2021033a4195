"""How often someone has asked within this window: one small file all web processes of a machine share.

A table of fixed size, mapped into memory. Who asks stands in it as a keyed hash, and is written over when
its window is past; so each file has one length of window. A row of the database would be a commit for every
question that changes nothing (docs/decisions/0012-requests-are-counted-in-a-mapped-file.md).
"""

import fcntl
import hashlib
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WINDOW_SECONDS = 60
SLOTS = 1 << 16  # a million bytes; whoever finds no free place near theirs takes the emptiest
NEAR = 8
SLOT = struct.Struct("<QII")  # who, which window, how often


class Counter:
    """Counts who asks. Safe between threads, processes, and after a fork."""

    def __init__(self, path: Path, *, key: str, window_seconds: int = WINDOW_SECONDS) -> None:
        self._path, self._key = path, hashlib.sha256(key.encode()).digest()
        self._window_seconds = window_seconds
        self._lock, self._process = threading.Lock(), 0
        self._descriptor, self._table = -1, mmap.mmap(-1, 1)

    def asked(self, who: str, *, at: int) -> int:
        """Count one question by `who` at second `at`; return how many that makes in its window."""
        mark = int.from_bytes(hashlib.blake2b(who.encode(), key=self._key, digest_size=8).digest(), "little")
        window = at // self._window_seconds
        with self._alone() as table:
            place, before = _place(table, mark, window)
            SLOT.pack_into(table, place, mark, window, before + 1)
        return before + 1

    @contextmanager
    def _alone(self) -> Iterator[mmap.mmap]:
        with self._lock:
            if self._process != os.getpid():
                self._open()  # a lock taken on a descriptor from before the fork would be the parent's too
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            try:
                yield self._table
            finally:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _open(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._descriptor, SLOTS * SLOT.size)
        self._table = mmap.mmap(self._descriptor, SLOTS * SLOT.size)
        self._process = os.getpid()


def _place(table: mmap.mmap, mark: int, window: int) -> tuple[int, int]:
    """Return where `mark` is counted and how often it was in this window."""
    emptiest, fewest = 0, 1 << 32
    for step in range(NEAR):
        place = (mark + step) % SLOTS * SLOT.size
        who, when, count = SLOT.unpack_from(table, place)
        if who == mark and when == window:
            return place, count
        used = count if when == window else 0
        if used < fewest:
            emptiest, fewest = place, used
    return emptiest, 0
