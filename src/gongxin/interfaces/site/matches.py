"""Marks in a name what the reader asked for."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    matches: bool


def marked(name: str, asked: str) -> tuple[Piece, ...]:
    """Return `name` in pieces, those that answer `asked` marked.

    The whole question where the name holds it, else its words, else its pairs of characters,
    which is how names are found.
    """
    if not name:
        return ()
    pattern = _pattern(name, asked)
    if pattern is None:
        return (Piece(name, matches=False),)
    parts = re.split(f"({pattern})", name, flags=re.IGNORECASE)
    return tuple(Piece(part, matches=at % 2 == 1) for at, part in enumerate(parts) if part)


def _pattern(name: str, asked: str) -> str | None:
    plain, folded = unicodedata.normalize("NFKC", asked), name.casefold()
    pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
    for candidates in ([plain], plain.split(), pairs):
        met = [re.escape(one) for one in candidates if one.strip() and one.casefold() in folded]
        if met:
            return "(?:" + "|".join(dict.fromkeys(met)) + ")+"
    return None
