"""What the name index holds: each pair of neighbouring characters, in hexadecimal.

Pairs, because Chinese queries are short; hexadecimal, so that no database's own idea of a word
splits or folds them.
"""


def search_tokens(normal: str) -> tuple[str, ...]:
    """Return the tokens of a name in normal form, each once."""
    points = [f"{ord(character):x}" for character in normal]
    return tuple(dict.fromkeys(map(str.__add__, points, points[1:])))
