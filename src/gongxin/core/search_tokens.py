"""What the name index holds: each pair of neighbouring characters, in hexadecimal.

Pairs, because Chinese queries are short; hexadecimal, so that no database's own idea of a word
splits or folds them.
"""

from itertools import pairwise


def search_tokens(normal: str) -> tuple[str, ...]:
    """Return the tokens of a name in normal form, each once."""
    return tuple(dict.fromkeys(f"{ord(first):x}{ord(second):x}" for first, second in pairwise(normal)))
