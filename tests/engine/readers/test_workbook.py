import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from reading import gather, has_name, read_all, read_one, refusal

from gongxin.engine.readers.cell_text import cell_text
from gongxin.engine.readers.opening import open_tables

OLD = Path(__file__).parents[2] / "files" / "two-sheets.xls"


def workbook(*sheets, merge=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
        for area in merge:
            sheet.merge_cells(area)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_rows_carry_the_sheets_own_numbers_and_titles_stay_above():
    read = read_one(workbook([["标题"], [], ["name", "code"], ["Qiao", "007"], [None, None], ["Sun", None]]))

    assert read.table.format == "xlsx"
    assert read.table.encoding is None
    assert (read.table.header, read.table.header_row) == (("name", "code"), 3)
    assert read.table.lead == (("标题",),)
    assert read.rows == {4: ("Qiao", "007"), 6: ("Sun", None)}


def test_a_workbook_under_another_name_is_still_a_workbook():
    assert read_one(workbook([["name"], ["Qiao"]]), filename="lin.csv").table.format == "xlsx"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", None),
        (" 007 ", " 007 "),
        ("2024/3/5", "2024/3/5"),
        (True, "TRUE"),
        (12, "12"),
        (12.0, "12"),
        (123456789012345.0, "123456789012345"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (datetime.date(2024, 3, 5), "2024-03-05"),
        (datetime.datetime(2024, 3, 5, 10, 30), "2024-03-05 10:30:00"),
        (datetime.time(10, 30), "10:30:00"),
    ],
)
def test_a_cell_becomes_the_text_a_person_would_write(value, text):
    assert cell_text(value) == text


def test_real_dates_and_text_dates_are_told_apart():
    read = read_one(workbook([["name", "on"], ["Qiao", datetime.date(2024, 3, 5)], ["Sun", "2024.3.5"]]))

    assert read.rows == {2: ("Qiao", "2024-03-05"), 3: ("Sun", "2024.3.5")}


def test_a_code_that_the_spreadsheet_rounded_is_named_and_not_read():
    read = read_one(workbook([["name", "code"], ["Qiao", 410000000012345678], ["Sun", 410000000012345]]))

    assert read.damage == [(2, "number-lost-digits")]
    assert read.rows == {3: ("Sun", "410000000012345")}


def test_a_cell_merged_downwards_repeats_its_value():
    data = workbook([["name", "code"], ["Qiao", "1"], [None, "2"], [None, "3"], [None, "4"]], merge=["A2:A4"])

    assert read_one(data).rows == {2: ("Qiao", "1"), 3: ("Qiao", "2"), 4: ("Qiao", "3"), 5: (None, "4")}


def test_of_a_header_over_two_rows_the_lower_labels_count():
    rows = [["name", "codes", None], [None, "unified", "old"], ["Qiao", "1", "2"]]

    read = read_one(workbook(rows, merge=["A1:A2", "B1:C1"]))

    assert (read.table.header, read.table.header_row) == (("name", "unified", "old"), 2)
    assert read.rows == {3: ("Qiao", "1", "2")}


def test_every_sheet_with_a_header_is_a_table_and_the_others_are_named():
    reads = read_all(workbook([["name"], ["Qiao"]], [["notes"]], [], [["name", "x"], ["Sun", "1"]]))

    assert [read.table.sheet for read in reads] == ["表1", "表4"]
    assert [list(read.rows.values()) for read in reads] == [[("Qiao",)], [("Sun", "1")]]
    assert all(read.table.skipped_sheets == ("表2",) for read in reads)


def test_a_table_left_unread_does_not_spoil_the_next():
    data = workbook([["name"], *[[f"Qiao {i}"] for i in range(30_000)]], [["name"], ["Sun"]])

    tables = open_tables(io.BytesIO(data), filename="lin.xlsx", is_header=has_name)
    next(tables)

    assert gather(next(tables)).rows == {2: ("Sun",)}


def test_a_hidden_sheet_is_not_read_but_named():
    book = openpyxl.load_workbook(io.BytesIO(workbook([["name"], ["Qiao"]], [["name"], ["Sun"]])))
    book["表2"].sheet_state = "hidden"

    (read,) = read_all(saved(book))

    assert read.table.skipped_sheets == ("表2",)


def test_text_beyond_the_header_is_kept_under_an_empty_label():
    read = read_one(workbook([["name"], ["Qiao", "a note"]]))

    assert read.table.header == ("name", "")
    assert read.rows == {2: ("Qiao", "a note")}


def test_a_table_that_begins_in_the_third_column_is_read_from_there():
    read = read_one(workbook([[], [None, None, "name", "code"], [None, None, "Qiao", "1"]]))

    assert read.rows == {3: ("Qiao", "1")}


def test_a_million_empty_rows_are_passed_over():
    book = openpyxl.Workbook()
    book.active["A1"] = "name"
    book.active["A1048576"] = "Qiao"

    assert read_one(saved(book)).rows == {1_048_576: ("Qiao",)}


def test_an_old_workbook_is_read_alike():
    (read,) = read_all(OLD.read_bytes(), is_header=lambda cells: "code" in cells)

    assert read.table.format == "xls"
    assert read.table.lead == (("title",),)
    assert read.rows == {
        3: ("某公司", "001", "2024-03-05", "12.5"),
        5: ("乙公司", "002", "2024-03-05 10:00:00", None),
    }
    assert read.damage == [(4, "number-lost-digits")]


def test_an_old_workbook_cut_off_is_refused():
    whole = OLD.read_bytes()

    assert {refusal(whole[:size])[0] for size in (600, 2_000, 4_000)} <= {
        "not-a-table",
        "workbook-unreadable",
    }


def test_sheets_without_rows_or_header_are_refused():
    assert refusal(workbook([]))[0] == "empty-file"
    assert refusal(workbook([["name"]]))[0] == "header-only"
    assert refusal(workbook([["something"], ["else"]]))[0] == "no-header"
