"""Judges one file by its bytes: PDF, PNG, JPEG or OFD, whole, open, and without programs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gongxin.core.evidence.naming import safe_name
from gongxin.core.evidence.ofd import fault_of_ofd
from gongxin.core.evidence.pdf import fault_of_pdf
from gongxin.core.evidence.pictures import fault_of_jpeg, fault_of_png
from gongxin.core.evidence.rules import Fault, limits, media_types
from gongxin.core.evidence.signs import is_markup, is_program


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is taken: the name it is shown under and what its bytes are."""

    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is not taken, and why; `words_of(fault)` says it."""

    name: str
    fault: Fault


# How a file of each kind begins, and what may be wrong with the rest of it.
_KINDS: Mapping[str, tuple[bytes, Callable[[bytes], Fault | None]]] = {
    "pdf": (b"%PDF-", fault_of_pdf),
    "png": (b"\x89PNG\r\n\x1a\n", fault_of_png),
    "jpg": (b"\xff\xd8\xff", fault_of_jpeg),
    "ofd": (b"PK\x03\x04", fault_of_ofd),
}


def judged(content: bytes, *, name: str) -> Paper | RefusedFile:
    """Return what a file is, or why it is not taken. The name is not believed."""
    if len(content) > limits().file_bytes:
        return RefusedFile(safe_name(name), Fault.TOO_LARGE)
    ending = next((one for one, (begins, _) in _KINDS.items() if content.startswith(begins)), "")
    fault = _KINDS[ending][1](content) if ending else _fault_of_no_kind(content)
    if fault is not None:
        return RefusedFile(safe_name(name), fault)
    return Paper(safe_name(name, ending=ending), media_types()[ending])


def fault_of_all(sizes_bytes: Iterable[int]) -> Fault | None:
    """Return what is wrong with all files of a case taken together."""
    sizes = list(sizes_bytes)
    if len(sizes) > limits().files:
        return Fault.TOO_MANY
    return Fault.TOO_MUCH if sum(sizes) > limits().case_bytes else None


def _fault_of_no_kind(content: bytes) -> Fault:
    if not content.strip(b"\x00\r\n\t "):
        return Fault.EMPTY
    if is_program(content):
        return Fault.PROGRAM
    return Fault.MARKUP if is_markup(content) else Fault.UNKNOWN_TYPE
