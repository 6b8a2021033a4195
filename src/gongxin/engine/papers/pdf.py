"""A letter as PDF, set by Typst with a Chinese face of this machine."""

import json
from functools import lru_cache
from importlib.resources import files

from gongxin.core.letters import Paper

# Any of these carries simplified Chinese; Debian's fonts-noto-cjk brings the first two.
FACES = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC", "Noto Serif SC",
    "Noto Sans SC", "FangSong", "SimSun", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
)  # fmt: skip


class NoChineseFace(Exception):
    """No face for Chinese is installed on this machine: a PDF would show empty boxes."""


def pdf_of(paper: Paper) -> bytes:
    """Return the letter as PDF. Raises NoChineseFace."""
    import typst

    faces = _faces()
    if not faces:
        raise NoChineseFace
    source = files("gongxin.engine.papers").joinpath("letter.typ").read_bytes()
    inputs = {"paper": json.dumps(paper.as_document(), ensure_ascii=False), "fonts": "|".join(faces)}
    return bytes(typst.compile(source, format="pdf", sys_inputs=inputs))


@lru_cache(maxsize=1)
def _faces() -> tuple[str, ...]:
    import typst

    installed = set(typst.Fonts().families())
    return tuple(face for face in FACES if face in installed)
