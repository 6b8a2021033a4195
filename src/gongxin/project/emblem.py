"""The institution's emblem: a small SVG or PNG, read once at the start and served from our own address."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

from gongxin.core.catalogue import Label

HEAVIEST = 64 * 1024
WIDEST = 2048
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}svg"
# What a drawing does not need and a stranger could abuse: programs, other documents, frames.
FORBIDDEN = {"script", "foreignObject", "iframe", "image", "animate", "set", "a"}

TOO_HEAVY = Label("文件超过 64 KB", "the file is heavier than 64 KB")
NO_PICTURE = Label("既不是 SVG 也不是 PNG", "it is neither SVG nor PNG")
BAD_SIZE = Label(f"PNG 的边长须为 1 到 {WIDEST} 像素", f"a PNG measures 1 to {WIDEST} pixels a side")
DOCUMENT_TYPE = Label("SVG 含有文档类型或实体声明", "the SVG has a document type or entities")


class EmblemRefused(Exception):
    """This file cannot be shown as an emblem."""

    def __init__(self, reason: Label) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Emblem:
    content: bytes
    content_type: str

    @property
    def mark(self) -> str:
        """Return what changes when the picture does, for its address."""
        return hashlib.sha256(self.content).hexdigest()[:12]


def read_emblem(path: Path) -> Emblem:
    """Return the emblem in the file `path`. Raises EmblemRefused, or OSError if it cannot be read."""
    if path.stat().st_size > HEAVIEST:
        raise EmblemRefused(TOO_HEAVY)
    content = path.read_bytes()
    if content.startswith(PNG):
        _check_png(content)
        return Emblem(content, "image/png")
    _check_svg(content)
    return Emblem(content, "image/svg+xml")


def _check_png(content: bytes) -> None:
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    if content[12:16] != b"IHDR" or not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise EmblemRefused(BAD_SIZE)


def _check_svg(content: bytes) -> None:
    # An entity may stand for anything, and for far more of it than the file is long.
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise EmblemRefused(DOCUMENT_TYPE)
    try:
        root = Xml.fromstring(content)  # noqa: S314 (no entities, and 64 KB at most)
    except Xml.ParseError as error:
        raise EmblemRefused(NO_PICTURE) from error
    if root.tag != SVG:
        raise EmblemRefused(NO_PICTURE)
    for element in root.iter():
        _check_element(element)


def _check_element(element: Xml.Element) -> None:
    name = str(element.tag).rpartition("}")[2]
    if name in FORBIDDEN or _leads_outside(element.text or ""):
        raise EmblemRefused(Label(f"SVG 含有 <{name}>", f"the SVG has <{name}>"))
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2].lower()
        away = bare == "href" and not value.startswith("#")
        if bare.startswith("on") or away or _leads_outside(value):
            raise EmblemRefused(Label(f"SVG 含有 {bare} 属性", f"the SVG has {bare}"))


def _leads_outside(text: str) -> bool:
    """Return whether a style or an attribute fetches something that is not in the drawing itself."""
    plain = "".join(text.lower().split()).replace("url(#", "").replace("url('#", "").replace('url("#', "")
    return "url(" in plain or "@import" in plain or "\\" in plain
