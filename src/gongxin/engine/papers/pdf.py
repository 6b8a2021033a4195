"""Letters, notices and own files as PDF, set by Typst with a Chinese face of this machine."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from gongxin.core.letters import Paper
from gongxin.core.own_file import OwnFile

# Any of these carries simplified Chinese; Debian's fonts-noto-cjk brings the first two.
FACES = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC", "Noto Serif SC",
    "Noto Sans SC", "FangSong", "SimSun", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
)  # fmt: skip


class NoChineseFace(Exception):
    """No face for Chinese is installed on this machine: a PDF would show empty boxes."""


def pdf_of(paper: Paper) -> bytes:
    """Return the letter as PDF. Raises NoChineseFace."""
    return _set("letter.typ", {"paper": paper.as_document()})


def notices_pdf(papers: Sequence[Mapping[str, Any]], *, receipt: Sequence[str], language: str) -> bytes:
    """Return notices as one PDF, each on a page of its own with the slip on which its receipt is signed.

    Raises NoChineseFace.
    """
    return _set("notice.typ", {"papers": list(papers), "receipt": list(receipt)}, language=language)


def pdf_of_own_file(file: OwnFile) -> bytes:
    """Return a subject's own file as PDF. Raises NoChineseFace."""
    return _set("own_file.typ", {"paper": file.as_document()})


def _set(template: str, documents: Mapping[str, Any], **told: str) -> bytes:
    import typst

    faces = _faces()
    if not faces:
        raise NoChineseFace
    source = files("gongxin.engine.papers").joinpath(template).read_bytes()
    inputs = {name: json.dumps(document, ensure_ascii=False) for name, document in documents.items()}
    return bytes(typst.compile(source, format="pdf", sys_inputs={**inputs, **told, "fonts": "|".join(faces)}))


@lru_cache(maxsize=1)
def _faces() -> tuple[str, ...]:
    import typst

    installed = set(typst.Fonts().families())
    return tuple(face for face in FACES if face in installed)
