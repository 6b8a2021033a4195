"""A saved mapping: how one office's columns are read as the fields of a catalogue class.

An office whose export can never match the form says once which column is which. The mapping is
kept as YAML, so that a person can read, correct and hand it on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.law_files import parse_law

_KEYS = ("class", "encoding", "header_row", "sheet", "columns", "constants", "ignore")
_COLUMN_KEYS = ("label", "position", "field")


class MappingRefused(Exception):
    """The mapping cannot be used as it is written."""

    def __init__(self, message: Label) -> None:
        super().__init__(message.en)
        self.code = "mapping-refused"
        self.message = message


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the sender's file, found by its header or by its place, and its field."""

    field: str
    label: str | None = None
    position: int | None = None  # 1 is the leftmost column

    @property
    def wanted(self) -> str | int:
        """Return the header, or else the place, by which the column is found."""
        return self.label if self.label is not None else self.position or 0


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a sender's file is which field; what is constant; what is left out."""

    information_class: str
    columns: tuple[MappedColumn, ...]
    encoding: str | None = None
    header_row: int | None = None  # 1 is the first line; None: found by looking
    sheet: str | None = None
    constants: Mapping[str, str] | None = None
    ignore: tuple[str | int, ...] = ()  # headers or places
    header: tuple[str, ...] | None = (
        None  # `normal_row` of the header taught: every table that bears it is read
    )


def parse_column_mapping(text: str) -> ColumnMapping:
    """Return the mapping written in `text`. Raises MappingRefused for anything not understood."""
    try:
        document = parse_law(text)
    except yaml.YAMLError as error:
        raise _refused(f"对照表不是合法的 YAML：{error}", f"the mapping is not YAML: {error}") from error
    _expect_keys(document, _KEYS, where=Label("对照表", "the mapping"))
    constants = document.get("constants") or {}
    if not isinstance(constants, dict):
        raise _refused("constants 应为“字段: 值”", "`constants` must map fields to values")
    return ColumnMapping(
        information_class=_text(document, "class"),
        columns=tuple(_column(entry) for entry in _list(document, "columns")),
        encoding=_optional_text(document, "encoding"),
        header_row=_place(document.get("header_row"), "header_row"),
        sheet=_optional_text(document, "sheet"),
        constants={str(key): str(value) for key, value in constants.items()},
        ignore=tuple(_ignored(entry) for entry in _list(document, "ignore")),
    )


def check_column_mapping(*, mapping: ColumnMapping, information_class: InformationClass) -> None:
    """Raise MappingRefused unless every field named belongs to the class and is filled once.

    A `list` field may be filled from several columns: their parts are joined.
    """
    if mapping.information_class != information_class.id:
        raise _refused(
            f"对照表属于“{mapping.information_class}”，不是“{information_class.id}”",
            f"the mapping is for `{mapping.information_class}`, not `{information_class.id}`",
        )
    fields = {field.key: field for field in information_class.fields}
    seen = set(mapping.constants or {})
    for key in [*seen, *(column.field for column in mapping.columns)]:
        if key not in fields:
            raise _refused(f"本事项没有字段“{key}”", f"the class has no field `{key}`")
    for column in mapping.columns:
        if column.field in seen and fields[column.field].type != "list":
            raise _refused(f"字段“{column.field}”对应了两次", f"field `{column.field}` is filled twice")
        seen.add(column.field)


def _column(entry: Any) -> MappedColumn:
    _expect_keys(entry, _COLUMN_KEYS, where=Label("columns 的一项", "an entry of `columns`"))
    label, position = _optional_text(entry, "label"), _place(entry.get("position"), "position")
    if (label is None) == (position is None):
        raise _refused(
            "columns 的每一项须写 label 或 position 之一", "each column needs either `label` or `position`"
        )
    return MappedColumn(field=_text(entry, "field"), label=label, position=position)


def _ignored(entry: Any) -> str | int:
    if isinstance(entry, str):
        return entry
    place = _place(entry, "ignore")
    if place is None:
        raise _refused("ignore 的每一项须是表头或列号", "each entry of `ignore` is a header or a place")
    return place


def _expect_keys(document: Any, known: tuple[str, ...], *, where: Label) -> None:
    if not isinstance(document, dict):
        raise _refused(f"{where.zh}应为“键: 值”", f"{where.en} must map keys to values")
    for key in document:
        if key not in known:
            raise _refused(f"{where.zh}有不认识的键“{key}”", f"{where.en} has an unknown key `{key}`")


def _text(document: dict[str, Any], key: str) -> str:
    value = _optional_text(document, key)
    if not value:
        raise _refused(f"缺少“{key}”", f"`{key}` is missing")
    return value


def _optional_text(document: dict[str, Any], key: str) -> str | None:
    value = document.get(key)
    if value is not None and not isinstance(value, str):
        raise _refused(f"“{key}”应为文字", f"`{key}` must be text")
    return value


def _list(document: dict[str, Any], key: str) -> list[Any]:
    value = document.get(key) or []
    if not isinstance(value, list):
        raise _refused(f"“{key}”应为列表", f"`{key}` must be a list")
    return value


def _place(value: Any, key: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _refused(f"“{key}”应为从 1 开始的整数", f"`{key}` must be a whole number from 1")
    return value


def _refused(zh: str, en: str) -> MappingRefused:
    return MappingRefused(Label(zh, en))
