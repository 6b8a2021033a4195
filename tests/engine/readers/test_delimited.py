import pytest
from reading import read_one, refusal

from gongxin.engine.readers import encodings, records


def test_cells_are_kept_as_written_and_empty_ones_are_null():
    read = read_one(b'name,code,note\n Qiao ,007,NA\n"",,null\nx,,"a ""b"" c"\n')

    assert read.rows == {2: (" Qiao ", "007", "NA"), 3: (None, None, "null"), 4: ("x", None, 'a "b" c')}


def test_a_row_without_any_text_is_skipped_and_still_counted_as_a_line():
    read = read_one(b"name,code\n\nQiao,1\n,\n\n\nSun,2\n")

    assert read.rows == {3: ("Qiao", "1"), 7: ("Sun", "2")}
    assert not read.damage


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_gives_the_same_rows(end):
    read = read_one(end.join(["title", "", "name,code", "Qiao,1", "", 'Sun,"2"', ""]).encode())

    assert read.rows == {4: ("Qiao", "1"), 6: ("Sun", "2")}
    assert read.table.header_row == 3
    assert read.table.lead == (("title",),)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "；", "|"])
def test_the_delimiter_is_the_one_that_makes_the_header(delimiter):
    read = read_one(f'name{delimiter}code\n"Qiao{delimiter}Sun"{delimiter}1\n'.encode())

    assert read.table.header == ("name", "code")
    assert read.rows == {2: (f"Qiao{delimiter}Sun", "1")}
    assert read.table.format == ("tsv" if delimiter == "\t" else "csv")


def test_a_tab_inside_a_header_does_not_make_a_tab_file():
    read = read_one(b"no\tcode,name\n1,Qiao\n")

    assert read.table.header == ("no\tcode", "name")


def test_line_breaks_inside_quotation_marks_keep_the_numbers_of_later_lines():
    read = read_one(b'name,note\nQiao,"a\nb\r\n\nc"\nSun,d\n')

    assert read.rows == {2: ("Qiao", "a\nb\r\n\nc"), 6: ("Sun", "d")}


def test_ragged_lines_are_named_and_the_others_kept():
    read = read_one(b"name,code\nQiao\nSun,1\nLin,2,3\nZhao,4\n")

    assert read.damage == [(2, "ragged-line"), (4, "ragged-line")]
    assert read.rows == {3: ("Sun", "1"), 5: ("Zhao", "4")}


def test_empty_cells_after_the_last_column_are_forgiven():
    read = read_one(b"name,code\nQiao,1,,\nSun,2\nLin,3,,x\n")

    assert read.rows == {2: ("Qiao", "1"), 3: ("Sun", "2")}
    assert read.damage == [(4, "ragged-line")]


def test_a_column_without_a_label_is_kept():
    read = read_one(b"name,,\nQiao,1,2\n")

    assert read.table.header == ("name", "", "")
    assert read.rows == {2: ("Qiao", "1", "2")}


def test_columns_of_the_same_name_both_survive():
    assert read_one(b"name,name\nQiao,Sun\n").rows == {2: ("Qiao", "Sun")}


def test_an_unclosed_quotation_costs_its_own_line_only():
    read = read_one(b'name,code\nQiao,1\n"Sun,2\nLin,3\nZhao,4\n')

    assert read.damage == [(3, "unclosed-quote")]
    assert read.rows == {2: ("Qiao", "1"), 4: ("Lin", "3"), 5: ("Zhao", "4")}


def test_a_quotation_that_seems_to_close_lines_below_is_still_found():
    read = read_one(b'name,code\n"Sun,2\nLin,3\nZhao,"4"\nQiao,5\n')

    assert read.damage == [(2, "unclosed-quote")]
    assert sorted(read.rows) == [3, 4, 5]


def test_lines_swallowed_between_two_unclosed_quotations_come_back():
    read = read_one(b'name,code,note\nQiao,"1,x\nSun,2,y\nLin,"\nZhao,4,v\n')

    assert read.damage == [(2, "unclosed-quote"), (4, "unclosed-quote")]
    assert read.rows == {3: ("Sun", "2", "y"), 5: ("Zhao", "4", "v")}


