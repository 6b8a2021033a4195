"""Whatever a file does to its parser ends the child, not us; a child that merely stops has said nothing."""

import io
import subprocess
import sys
from types import SimpleNamespace

import pyarrow as pa
import pytest
from pyarrow import parquet
from reading import read_all

from gongxin.engine.readers import parquet_child
from gongxin.engine.readers.child import TOO_LARGE, UNREADABLE, row_schema
from gongxin.engine.readers.child_process import Parsed, parsing
from gongxin.engine.readers.table import FileRefused
from gongxin.engine.readers.zip_directory import too_large, unreadable_workbook

REFUSALS = {TOO_LARGE: too_large, UNREADABLE: unreadable_workbook}


def a_table(rows):
    out = io.BytesIO()
    parquet.write_table(pa.table({"name": [f"Qiao {row}" for row in range(rows)]}), out)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("import os; os.abort()", "workbook-too-large"),
        ("import os; os.kill(os.getpid(), 11)", "workbook-unreadable"),
        ("raise ValueError", "workbook-unreadable"),
    ],
)
def test_rows_that_merely_stop_are_no_whole_file(end, code):
    schema = row_schema(1, pa.string())
    sent = io.BytesIO()
    with pa.ipc.new_stream(sent, schema) as stream:
        stream.write_batch(pa.record_batch([[1], [None], [None], ["Qiao"]], schema=schema))
    with subprocess.Popen([sys.executable, "-c", end], stderr=subprocess.DEVNULL) as child:
        parsed = Parsed(child, SimpleNamespace(fault=None), io.BytesIO(sent.getvalue()), REFUSALS)
        frames = parsed.frames()
        assert next(frames).height == 1

        with pytest.raises(FileRefused) as refused:
            next(frames)

    assert refused.value.code == code


def test_a_child_killed_among_the_rows_refuses_the_file():
    with parsing(parquet_child, a_table(400_000), memory=1 << 30, seconds=60, refusals=REFUSALS) as parsed:
        parsed.head()
        items = parsed.items(sheet="")
        next(items)
        parsed.child.kill()

        with pytest.raises(FileRefused):
            list(items)


def test_too_little_memory_or_time_is_a_refusal():
    for memory, seconds in ((1 << 20, 60), (1 << 30, 0)):
        with (
            parsing(
                parquet_child, a_table(400_000), memory=memory, seconds=seconds, refusals=REFUSALS
            ) as parsed,
            pytest.raises(FileRefused) as refused,
        ):
            parsed.head()
            list(parsed.items(sheet=""))

        assert refused.value.code == "workbook-too-large"


class _Failing(io.BytesIO):
    """A file that gives its first bytes and then no more."""

    reads = 0

    def read(self, size=-1):
        self.reads += 1
        if self.reads > 1:
            raise OSError("the disk is gone")
        return super().read(size)


def test_what_our_own_disk_fails_to_give_is_not_the_senders_fault():
    with pytest.raises(OSError, match="the disk is gone"):
        read_all(_Failing(a_table(10).getvalue()))


def test_the_child_ends_with_whoever_reads_it():
    with parsing(parquet_child, a_table(400_000), memory=1 << 30, seconds=60, refusals=REFUSALS) as parsed:
        parsed.head()

    assert parsed.child.poll() is not None
