"""The second process of `posting_order`: prepares rows while the first is busy with the database.

Reads what is asked from its standard input, writes lists of rows to its standard output, an empty
one at the end.
"""

import pickle
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from gongxin.engine.posting_order import pieces

ROWS_AT_ONCE = 512


def main() -> None:
    asked = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process wrote it)
    written: Future[None] | None = None
    # The next piece is worked out while the last one waits in the pipe to be read.
    with ThreadPoolExecutor(1) as writer:
        for rows in pieces(*asked):
            plain = [tuple(row) for row in rows]
            parts = [
                pickle.dumps(plain[at : at + ROWS_AT_ONCE], protocol=5)
                for at in range(0, len(plain), ROWS_AT_ONCE)
            ]
            if written is not None:
                written.result()
            written = writer.submit(_write, parts)
        if written is not None:
            written.result()
    _write([pickle.dumps([])])


def _write(parts: list[bytes]) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    # Nobody reads on: the first process has let go of the submission, or was killed.
    with suppress(BrokenPipeError):
        main()
