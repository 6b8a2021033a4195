import json
import sys
from collections.abc import Mapping
from typing import Any

from gongxin.core.catalogue import Label


class CommandRefused(Exception):
    """The command cannot do what was asked; its message says why, and the program ends with 2.

    `code` is for programs. `beside` is what a JSON answer says beside the error.
    """

    def __init__(
        self, message: Label, code: str = "refused", *, beside: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{message.zh} / {message.en}")
        self.message = message
        self.code = code
        self.beside = beside or {}

    def as_json(self) -> dict[str, Any]:
        """Return the one object that `--json` answers a refusal with."""
        return {**self.beside, "error": coded(self.code, self.message)}


def coded(code: str, message: Label) -> dict[str, Any]:
    """Return a refusal as JSON carries it."""
    return {"code": code, "message": {"zh": message.zh, "en": message.en}}


def both(label: Label) -> str:
    """Return a label as a terminal shows it: Chinese first."""
    return f"{label.zh} ({label.en})"


def print_json(value: Any) -> None:
    """Write one JSON value and nothing else to stdout, in UTF-8 whatever the terminal's encoding."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
