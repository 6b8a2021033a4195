"""Several values in one cell, cut into parts and joined again in one way."""

import re
from collections.abc import Collection, Mapping, Sequence

JOINT = "；"
_FIRM = re.compile(r"[；;|｜]")
_LOOSE = re.compile(r"[、，,]")


def list_parts(text: str, *, open_codes: Sequence[str] = (), codes: Collection[str] = ()) -> tuple[str, ...]:
    """Return the parts of a cell: cut at ；; and |, then at 、，, unless a part is whole as it stands.

    Whole is an accepted value, for 法律、行政法规规定的其他行政处罚 is one; and a part that begins with an
    open value (其他-…), for it is the sender's own words and may hold any comma.
    """
    prefixes = tuple(f"{code}-" for code in open_codes)
    parts: list[str] = []
    for firm in _FIRM.split(text):
        whole = firm.strip()
        stands = whole in codes or (prefixes and whole.startswith(prefixes))
        parts += [whole] if stands else _LOOSE.split(whole)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def normal_list(
    text: str, *, aliases: Mapping[str, str], open_codes: Sequence[str] = (), codes: Collection[str] = ()
) -> str:
    """Return the cell with its parts under their accepted names, joined by ；, each once."""
    parts = (aliases.get(part, part) for part in list_parts(text, open_codes=open_codes, codes=codes))
    return JOINT.join(dict.fromkeys(parts))
