"""Whether a picture is whole: its parts in order and nothing behind its end that is not its own."""

from gongxin.core.evidence.rules import Fault

_SIGNATURE_BYTES, _FRAME_BYTES = 8, 12  # of a part: length, name, check


def fault_of_png(content: bytes) -> Fault | None:
    """Return what is wrong with a PNG: it begins with its head, ends with its end, and ends there."""
    at, first = _SIGNATURE_BYTES, True
    while at + _FRAME_BYTES <= len(content):
        length, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if first and name != b"IHDR":
            return Fault.DAMAGED
        first, at = False, at + _FRAME_BYTES + length
        if name == b"IEND":
            return None if at == len(content) else Fault.DAMAGED
    return Fault.DAMAGED


def fault_of_jpeg(content: bytes) -> Fault | None:
    """Return what is wrong with a JPEG: it has a frame and reaches its end."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xDA:  # the picture itself begins; cameras add small pictures behind its end
            return None if content.find(b"\xff\xd9", at) > 0 else Fault.DAMAGED
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return Fault.DAMAGED
