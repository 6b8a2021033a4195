"""Several values in one cell, cut into parts and joined again in one way."""

import re
from collections.abc import Mapping, Sequence

JOINT = "；"
_FIRM = re.compile(r"[；;|｜]")
_LOOSE = re.compile(r"[、，,]")


def list_parts(text: str, *, open_codes: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the parts of a cell: cut at ；; and |, then at 、，, unless a part is open text.

    A part that begins with an open value (其他-…) is the sender's own words and may hold any comma.
    """
    prefixes = tuple(f"{code}-" for code in open_codes)
    parts: list[str] = []
    for firm in _FIRM.split(text):
        whole = firm.strip()
        parts += [whole] if prefixes and whole.startswith(prefixes) else _LOOSE.split(whole)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def normal_list(text: str, *, aliases: Mapping[str, str], open_codes: Sequence[str] = ()) -> str:
    """Return the cell with its parts under their accepted names, joined by ；, each once."""
    parts = (aliases.get(part, part) for part in list_parts(text, open_codes=open_codes))
    return JOINT.join(dict.fromkeys(parts))
