import pytest
from reading import read_one, refusal


def test_objects_are_rows_and_the_first_ones_keys_the_header():
    read = read_one('{"name": "河南", "code": 0.10}\n\n{"code": "x", "name": null}\n'.encode())

    assert (read.table.format, read.table.header, read.table.header_row) == ("jsonl", ("name", "code"), 1)
    assert read.rows == {1: ("河南", "0.10"), 3: (None, "x")}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"name": ["a"]}', "nested-value"),
        ('{"name": {"a": {}}}', "nested-value"),
        ('{"other": "a"}', "unknown-key"),
        ('{"name": "a", "name": "b"}', "repeated-key"),
        ('{"name": "a"', "not-an-object"),
        ('["name"]', "not-an-object"),
        ('{"name": NaN}', "not-an-object"),
        ('{"name": ' + "[" * 100_000 + "}", "not-an-object"),
        ('{"name": "\\ud800"}', "bad-character"),
        ('{"name": "\\u0000"}', "bad-character"),
    ],
)
def test_a_line_that_is_no_flat_object_is_named(line, code):
    read = read_one(f'{{"name": "Qiao"}}\n{line}\n{{"name": "Sun"}}\n'.encode())

    assert read.damage == [(2, code)]
    assert read.rows == {1: ("Qiao",), 3: ("Sun",)}


def test_other_json_is_refused():
    assert refusal(b'[{"name": "Qiao"}]', filename="lin.json")[0] == "not-a-table"
    assert refusal(b'{"other": "Qiao"}\n')[0] == "no-header"


def test_truth_values_and_large_numbers_stay_as_written():
    read = read_one(b'{"name": true, "code": 410000000012345678}\n')

    assert read.rows == {1: ("true", "410000000012345678")}
