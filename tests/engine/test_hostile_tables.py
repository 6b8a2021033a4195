"""Text made to exhaust the check: it is refused, or its rows are named, in bounded time and memory."""

import json
import time

import pytest
from engine.checking import check_bytes, csv_of, penalties, penalty

from gongxin.engine.readers.table import MOST_DAMAGED, FileRefused

GOOD = csv_of(penalties({}, {}))
HEADER = GOOD.splitlines(keepends=True)[0]
A_LINE_OF_JSON = json.dumps(penalty()).encode() + b"\n"


def refused(content: bytes, **options: str) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        check_bytes(content, **options)
    return caught.value


@pytest.mark.parametrize(
    ("line", "filename"),
    [(b"a,b\n", "lin.csv"), (b",\n", "lin.csv"), (b'"a,\n', "lin.csv"), (b"{\n", "lin.jsonl")],
)
def test_a_file_of_nothing_but_damage_is_refused_before_it_takes_minutes(line: bytes, filename: str) -> None:
    start = HEADER if filename.endswith("csv") else A_LINE_OF_JSON
    started = time.process_time()

    refusal = refused(start + line * 1_500_000, filename=filename)

    assert refusal.code == "mostly-unreadable"
    assert time.process_time() - started < 10


def test_many_damaged_rows_among_more_good_ones_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongxin.engine.check.MOST_DAMAGED", 3)
    good = csv_of(penalties(*[{}] * 10))

    assert check_bytes(good + b"a,b\n" * 5).problems["ragged-line"] == 5
    assert MOST_DAMAGED > 3


def test_a_cell_of_half_a_megabyte_beside_the_header_is_no_crash() -> None:
    outcome = check_bytes(csv_of([penalty(CF_SY="长" * 150_000)]))

    assert outcome.rejected == 1


def test_a_first_line_that_csv_cannot_cut_is_no_header() -> None:
    assert refused(b'{"a":' * 80_000 + b"\n").code == "no-header"


def test_a_header_wider_than_any_sheet_is_none() -> None:
    wide = HEADER.rstrip() + b"," * 400_000 + b"\n"
    started = time.process_time()

    assert refused(wide + wide).code == "no-header"
    assert time.process_time() - started < 10
