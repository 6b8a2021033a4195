import pytest
from reading import read_one, refusal

from gongxin.engine.readers.encodings import BLOCK_BYTES
from gongxin.engine.readers.octets import is_utf8

TEXT = "name,city\n河南甲公司,郑州\n河南乙公司,洛阳\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (b"name,city\na,b\n", "utf-8"),
    ],
)
def test_every_accepted_encoding_is_told_by_the_bytes(data, name):
    read = read_one(data)

    assert read.table.encoding == name
    assert read.table.header == ("name", "city")
    assert len(read.rows) == data.count(b"\n") - 1


def test_a_utf8_name_that_would_also_decode_as_gb18030_stays_utf8():
    data = "name\n河南\n".encode()
    assert data.decode("gb18030") != "name\n河南\n"

    assert read_one(data).rows == {2: ("河南",)}


def test_a_file_glued_from_two_encodings_is_refused_with_both_lines():
    code, message = refusal("name\n河南甲公司\n".encode("gb18030") + "河南乙公司\n".encode())

    assert code == "mixed-encoding"
    assert "line 3 is UTF-8, line 2 is not" in message.en


def test_the_mixture_is_found_far_behind_the_first_block():
    lines = BLOCK_BYTES // 10
    filler = b"plain line\n" * lines

    code, message = refusal("name\n河南甲公司\n".encode() + filler + "河南乙公司\n".encode("gb18030"))

    assert code == "mixed-encoding"
    assert f"line {lines + 3} is not" in message.en


def test_a_declared_encoding_must_agree():
    assert refusal(TEXT.encode(), encoding="gbk")[0] == "encoding-contradicted"
    assert refusal(TEXT.encode("gb18030"), encoding="utf-8")[0] == "encoding-contradicted"
    assert refusal(TEXT.encode(), encoding="no such codec")[0] == "encoding-contradicted"


@pytest.mark.parametrize("declared", ["GBK", "gb2312", "GB18030", "cp936"])
def test_the_older_names_of_gb18030_agree_with_it(declared):
    assert read_one(TEXT.encode("gb18030"), encoding=declared).rows


def test_plain_ascii_agrees_with_either():
    assert read_one(b"name\na\n", encoding="gb18030").rows
    assert read_one(b"name\na\n", encoding="utf-8").rows


def test_bytes_of_no_encoding_are_refused_with_their_line():
    code, message = refusal(b"name\nok\n\xff\xff\xff\n")

    assert code == "unknown-encoding"
    assert "Line 3" in message.en


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_a_file_that_ends_inside_a_character_was_cut_off(codec):
    whole = "name\n河南甲公司".encode(codec)

    assert refusal(whole[:-1])[0] == "cut-off"


def test_nul_bytes_are_refused_by_line_unless_the_mark_says_utf16():
    code, message = refusal(b"name\na\nb\0c\n")

    assert code == "nul-byte"
    assert "Line 3" in message.en
    assert refusal("name\n河南\n".encode("utf-16-le"))[0] == "nul-byte"
    assert refusal("name\na\0b\n".encode("utf-16"))[0] == "nul-byte"


def test_a_replacement_character_passes_as_text_for_the_rules_to_find():
    assert read_one("name\n河\ufffd南\n".encode()).rows == {2: ("河\ufffd南",)}


@pytest.mark.parametrize("bad", [b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80"])
def test_a_surrogate_an_overlong_form_and_a_code_beyond_unicode_are_not_utf8(bad):
    assert not is_utf8(bad)


def test_a_line_without_end_is_refused_by_number():
    code, message = refusal(b"name\n" + b"x" * 50_000_000 + b"\nLin\n")

    assert code == "line-too-long"
    assert "Line 2" in message.en
