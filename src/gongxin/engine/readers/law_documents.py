"""Reads the documents of an edition: YAML files, or one ZIP of them, bounded before anything is unpacked."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from gongxin.core.catalogue import Label
from gongxin.core.law_agreement import Finding
from gongxin.core.law_check import EditionRefused

MOST_FILES = 200
MOST_BYTES = 1 << 20  # of all texts; the packaged catalogue has 91 kB
_ZIP = b"PK\x03\x04"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)

Named = tuple[str, BinaryIO]


def read_documents(files: Iterable[Named]) -> dict[str, str]:
    """Return the documents by file name (`edition.yaml`, `penalty.yaml`, ...). Raises EditionRefused."""
    documents: dict[str, str] = {}
    findings: list[Finding] = []
    left = MOST_BYTES
    for name, content in _contents(files, findings):
        left -= len(content)
        if len(documents) == MOST_FILES or left < 0:
            raise EditionRefused([_too_much()])
        document = _document_name(name)
        if document in documents:
            findings.append(_found(name, "同名文件有两份。", "Two files have this name."))
        try:
            documents[document] = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            words = "不是 UTF-8 编码的文本；请另存为 UTF-8。", "This is not UTF-8 text; save it as UTF-8."
            findings.append(_found(name, *words))
    if findings:
        raise EditionRefused(findings)
    return documents


def _contents(files: Iterable[Named], findings: list[Finding]) -> Iterator[tuple[str, bytes]]:
    """Yield every YAML file with its bytes, never more of one than may be kept; note what is none."""
    for name, source in files:
        start = source.read(MOST_BYTES + 1)
        if start.startswith(_ZIP):
            source.seek(0)
            yield from _unpacked(name, source, findings)
        elif is_yaml(name):
            yield name, start
        else:
            findings.append(_no_yaml(name))


def _unpacked(name: str, source: BinaryIO, findings: list[Finding]) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(source) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if len(parts) > MOST_FILES:
                raise EditionRefused([_too_much()])
            for part in parts:
                if not is_yaml(part.filename):
                    findings.append(_no_yaml(f"{name}: {part.filename}"))
                    continue
                with archive.open(part) as content:
                    # What the directory says of the size may be a lie; what is read is not.
                    yield part.filename, content.read(MOST_BYTES + 1)
    except _BROKEN:
        findings.append(
            _found(
                name,
                "压缩包已损坏或设有密码，无法打开。",
                "The archive is damaged or locked and cannot be opened.",
            )
        )


def is_yaml(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in {".yaml", ".yml"}


def _document_name(name: str) -> str:
    """Return the name without folders; Windows archives write them with a backslash."""
    return f"{PurePosixPath(name.replace(chr(92), '/')).stem}.yaml"


def _no_yaml(name: str) -> Finding:
    return _found(
        name,
        "不是 YAML 文件：版次由 edition.yaml 和各事项的 .yaml 文件组成。",
        "This is no YAML file: an edition is edition.yaml and one .yaml file for each class.",
    )


def _too_much() -> Finding:
    return _found(
        "edition",
        f"文件过多或过大：最多 {MOST_FILES} 份、合计 {MOST_BYTES >> 20} MB。",
        f"Too many files or too large: at most {MOST_FILES} of them and {MOST_BYTES >> 20} MB in all.",
    )


def _found(where: str, zh: str, en: str) -> Finding:
    return Finding(where, Label(zh, en))
