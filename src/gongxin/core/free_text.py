"""What people write in their own words, without characters nobody sees: they hide or turn round what is read.

Line breaks and tabs stay, and so do the joiners of scripts and pictures (emoji).
"""

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs"})  # controls, marks of no width, half characters
_KEPT = frozenset("\n\t\u200c\u200d")


def without_hidden_characters(text: str) -> str:
    """Return `text` without control characters, direction marks and characters of no width."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in _KEPT or unicodedata.category(one) not in _HIDDEN)
