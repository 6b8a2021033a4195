"""The child's side of reading a file apart: limits of memory and time, and the two ways to the parent.

The file comes in pieces, as they are asked for; out goes one line of JSON about it, then its rows as Arrow
streams of text. Nothing is written to disk, and nothing is known of headers.
"""

import io
import json
import os
import resource
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import pyarrow as pa

LOCKED, UNREADABLE, TOO_LARGE = 3, 4, 5  # exit codes
REQUEST = struct.Struct("<QQ")  # from which byte of the file, how many; never beyond its end
END = b"."  # after every stream: one that merely stops is not whole, though Arrow takes it so
LOST_DIGITS, LONG = "number-lost-digits", "row-too-long"
LONGEST_ROW = 512 << 10  # letters, as many as a line of text may have bytes

Parse = Callable[[BinaryIO, BinaryIO], None]  # from the file, to the parent


class Refused(Exception):
    """The file is not read, for the reason of the exit code `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run(parse: Parse) -> NoReturn:
    """This will parse the file under the limits of the arguments: bytes of the file, of memory, seconds."""
    size, memory, seconds = map(int, sys.argv[1:])
    _limit(memory, seconds)
    code = UNREADABLE
    try:
        parse(io.BufferedReader(_Source(size)), sys.stdout.buffer)
        sys.stdout.buffer.flush()
        code = 0
    except Refused as refused:
        code = refused.code
    except MemoryError:
        code = TOO_LARGE
    finally:
        # Not by sys.exit: what a library leaves behind after damage may abort on the way out.
        os._exit(code)


def write_head(out: BinaryIO, head: dict[str, Any]) -> None:
    """This will say about the file what the parent must know before the rows."""
    out.write(json.dumps(head).encode() + b"\n")
    out.flush()  # the parent may refuse the file by this alone


def row_schema(width: int, text: pa.DataType) -> pa.Schema:
    """Return the columns of a stream of rows: where each stands, what is wrong with it, its cells."""
    place = [("row", pa.uint32()), ("damage", pa.string()), ("column", pa.int32())]
    return pa.schema(place + [(f"c{column}", text) for column in range(width)])


def write_rows(out: BinaryIO, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """This will write one stream."""
    with pa.ipc.new_stream(out, schema) as stream:
        for batch in batches:
            stream.write_batch(batch)
    out.write(END)


def _limit(memory: int, seconds: int) -> None:
    """Bound what this process may still take: an oversized file ends it, not the machine."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Source(io.RawIOBase):
    """The file, which the parent holds open and reads out on request."""

    def __init__(self, size: int) -> None:
        self._parent = socket.socket(fileno=0)
        self._size, self._at = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("before the start of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        self._parent.sendall(REQUEST.pack(self._at, wanted))
        rest = memoryview(buffer)[:wanted]
        while rest:
            taken = self._parent.recv_into(rest)
            if not taken:
                raise OSError("the parent has gone")
            rest = rest[taken:]
        self._at += wanted
        return wanted
