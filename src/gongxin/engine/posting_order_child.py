"""The second process of `posting_order`: prepares rows while the first is busy with the database.

Reads what is asked from its standard input, writes lists of rows to its standard output, an empty
one at the end.
"""

import pickle
import sys
import traceback
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType

from gongxin.engine.accepted import AcceptedRow
from gongxin.engine.posting_order import pieces

ROWS_AT_ONCE = 512
PIECES_AHEAD = 4


def main() -> None:
    asked = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process wrote it)
    # The next pieces, and the next run, are worked out while the last ones wait in the pipe to be read.
    with ThreadPoolExecutor(1) as writer:
        waiting: deque[Future[None]] = deque()
        for rows in pieces(*asked):
            waiting.append(writer.submit(_write, list(_pickled(rows))))
            if len(waiting) > PIECES_AHEAD:
                waiting.popleft().result()
        for written in waiting:
            written.result()
    _write([pickle.dumps([])])


def _pickled(rows: list[AcceptedRow]) -> Iterator[bytes]:
    plain = [tuple(row) for row in rows]
    for at in range(0, len(plain), ROWS_AT_ONCE):
        yield pickle.dumps(plain[at : at + ROWS_AT_ONCE], protocol=5)


def _write(parts: list[bytes]) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _say_where(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """Say what broke and where, but not the message: it may quote a value of a row."""
    sys.stderr.write("".join([f"{kind.__name__}\n", *traceback.format_tb(trace)]))


if __name__ == "__main__":
    sys.excepthook = _say_where
    # Nobody reads on: the first process has let go of the submission, or was killed.
    with suppress(BrokenPipeError):
        main()
