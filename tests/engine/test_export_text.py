import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.engine.export_text import FORMULA_STARTS, csv_lines, safe_text


@pytest.mark.parametrize("start", sorted(FORMULA_STARTS))
def test_text_that_could_run_is_made_plain(start: str) -> None:
    assert safe_text(f'{start}HYPERLINK("x")')[0] == "'"


@pytest.mark.parametrize("text", ["", "示范", "2026-10-12", "a=b", "'x"])
def test_other_text_stays(text: str) -> None:
    assert safe_text(text) == text


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_a_file_begins_as_a_formula(rows: list[list[str]]) -> None:
    content = b"".join(csv_lines(["a", "b"], rows)).decode()

    assert content.startswith("\ufeff")
    for cells in csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")):
        assert not any(cell and cell[0] in FORMULA_STARTS for cell in cells)


def test_only_our_own_numbers_are_numbers() -> None:
    content = b"".join(csv_lines(["n"], [[-5], [Decimal("-0.5")], ["-5"]])).decode()

    assert content.splitlines()[1:] == ["-5", "-0.5", "'-5"]
