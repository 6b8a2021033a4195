"""Parquet files made to exhaust or to mislead: a few kilobytes that claim or unpack to anything."""

import io
import time

import pyarrow as pa
import pytest
from pyarrow import parquet
from reading import read_one, refusal
from test_hostile_files import read_alone

_MOST_MEGABYTES = 400  # some 110 of it is what Polars and Arrow take before the first byte


def written(columns, **options):
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def repeated(text, rows):
    """Return one text in many rows, stored once."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))


def number(count):
    """Return a number as the footer writes it: zigzag, seven bits to a byte."""
    count, written = count * 2, b""
    while count > 127:
        written, count = written + bytes([count & 127 | 128]), count >> 7
    return written + bytes([count])


def refused_alone(data):
    started = time.monotonic()
    code, megabytes = read_alone(data)
    assert time.monotonic() - started < 20
    assert megabytes < _MOST_MEGABYTES
    return code


@pytest.mark.parametrize("as_dictionary", [True, False])
def test_a_text_stored_once_and_claimed_by_many_rows_is_refused(as_dictionary):
    bomb = written({"name": repeated("乔" * 50_000, 12_000)}, store_schema=as_dictionary)
    assert len(bomb) < 10_000

    assert refused_alone(bomb) == "file-too-large"


def test_a_page_that_unpacks_to_half_a_gigabyte_is_refused():
    zeros = pa.array(["0" * 500_000] * 1_000, pa.large_string())
    bomb = written({"name": zeros}, compression="zstd", use_dictionary=False, data_page_size=1 << 30)
    assert len(bomb) < 100_000

    assert refused_alone(bomb) == "file-too-large"


def test_more_rows_than_the_file_could_hold_are_refused():
    bomb = written({"name": repeated("Qiao", 15_000_000)}, store_schema=False)
    assert len(bomb) < 50_000

    assert refused_alone(bomb) == "file-too-large"


@pytest.mark.parametrize("claimed", [2_000_000_000, 2_000_000])
def test_a_declared_number_of_rows_that_is_not_there_is_refused(claimed):
    honest = written({"name": pa.nulls(3_345_371, pa.string())})
    at = honest.rindex(number(3_345_371))
    assert at > len(honest) * 3 // 4
    lying = honest[:at] + number(claimed).ljust(4, b"\0")[:4] + honest[at + 4 :]

    assert refusal(lying)[0] in ("file-too-large", "parquet-unreadable")


def test_more_columns_than_a_sheet_can_have_are_refused():
    assert refusal(written({f"name{at}": ["x"] for at in range(16_385)}))[0] == "file-too-large"


def test_a_row_longer_than_any_record_is_named_and_the_others_read():
    read = read_one(written({"name": ["Qiao", "x" * 600_000, "Sun"]}))

    assert read.damage == [(2, "row-too-long")]
    assert read.rows == {1: ("Qiao",), 3: ("Sun",)}


def test_a_row_of_a_workbook_longer_than_any_record_is_named(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "lin.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", *(f"c{at}" for at in range(20))])
        sheet.write_row(1, 0, ["Qiao"])
        sheet.write_row(2, 0, ["x" * 32_000] * 20)

    read = read_one((tmp_path / "lin.xlsx").read_bytes())

    assert read.damage == [(3, "row-too-long")]
    assert set(read.rows) == {2}


@pytest.mark.parametrize("name", ["\n", "'; drop", "名" * 10_000, "\0"])
def test_any_name_of_a_column_comes_through(name):
    assert read_one(written({"name": ["Qiao"], name: ["x"]})).table.header == ("name", name)
