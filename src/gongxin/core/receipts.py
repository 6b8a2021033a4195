"""Numbers and codes of receipts, by which someone without an account asks what became of something."""

# No digits, so that no gate takes a number for a person's; no I and O, which are read as digits.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
NUMBER_LETTERS, CODE_LETTERS, GROUP = 10, 20, 5


def letters_of(random: bytes, count: int) -> str:
    """Return `count` letters made of random bytes, of which there must be enough: eight bits a letter."""
    if len(random) < count:
        raise ValueError(f"{count} letters need as many random bytes")
    value, letters = int.from_bytes(random, "big"), []
    for _place in range(count):
        value, rest = divmod(value, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def in_groups(letters: str) -> str:
    """Return a number or a code as it is read aloud and typed: ABCDE-FGHJK."""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def as_typed(typed: str) -> str:
    """Return the letters of a number or a code as somebody typed it, in whatever case and grouping."""
    return "".join(sign for sign in typed.upper() if sign in LETTERS)