def test_text_after_a_closing_quotation_mark_is_damage_not_a_guess():
    read = read_one(b'name,code\n"Qiao" Ltd,1\nSun,2\n')

    assert read.damage == [(2, "stray-quote")]
    assert read.rows == {3: ("Sun", "2")}


def test_a_quotation_mark_inside_an_unquoted_cell_is_text():
    assert read_one(b'name,code\nQiao 5" pipe,1\nSun,2"\n').rows == {
        2: ('Qiao 5" pipe', "1"),
        3: ("Sun", '2"'),
    }


def test_a_file_cut_off_inside_a_row_names_its_last_line():
    assert read_one(b"name,code\nQiao,1\nSu").damage == [(3, "ragged-line")]
    assert read_one(b'name,code\nQiao,1\n"Su').damage == [(3, "unclosed-quote")]


def test_a_quoted_cell_over_a_thousand_lines_is_an_unclosed_quotation():
    lines = b"\n".join(b"x" for _ in range(records.LONGEST_RECORD_LINES + 1))

    read = read_one(b'name,code\n"' + lines + b'",1\nSun,2\n')

    assert (2, "unclosed-quote") in read.damage
    assert len(read.damage) == records.LONGEST_RECORD_LINES
    assert ("Sun", "2") in read.rows.values()


def test_the_rest_of_a_file_is_read_after_a_cell_of_fifty_megabytes():
    line = b"x" * 99_999 + b"\n"

    read = read_one(b'name,code\n"' + line * 500 + b"\nSun,2\n")

    assert (2, "unclosed-quote") in read.damage
    assert len(read.damage) == 500
    assert list(read.rows.values()) == [("Sun", "2")]


def test_a_thousand_columns_are_read():
    names = ",".join(["name", *(f"column {i}" for i in range(999))])

    read = read_one(f"{names}\n{','.join(map(str, range(1000)))}\n1,2\n".encode())

    assert read.rows[2] == tuple(map(str, range(1000)))
    assert read.damage == [(3, "ragged-line")]


def test_a_million_empty_lines_are_passed_over():
    read = read_one(b"name,code\n" + b"\n" * 1_000_000 + b"Qiao,1\n" + b",\r\n" * 1_000_000 + b"Sun,2")

    assert read.rows == {1_000_002: ("Qiao", "1"), 2_000_003: ("Sun", "2")}


def test_rows_over_many_blocks_keep_their_lines(monkeypatch):
    monkeypatch.setattr(encodings, "BLOCK_BYTES", 64)
    body = "".join(f'"Qiao\n{i}",{i}\n\n' if i % 7 == 0 else f"Sun,{i}\n" for i in range(200))

    read = read_one(f"name,code\n{body}".encode())

    lines = f"name,code\n{body}".split("\n")
    assert len(read.rows) == 200
    assert all(lines[row - 1].startswith(('"Qiao', "Sun")) for row in read.rows)


def test_the_header_is_looked_for_in_twenty_rows_with_text():
    titles = "".join(f"title {i}\n\n" for i in range(19))

    assert read_one(f"{titles}name\nQiao\n".encode()).table.header_row == 39
    assert refusal(f"{titles}title\nname\nQiao\n".encode())[0] == "no-header"


def test_without_a_header_the_refusal_names_places_and_quotes_no_cell():
    code, message = refusal("姓名,证件\n孙某,410101199001011234\n".encode())

    assert code == "no-header"
    assert "第 1 行 2 列" in message.zh
    assert not any(told in message.zh for told in ("姓名", "孙某", "4101"))


def test_a_given_header_row_is_used_unasked():
    read = read_one(b"a,b\nc,d\n1,2\n", header_row=2)

    assert read.table.header == ("c", "d")
    assert read.rows == {3: ("1", "2")}


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_text_is_empty(data):
    assert refusal(data)[0] == "empty-file"


@pytest.mark.parametrize("data", [b"name,code", b"name,code\n", b"title\nname,code\n\n,\n"])
def test_a_file_with_only_a_header_is_refused(data):
    assert refusal(data)[0] == "header-only"
