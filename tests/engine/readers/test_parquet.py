import datetime
import io
from decimal import Decimal
from zoneinfo import ZoneInfo

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from reading import read_one, read_or_refuse, refusal, spoilt

ON = datetime.datetime(2024, 3, 5, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def written(columns):
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def test_every_plain_type_becomes_the_text_a_person_would_write():
    read = read_one(
        written(
            {
                "name": pa.array(["Qiao", ""]).dictionary_encode(),
                "on": pa.array([ON.date(), None]),
                "at": pa.array([ON, None], pa.timestamp("us", "UTC")),
                "midnight": pa.array([datetime.datetime(2024, 3, 5), None]),
                "whole": pa.array([7, None]),
                "part": pa.array([12.0, 0.5]),
                "exact": pa.array([Decimal("1.50"), None]),
            }
        )
    )

    assert (read.table.format, read.table.header_row) == ("parquet", 0)
    assert read.rows == {
        1: ("Qiao", "2024-03-05", "2024-03-05 00:30:00", "2024-03-05", "7", "12", "1.50"),
        2: (None, None, None, None, None, "0.5", None),
    }


def test_a_code_kept_as_a_rounded_number_is_named():
    read = read_one(written({"name": ["Qiao", "Sun"], "code": [4.1e17, 5.0]}))

    assert read.damage == [(1, "number-lost-digits")]
    assert read.rows == {2: ("Sun", "5")}


def test_nested_headless_and_empty_files_are_refused():
    assert refusal(written({"name": [["a"]]}))[0] == "nested-column"
    assert refusal(written({"other": ["a"]}))[0] == "no-header"
    assert refusal(written({"name": pa.array([], pa.string())}))[0] == "header-only"


WHOLE = written({"name": [f"Qiao {i}" for i in range(50)], "n": list(range(50)), "x": [0.5] * 50})


@given(draw=st.data())
@settings(deadline=None, max_examples=20)  # each is a process of its own
def test_a_spoilt_file_is_read_or_refused_and_never_crashes(draw):
    read_or_refuse(spoilt(WHOLE, draw))


@given(place=st.integers(4, len(WHOLE) - 1), bit=st.integers(1, 255))
@settings(deadline=None, max_examples=20)
def test_one_turned_byte_is_survived(place, bit):
    changed = bytearray(WHOLE)
    changed[place] ^= bit

    read_or_refuse(bytes(changed))
