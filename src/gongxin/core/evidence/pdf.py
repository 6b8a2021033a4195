"""What may be wrong with a PDF: cut short, encrypted, or carrying what acts by itself.

Read by hand and not by a library: what is asked is whether some names stand anywhere where a reader may
find an object, which is in the open or in an object stream. The trailer, where encryption is declared, is
never packed (ISO 32000-2, 7.5.8.2). A name may be written with #-escapes. Everything is bounded.
"""

import re
import zlib
from collections.abc import Iterator

from gongxin.core.evidence.rules import Fault, limits

_TAIL_BYTES, _DICTIONARY_BYTES = 4096, 4096
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_AFTER_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|\Z)"


class _TooMuch(Exception):
    """There is more in it than is looked through."""


class _NotReadable(Exception):
    """An object stream cannot be unpacked."""


def _named(*names: str) -> re.Pattern[bytes]:
    """Return a pattern for any of these names, each letter as it is or escaped."""
    written = (b"".join(_letter(letter) for letter in name) for name in names)
    return re.compile(b"/(?:" + b"|".join(written) + b")" + _AFTER_NAME)


def _letter(letter: str) -> bytes:
    code = f"{ord(letter):02X}"
    escaped = "".join(f"[{one}{one.lower()}]" if one.isalpha() else one for one in code)
    return f"(?:{letter}|#{escaped})".encode()


_ENCRYPTED = _named("Encrypt")
_ACTIVE = _named("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA")
_OBJECT_STREAM = _named("ObjStm")
_FILTER = _named("Filter")


def fault_of_pdf(content: bytes) -> Fault | None:
    """Return what is wrong with a PDF, or None."""
    if b"%%EOF" not in content[-_TAIL_BYTES:]:
        return Fault.DAMAGED
    if _ENCRYPTED.search(content):
        return Fault.ENCRYPTED
    if _ACTIVE.search(content):
        return Fault.ACTIVE
    try:
        return Fault.ACTIVE if any(_ACTIVE.search(one) for one in _object_streams(content)) else None
    except _TooMuch:
        return Fault.UNSAFE_PACKAGE
    except _NotReadable:
        return Fault.DAMAGED


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Yield what the packed object streams hold. Raises _TooMuch, _NotReadable."""
    room, before_this = limits().unpacked_bytes, 0
    for count, found in enumerate(_STREAM.finditer(content)):
        if count >= limits().streams:
            raise _TooMuch
        # All since the last stream, however long: a dictionary may be padded so that its name is far away.
        before = content[min(before_this, max(0, found.start() - _DICTIONARY_BYTES)) : found.start()]
        before_this = found.end()
        if not _OBJECT_STREAM.search(before):
            continue  # not packed: read in the open before
        try:
            unpacked = _unpacked(memoryview(content)[found.end() :], room)
        except zlib.error as broken:
            if _is_its_own(before):
                raise _NotReadable from broken
            continue  # it was the object before that is packed
        room -= len(unpacked)
        yield unpacked


def _is_its_own(before: bytes) -> bool:
    """Return whether what stands right before a stream calls that one packed, and not one before it."""
    head = before[before.rfind(b"obj") + 1 :]
    return bool(_OBJECT_STREAM.search(head) and _FILTER.search(head))


def _unpacked(packed: memoryview, room: int) -> bytes:
    """Return what a stream holds. Raises zlib.error, _TooMuch."""
    opened = zlib.decompressobj()
    unpacked = opened.decompress(packed, room)
    if opened.unconsumed_tail and not opened.eof:
        raise _TooMuch
    return unpacked
