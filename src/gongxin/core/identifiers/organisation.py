"""Organisation code, GB 11714-1997: eight characters and a check character."""

from gongxin.core.identifiers import failures

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
VALUES = {character: value for value, character in enumerate(_ALPHABET)}
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "0123456789X"

# Both pass the arithmetic and are typed to fill the box.
NEVER_ISSUED = frozenset({"000000000", "123456788"})


def check_character(first_eight: str) -> str:
    """Return the check character of eight characters 0-9, A-Z. Raises KeyError for any other."""
    total = sum(VALUES[character] * weight for character, weight in zip(first_eight, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[-total % 11]


def reason(code: str) -> str | None:
    """Return why `code` (nine characters, no hyphen) is not an organisation code, or None if it is one."""
    if len(code) != 9:
        return failures.LENGTH
    if not VALUES.keys() >= set(code[:8]) or code[8] not in CHECK_CHARACTERS:
        return failures.CHARSET
    if code in NEVER_ISSUED:
        return failures.NEVER_ISSUED
    return None if check_character(code[:8]) == code[8] else failures.CHECK


def is_valid(code: str) -> bool:
    return reason(code) is None
