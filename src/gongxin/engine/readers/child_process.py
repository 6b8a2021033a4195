"""The parent's side of reading a file apart.

A megabyte can unpack to gigabytes, and a damaged file can make a library abort. So a file whose format a
library decodes is parsed in a child process under limits of memory and time: what a hostile file ends is
the child. It gets no environment and no file of ours, only the bytes it asks for, and answers with rows.
"""

import io
import json
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, BinaryIO

import polars as pl
import pyarrow as pa

from gongxin.core.catalogue import Label
from gongxin.engine.readers.child import END, LONG, LOST_DIGITS, REQUEST, TOO_LARGE, UNREADABLE
from gongxin.engine.readers.table import Chunk, Damage, FileRefused

_BLOCK_BYTES = 1 << 20
# The child's own seconds are of work; a busy machine may let it wait far longer.
_PATIENCE_SECONDS = 120
_LAST_WORDS_SECONDS = 5
_OUT_OF_LIMITS = frozenset({-signal.SIGABRT, -signal.SIGXCPU, -signal.SIGKILL})
_KEPT_ENVIRONMENT = ("LD_LIBRARY_PATH",)  # some interpreters do not start without
# One thread each: the memory is counted by address space, of which every thread takes its share.
_ENVIRONMENT = {"POLARS_MAX_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1"}

_DAMAGES = {
    LOST_DIGITS: Label(
        "本行有超过 15 位的数字被表格软件存成了数值，末尾几位已丢失；请把该列设为“文本”后重新填写。",
        "A number of more than 15 digits was stored as a number and has lost its last digits; "
        "set the column to text and enter it again.",
    ),
    LONG: Label(
        "本行内容过长（超过 512 KB），不像是一条记录；请检查是否混入了其他内容。",
        "This row is too long (over 512 KB) for a record; look for foreign content in it.",
    ),
}

Refusals = Mapping[int, Callable[[], FileRefused]]


@contextmanager
def parsing(
    parser: ModuleType, source: BinaryIO, *, memory: int, seconds: int, refusals: Refusals
) -> Iterator["Parsed"]:
    """Run `parser` over `source` for as long as the context lasts. `refusals` are by the child's exit code.

    Nobody else may read `source` meanwhile.
    """
    size = source.seek(0, io.SEEK_END)
    command = [sys.executable, "-I", "-m", parser.__name__, str(size), str(memory), str(seconds)]
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    ours, theirs = socket.socketpair()
    with ours, theirs, subprocess.Popen(
        command,
        bufsize=0,
        stdin=theirs.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | _ENVIRONMENT,
    ) as child:  # fmt: skip
        theirs.close()
        try:
            answers = _Answers(child, ours, source, size)
            yield Parsed(child, answers, io.BufferedReader(answers, _BLOCK_BYTES), refusals)
        finally:
            child.kill()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a child says of one file: its head, then one stream of rows after another."""

    child: "subprocess.Popen[bytes]"
    answers: "_Answers"
    buffered: io.BufferedReader
    refusals: Refusals

    def head(self) -> dict[str, Any]:
        """Return what the parser says before the rows. Raises FileRefused if it gave up."""
        line = self.buffered.readline()
        if not line.endswith(b"\n"):
            raise self._failure()
        head: dict[str, Any] = json.loads(line)
        return head

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield the next stream of rows, up to its end. Raises FileRefused if it has none."""
        try:
            with pa.ipc.open_stream(self.buffered) as stream:
                for batch in stream:
                    # Polars believes that text is UTF-8; a child gone wrong may send anything.
                    batch.validate(full=True)
                    yield pl.DataFrame(batch)
        except (pa.ArrowException, OSError) as error:
            raise self._failure() from error
        if self.buffered.read(len(END)) != END:
            raise self._failure()

    def items(self, *, sheet: str, after: int = 0) -> Iterator[Chunk | Damage]:
        """Yield the next stream of rows as a reader gives them, without those up to row `after`."""
        for frame in self.frames():
            rows = frame.filter(pl.col("row") > after)
            sound = rows.filter(pl.col("damage").is_null())
            if sound.height:
                yield Chunk(sheet, sound.select(pl.exclude("row", "damage", "column"), "row"))
            spoilt = rows.filter(pl.col("damage").is_not_null()).select("row", "damage", "column")
            for row, code, column in spoilt.iter_rows():
                yield Damage(sheet, row, code, _DAMAGES[code], column)

    def _failure(self) -> Exception:
        if self.answers.fault is not None:
            return self.answers.fault  # our own disk's, not the sender's
        try:
            code = self.child.wait(timeout=_LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:
            code = UNREADABLE
        code = TOO_LARGE if code in _OUT_OF_LIMITS else code
        return self.refusals.get(code, self.refusals[UNREADABLE])()


class _Answers(io.RawIOBase):
    """What the child writes. Whoever waits for it serves the child's requests for pieces of the file."""

    def __init__(
        self, child: "subprocess.Popen[bytes]", requests: socket.socket, source: BinaryIO, size: int
    ) -> None:
        self._child, self._requests, self._source, self._size = child, requests, source, size
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(requests, selectors.EVENT_READ, self._serve)
        if child.stdout is not None:
            self._waiting.register(child.stdout, selectors.EVENT_READ)
        requests.settimeout(_PATIENCE_SECONDS)
        self.fault: OSError | None = None

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._waiting.close()
        super().close()

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        while True:
            ready = [key.data for key, _ in self._waiting.select(_PATIENCE_SECONDS)]
            if not ready:
                self._child.kill()
            if None in ready:
                return int(self._child.stdout.readinto(buffer))  # type: ignore[union-attr]
            for serve in ready:
                serve()

    def _serve(self) -> None:
        try:
            request = self._requests.recv(REQUEST.size, socket.MSG_WAITALL)
            for block in self._blocks(*REQUEST.unpack(request)):
                self._requests.sendall(block)
        except (BrokenPipeError, ConnectionResetError, TimeoutError, struct.error):
            # A child that gave up closes its end; its exit code then says why.
            self._waiting.unregister(self._requests)

    def _read(self, most: int) -> bytes:
        block = self._source.read(most)
        if not block:
            raise OSError("the file became shorter while it was read")
        return block

    def _blocks(self, start: int, length: int) -> Iterator[bytes]:
        left = min(length, self._size - start)
        try:
            self._source.seek(start)
            while left > 0:
                block = self._read(min(left, _BLOCK_BYTES))
                left -= len(block)
                yield block
        except OSError as error:
            self.fault = error
            self._child.kill()
