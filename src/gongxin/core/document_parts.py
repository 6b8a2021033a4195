"""Reads a law document part by part and refuses what it does not know.

A misspelt key in a law file would otherwise be a rule that silently does not exist.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from gongxin.core.catalogue import Citation, Label

# No database, workbook or report keeps these; JSON and YAML can spell them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CONFIDENCES = ("V", "V-ex", "V-impl", "C", "R", "R?", "P")


class CatalogueRefused(Exception):
    """A catalogue document cannot be used: `path` says where, `problem` what is wrong there."""

    def __init__(self, path: str, problem: Label) -> None:
        super().__init__(f"{path}: {problem.en}")
        self.path = path
        self.problem = problem


class Part:
    """One mapping of a document, with the path that led to it."""

    def __init__(self, content: object, path: str, known: Sequence[str]) -> None:
        self.path = path
        if not isinstance(content, Mapping):
            raise self.refused("", Label("这里应为键值表。", "A mapping is expected here."))
        self.content: Mapping[str, Any] = content
        for key in content:
            if key not in known:
                raise self.refused(
                    str(key),
                    Label(
                        f"未知的键，可用：{'、'.join(known)}。", f"Unknown key; known: {', '.join(known)}."
                    ),
                )

    def refused(self, key: str, problem: Label) -> CatalogueRefused:
        return CatalogueRefused(f"{self.path}.{key}" if key else self.path, problem)

    def has(self, key: str) -> bool:
        return key in self.content

    def get(self, key: str) -> Any:
        """Return the value as parsed. Refuses the document if it is missing."""
        if key not in self.content:
            raise self.refused(key, Label("缺少此项。", "This is missing."))
        return self.content[key]

    def text(self, key: str, default: str | None = None) -> str:
        value = self.get(key) if default is None else self.content.get(key, default)
        # An unquoted 2018 or 1 in YAML is a number; a code is text.
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.refused(key, Label("这里应为文字。", "Text is expected here."))
        if isinstance(value, str) and _CONTROL.search(value):
            raise self.refused(
                key, Label("含有看不见的控制字符。", "It holds control characters that nobody sees.")
            )
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.content.get(key, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.refused(key, Label("这里应为文字列表。", "A list of texts is expected here."))
        return tuple(str(item) for item in value)

    def entries(self, key: str) -> Sequence[Any]:
        """Return a list of whatever, empty where the key is not there."""
        value = self.content.get(key, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.refused(key, Label("这里应为列表。", "A list is expected here."))
        return value

    def flag(self, key: str) -> bool:
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            raise self.refused(key, Label("这里应为 true 或 false。", "true or false is expected here."))
        return value

    def whole(self, key: str) -> int | None:
        value = self.content.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise self.refused(
                key, Label("这里应为非负整数。", "A whole number, not negative, is expected here.")
            )
        return value

    def day(self, key: str) -> date:
        value = self.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refused(
                key, Label("这里应为日期，如 2026-04-01。", "A day is expected, as 2026-04-01.")
            )
        return value

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in choices:
            raise self.refused(
                key, Label(f"只能是：{'、'.join(choices)}。", f"It can only be: {', '.join(choices)}.")
            )
        return value

    def label(self, key: str) -> Label:
        part = Part(self.get(key), f"{self.path}.{key}", ("zh", "en"))
        return Label(part.text("zh"), part.text("en"))

    def optional_label(self, key: str) -> Label | None:
        return self.label(key) if self.has(key) else None

    def pairs(self, key: str) -> dict[str, str]:
        value = self.content.get(key, {})
        if not isinstance(value, Mapping):
            raise self.refused(key, Label("这里应为键值表。", "A mapping is expected here."))
        return {str(name): str(item) for name, item in value.items()}

    def citation(self, default: Citation | None = None) -> Citation:
        """Return where the value comes from. Refuses a value that names no source."""
        if not self.has("citation"):
            if default is None:
                raise self.refused("citation", Label("没有注明出处。", "No source is named."))
            return default
        return read_citation(self.content["citation"], f"{self.path}.citation")


def read_citation(content: object, path: str) -> Citation:
    part = Part(content, path, ("source", "article", "confidence"))
    return Citation(
        source=part.text("source"),
        article=part.text("article", ""),
        confidence=part.choice("confidence", CONFIDENCES),
    )
