"""Turns .po text into the .mo that Django reads, so that no machine needs gettext to run the product."""

import ast
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAGIC = 0x950412DE
HEADER = "<7I"
CONTEXT_MARK = "\x04"


@dataclass(slots=True)
class Message:
    """One message of a catalogue; `texts` is its translation, or one for each plural form."""

    context: str = ""
    id: str = ""
    plural: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    line: int = 0

    @property
    def key(self) -> str:
        key = f"{self.context}{CONTEXT_MARK}{self.id}" if self.context else self.id
        return f"{key}\0{self.plural}" if self.plural else key

    @property
    def is_translated(self) -> bool:
        return bool(self.texts) and all(self.texts.values()) and not self.fuzzy


def read_catalogue(text: str) -> list[Message]:
    """Return the messages of a .po file, its header (the empty id) included; obsolete ones left out."""
    return [message for block in _blocks(text) if (message := _message(block)) is not None]


def compile_catalogue(messages: list[Message]) -> bytes:
    """Return the .mo file of `messages`; what is not translated, or only fuzzily, is left to the original."""
    kept = sorted((m.key.encode(), "\0".join(m.texts.values()).encode()) for m in messages if m.is_translated)
    count, start = len(kept), struct.calcsize(HEADER)
    at = start + 16 * count
    tables: list[list[int]] = [[], []]
    body = b""
    for column in (0, 1):
        for pair in kept:
            tables[column] += [len(pair[column]), at + len(body)]
            body += pair[column] + b"\0"
    head = struct.pack(HEADER, MAGIC, 0, count, start, start + 8 * count, 0, at)
    return head + struct.pack(f"<{4 * count}I", *tables[0], *tables[1]) + body


def compile_folder(locale: Path) -> list[Path]:
    """This will write a .mo beside every .po under `locale` that has changed; return those written."""
    stale = [po for po in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        po.with_suffix(".mo").write_bytes(compile_catalogue(read_catalogue(po.read_text(encoding="utf-8"))))
    return [po.with_suffix(".mo") for po in stale]


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _message(block: list[tuple[int, str]]) -> Message | None:
    message, parts = Message(line=block[0][0]), dict[str, str]()
    keyword = ""
    for _, line in block:
        if line.startswith("#"):
            message.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        if not line.startswith('"'):
            keyword, line = line.split(maxsplit=1)  # noqa: PLW2901 (the keyword is read off)
        parts[keyword] = parts.get(keyword, "") + ast.literal_eval(line)
    if "msgid" not in parts:
        return None
    message.context, message.id = parts.get("msgctxt", ""), parts["msgid"]
    message.plural = parts.get("msgid_plural", "")
    message.texts = {
        int(name[7:-1] or 0) if name != "msgstr" else 0: text
        for name, text in parts.items()
        if name.startswith("msgstr")
    }
    return message
