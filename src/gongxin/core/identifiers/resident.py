"""Resident identity number, GB 11643-1999. Known here to be refused and masked, never to identify."""

from datetime import date

from gongxin.core.identifiers import failures

WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))
CHECK_CHARACTERS = "10X98765432"

# GB/T 2260 provinces; 83 is given to residents from Taiwan.
_PROVINCES = "1112131415212223313233343536374142434445465051525354616263646571818283"
PROVINCES = frozenset(_PROVINCES[at : at + 2] for at in range(0, len(_PROVINCES), 2))
EARLIEST_YEAR, LATEST_YEAR = 1800, 2099  # the standard's own example was born in 1880


def check_character(first17: str) -> str:
    """Return the check character of 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def reason(code: str) -> str | None:
    """Return why `code` is not an 18-character resident number, or None if it is one."""
    if len(code) != 18:
        return failures.LENGTH
    if not has_shape(code):
        return failures.CHARSET
    if code[:2] not in PROVINCES:
        return failures.REGION
    if not has_birth_date(code):
        return failures.DATE
    return None if check_character(code[:17]) == code[17] else failures.CHECK


def is_valid(code: str) -> bool:
    return reason(code) is None


def has_shape(code: str) -> bool:
    """Return whether `code` is 17 digits and a digit or X."""
    digits = code[:17] if code.endswith("X") else code
    return len(code) == 18 and digits.isascii() and digits.isdecimal()


def has_birth_date(code: str) -> bool:
    """Return whether positions 7 to 14 of a code of the right shape are a day that existed."""
    return EARLIEST_YEAR <= int(code[6:10]) <= LATEST_YEAR and _is_day(code[6:14])


def is_old_number(code: str) -> bool:
    """Return whether `code` reads as a 15-digit number of before 1999. It carries no check digit."""
    return (
        len(code) == 15
        and code.isascii()
        and code.isdecimal()
        and code[:2] in PROVINCES
        and _is_day("19" + code[6:12])
    )


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
