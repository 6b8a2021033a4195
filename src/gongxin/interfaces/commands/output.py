import json
import sys
from typing import Any

from gongxin.core.catalogue import Label


class CommandRefused(Exception):
    """The command cannot do what was asked; its message says why, and the program ends with 2."""

    def __init__(self, message: Label) -> None:
        super().__init__(f"{message.zh} / {message.en}")
        self.message = message


def both(label: Label) -> str:
    """Return a label as a terminal shows it: Chinese first."""
    return f"{label.zh} ({label.en})"


def print_json(value: Any) -> None:
    """Write one JSON value and nothing else to stdout, in UTF-8 whatever the terminal's encoding."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
