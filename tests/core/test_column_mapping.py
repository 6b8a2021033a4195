import pytest

from gongxin.core.column_mapping import (
    MappedColumn,
    MappingRefused,
    check_column_mapping,
    parse_column_mapping,
)
from gongxin.core.lawbook import information_class

WHOLE = """
class: tax-a-level
encoding: gb18030
header_row: 3
sheet: 名单
columns:
  - {position: 2, field: taxpayer_number}
  - {label: 纳税人名称, field: taxpayer_name}
constants: {level: A}
ignore: [1, 备注]
"""


def test_a_whole_mapping_is_read() -> None:
    mapping = parse_column_mapping(WHOLE)

    assert mapping.columns == (
        MappedColumn(field="taxpayer_number", position=2),
        MappedColumn(field="taxpayer_name", label="纳税人名称"),
    )
    assert (mapping.encoding, mapping.header_row, mapping.sheet) == ("gb18030", 3, "名单")
    assert mapping.constants == {"level": "A"}
    assert mapping.ignore == (1, "备注")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("class: x\ncolums: []", "unknown key `colums`"),
        ("class: x\ncolumns: [{label: a, position: 1, field: b}]", "either `label` or `position`"),
        ("class: x\ncolumns: [{field: b}]", "either `label` or `position`"),
        ("class: x\ncolumns: [{position: 0, field: b}]", "whole number"),
        ("class: x\ncolumns: [{position: true, field: b}]", "whole number"),
        ("class: x\ncolumns: [{label: a, field: b, note: c}]", "unknown key `note`"),
        ("columns: []", "`class` is missing"),
        ("- a", "must map keys"),
        ("class: [", "not YAML"),
        ("class: x\nconstants: [a]", "`constants`"),
        ("class: x\ncolumns: {a: b}", "must be a list"),
        ("class: x\nignore: [{a: b}]", "`ignore`"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, said: str) -> None:
    with pytest.raises(MappingRefused, match=said):
        parse_column_mapping(text)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("[{position: 1, field: nothing}]", "no field `nothing`"),
        ("[{position: 1, field: year}, {position: 2, field: year}]", "filled twice"),
        ("[{position: 1, field: level}]", "filled twice"),
    ],
)
def test_a_mapping_must_fit_its_class(columns: str, said: str) -> None:
    mapping = parse_column_mapping(f"class: tax-a-level\ncolumns: {columns}\nconstants: {{level: A}}")

    with pytest.raises(MappingRefused, match=said):
        check_column_mapping(mapping=mapping, information_class=information_class("tax-a-level"))


def test_a_mapping_of_another_class_is_refused() -> None:
    mapping = parse_column_mapping("class: penalty\ncolumns: []")

    with pytest.raises(MappingRefused, match="for `penalty`"):
        check_column_mapping(mapping=mapping, information_class=information_class("tax-a-level"))


def test_a_list_may_be_filled_from_two_columns() -> None:
    mapping = parse_column_mapping(
        "class: penalty\ncolumns: [{position: 1, field: CF_CFLB}, {position: 2, field: CF_CFLB}]"
    )

    check_column_mapping(mapping=mapping, information_class=information_class("penalty"))
