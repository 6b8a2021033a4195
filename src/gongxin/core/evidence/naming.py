"""A name a file came with, made safe to show and to save under; it is never a path here."""

import unicodedata

from gongxin.core.evidence.rules import limits
from gongxin.core.leaks import mask_personal_numbers

_FORBIDDEN = frozenset('<>:"|?*%;')  # what a file system or a header of an answer reads as something else
NAMELESS = {"pdf": "材料.pdf", "png": "图片.png", "jpg": "图片.jpg", "ofd": "材料.ofd"}


def safe_name(name: str, *, ending: str = "") -> str:
    """Return the last part of a name without controls and direction marks, not too long, with its ending.

    `ending` is what the bytes are ("pdf"); a name that ends otherwise gets it added, so that nobody opens
    a picture as a program. Numbers of persons are starred.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(one for one in unicodedata.normalize("NFC", last) if _may_stand(one))
    kept = mask_personal_numbers(" ".join(kept.split()).strip(". "))
    stem = _without(kept, ending)
    room = limits().name_characters - (len(ending) + 1 if ending else 0)
    stem = stem[:room].strip(". ")
    if not ending:
        return stem or "?"
    return f"{stem}.{ending}" if stem else NAMELESS[ending]


def _without(name: str, ending: str) -> str:
    endings = {"jpg": (".jpg", ".jpeg")}.get(ending, (f".{ending}",) if ending else ())
    for one in endings:
        if name.lower().endswith(one):
            return name[: -len(one)]
    return name


def _may_stand(character: str) -> bool:
    # Cc, Cf, Cs, Co, Cn: controls, direction marks and joiners, halves, private and unassigned ones.
    return character == " " or not (
        unicodedata.category(character).startswith(("C", "Zl", "Zp")) or character in _FORBIDDEN
    )
