"""What may be wrong with an OFD (GB/T 33190): a package that is none, is locked, or is made to harm."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from gongxin.core.evidence.rules import Fault, limits
from gongxin.core.evidence.signs import is_program

_LOCKED = 0x1
_PIECE_BYTES = 1 << 16
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def fault_of_ofd(content: bytes) -> Fault | None:
    """Return what is wrong with a package that should be an OFD. Never unpacks more than is allowed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _fault_of_package(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OverflowError):
        return Fault.DAMAGED


def _fault_of_package(package: zipfile.ZipFile) -> Fault | None:
    parts = package.infolist()
    if "OFD.xml" not in {part.filename for part in parts}:
        return Fault.UNKNOWN_TYPE
    if any(part.flag_bits & _LOCKED for part in parts):
        return Fault.ENCRYPTED
    too_many = len(parts) > limits().packed_files
    if too_many or any(_leads_out(part) or part.compress_type not in _PACKED_AS for part in parts):
        return Fault.UNSAFE_PACKAGE
    return _fault_of_parts(package, parts)


def _fault_of_parts(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Fault | None:
    room = limits().unpacked_bytes
    for part in parts:
        with package.open(part) as opened:
            piece = opened.read(_PIECE_BYTES)
            if is_program(piece):
                return Fault.CARRIES_PROGRAM
            while piece:
                room -= len(piece)
                if room < 0:
                    return Fault.UNSAFE_PACKAGE
                piece = opened.read(_PIECE_BYTES)
    return None


def _leads_out(part: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(part.filename)
    bare = part.filename.lstrip("/")  # some writers put a slash before every path; it stays inside
    is_link = (part.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or ".." in path.parts or "\\" in bare or "\x00" in bare or ":" in bare
