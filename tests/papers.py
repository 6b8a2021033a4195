"""Papers as people hand them in, and as nobody should: made here, byte by byte, by no library."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

FILES = Path(__file__).parent / "files" / "evidence"
PLAIN_PDF, ENCRYPTED_PDF = (FILES / name for name in ("plain.pdf", "encrypted.pdf"))


def pdf(*objects: bytes, trailer: bytes = b"<< /Root 1 0 R >>") -> bytes:
    """Return a small PDF with these objects."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n" + trailer + b"\nstartxref\n9\n%%EOF\n"


def packed(content: bytes, *, named: bytes = b"/ObjStm") -> bytes:
    """Return an object stream that holds `content`."""
    deflated = zlib.compress(content)
    head = b"<< /Type %s /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % (named, len(deflated))
    return head + b"\nstream\n" + deflated + b"\nendstream"


def png(*, behind: bytes = b"") -> bytes:
    """Return a picture of one point, with something behind its end."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00\x00")), (b"IEND", b""))
    framed = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + framed + behind


def jpeg() -> bytes:
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00\x12\x34\xff\xd9"
    )


def ofd(*more: tuple[str, bytes]) -> bytes:
    """Return a package as GB/T 33190 has it, with `more` packed beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (("OFD.xml", b"<ofd:OFD/>"), ("Doc_0/Document.xml", b"<ofd:Document/>"), *more):
            package.writestr(name, content)
    return out.getvalue()
