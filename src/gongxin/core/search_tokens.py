"""What the name index holds: each pair of neighbouring characters, in hexadecimal.

Pairs, because Chinese queries are short; hexadecimal, so that no database's own idea of a word
splits or folds them.
"""

from operator import add


class _Points(dict[str, str]):
    """The hexadecimal code point of each character met so far."""

    def __missing__(self, character: str) -> str:
        point = self[character] = f"{ord(character):x}"
        return point


_POINTS = _Points()


def search_tokens(normal: str) -> tuple[str, ...]:
    """Return the tokens of a name in normal form, in order; one may come twice."""
    points = [_POINTS[character] for character in normal]
    return tuple(map(add, points, points[1:]))
