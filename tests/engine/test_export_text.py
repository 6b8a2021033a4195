import csv
import io
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxin.engine.export_text import (
    FORMULA_STARTS,
    csv_lines,
    rows_as_sent,
    safe_text,
    sheet_names,
    text_as_sent,
)


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


@given(st.text())
def test_what_was_made_plain_comes_back_as_it_was(text: str) -> None:
    written = safe_text(text)
    read = rows_as_sent(pl.DataFrame({"c0": [written, None]}))["c0"].to_list()

    assert read == [text_as_sent(written), None]
    if text == written:
        return
    assert read == [text, None]


def test_sheets_get_names_a_workbook_takes_and_no_two_of_them_alike() -> None:
    long = "附件：示范市市场监督管理局二〇二六年度行政处罚信息公示汇总表（第"
    names = [f"{long}{month}月）" for month in range(1, 13)] + ["a", "A", "", "Sheet1", "b:", "b?"]

    given = sheet_names(names)

    assert list(given) == names
    assert len({name.casefold() for name in given.values()}) == len(names)
    assert all(0 < len(name) <= 31 for name in given.values())
    assert given["a"] == "a"


def test_only_our_own_numbers_are_numbers() -> None:
    content = b"".join(csv_lines(["n"], [[-5], [Decimal("-0.5")], ["-5"]])).decode()

    assert content.splitlines()[1:] == ["-5", "-0.5", "'-5"]
