"""One request per idempotency key at a time: the second is told that the first is still running.

A lock on a file in the spool folder, which all web processes share anyway. The system lets it go
when a process dies, so a killed request blocks nobody.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID


class StillRunning(Exception):
    """Another request with this idempotency key has not been answered yet."""


@contextmanager
def alone(*, home: Path, agency_id: UUID, idempotency_key: str) -> Iterator[None]:
    """Hold the key while its request is worked on. Raises StillRunning if another request does."""
    name = hashlib.sha256(f"{agency_id.hex}\x1f{idempotency_key}".encode()).hexdigest()
    folder = home / "running"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    descriptor = _locked(path)
    try:
        yield
    finally:
        # Removed while the lock is held: whoever waits for this name finds a new file.
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        same = path.exists() and path.stat().st_ino == os.fstat(descriptor).st_ino
    except BlockingIOError:
        same = False
    if not same:
        os.close(descriptor)
        raise StillRunning
    return descriptor
