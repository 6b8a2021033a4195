"""Tells what a file is by its first bytes. The name only helps with text."""

import json
import re
from pathlib import PurePath
from typing import BinaryIO

from gongxin.core.catalogue import Label
from gongxin.engine.readers.headers import empty_file
from gongxin.engine.readers.table import FileRefused
from gongxin.engine.readers.zip_directory import locked_workbook, part_names

_HEAD_BYTES = 64 << 10
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# In an OLE file the names of its streams stand in UTF-16.
_OLE_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))
_OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")

_SAVE_AS = Label("请另存为 .xlsx 或 CSV 后再报送。", "save it as .xlsx or CSV and send that.")
_UNPACK = Label("请解压后逐个报送其中的表格。", "unpack it and send the tables in it one by one.")
_EXPORT = Label("请导出为 .xlsx 或 CSV 表格后再报送。", "export the table as .xlsx or CSV and send that.")

_ZIP_KINDS = (
    ("xl/workbook.bin", Label("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"), _SAVE_AS),
    ("content.xml", Label("OpenDocument 文件", "an OpenDocument file"), _SAVE_AS),
    ("word/document.xml", Label("Word 文档", "a Word document"), _EXPORT),
    ("ppt/presentation.xml", Label("演示文稿", "a presentation"), _EXPORT),
)
_IMAGE = Label("图片", "an image")
_ARCHIVE = Label("压缩包", "an archive")
_MAGIC = (
    (b"%PDF", Label("PDF 文件", "a PDF file"), _EXPORT),
    (b"\x89PNG", _IMAGE, _EXPORT),
    (b"\xff\xd8\xff", _IMAGE, _EXPORT),
    (b"GIF8", _IMAGE, _EXPORT),
    (b"II*\0", _IMAGE, _EXPORT),
    (b"MM\0*", _IMAGE, _EXPORT),
    (b"BM", _IMAGE, _EXPORT),
    (b"\x1f\x8b", _ARCHIVE, _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE, _UNPACK),
    (b"Rar!\x1a\x07", _ARCHIVE, _UNPACK),
    (b"BZh", _ARCHIVE, _UNPACK),
    (b"\xfd7zXZ\0", _ARCHIVE, _UNPACK),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE, _UNPACK),
    (b"PK\x05\x06", Label("空的压缩包", "an empty archive"), _UNPACK),
    (b"{\\rtf", Label("RTF 文档", "an RTF document"), _EXPORT),
    (b"\x7fELF", Label("程序", "a program"), _EXPORT),
    (b"MZ\x90\0", Label("程序", "a program"), _EXPORT),
)
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|head|\?xml|meta|style|div)", re.IGNORECASE
)


def recognise(source: BinaryIO, *, filename: str) -> str:
    """Return text, jsonl, xlsx, xls or parquet. Raises FileRefused for what is no table at all."""
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    if not head:
        raise empty_file()
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(source)
    if head.startswith(_OLE):
        return _ole_kind(source)
    if head.startswith(b"PAR1"):
        return "parquet"
    _refuse_known_kinds(head)
    return "jsonl" if _is_json_lines(head, filename) else "text"


def _zip_kind(source: BinaryIO) -> str:
    names = part_names(source)
    if "xl/workbook.xml" in names:
        return "xlsx"
    for part, kind, advice in _ZIP_KINDS:
        if part in names:
            raise _not_a_table(kind, advice)
    raise _not_a_table(Label("ZIP 压缩包", "a ZIP archive"), _UNPACK)


def _ole_kind(source: BinaryIO) -> str:
    found = _found_in(source, (*_OLE_WORKBOOKS, _OLE_LOCKED))
    if _OLE_LOCKED in found:
        raise locked_workbook()
    if not found:
        raise _not_a_table(
            Label("旧版 Office 文件，其中没有完整的工作簿", "an old Office file without a whole workbook"),
            _EXPORT,
        )
    return "xls"


def _found_in(source: BinaryIO, words: tuple[bytes, ...]) -> set[bytes]:
    source.seek(0)
    found: set[bytes] = set()
    rest = b""
    while block := source.read(1 << 20):
        rest = rest[-64:] + block
        found |= {word for word in words if word in rest}
    return found


def _refuse_known_kinds(head: bytes) -> None:
    for magic, kind, advice in _MAGIC:
        if head.startswith(magic) and (magic not in {b"BM", b"BZh"} or b"\0" in head):
            raise _not_a_table(kind, advice)
    if _MARKUP.match(head):
        kind = Label("网页或 XML（常见于网站导出的“.xls”）", "a web page or XML (often a web site's “.xls”)")
        raise _not_a_table(kind, _SAVE_AS)


def _is_json_lines(head: bytes, filename: str) -> bool:
    """Return whether the first line is a JSON object. Raises FileRefused for any other JSON."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    named = PurePath(filename).suffix.lower() in {".jsonl", ".ndjson", ".json"}
    if not text.startswith((b"{", b"[")):
        return named and bool(text)
    if named or _starts_with_object(text):
        if text.startswith(b"["):
            raise _not_a_table(Label("JSON 数组", "a JSON array"), _ONE_OBJECT_PER_LINE)
        return True
    return False


_ONE_OBJECT_PER_LINE = Label("请改为 JSON Lines：每行一个对象。", "write JSON Lines, one object per line.")


def _starts_with_object(text: bytes) -> bool:
    line = text.splitlines()[0]
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _not_a_table(kind: Label, advice: Label) -> FileRefused:
    return FileRefused(
        code="not-a-table",
        message=Label(
            f"文件是{kind.zh}，不是数据表；{advice.zh}", f"The file is {kind.en}, not a table; {advice.en}"
        ),
    )
