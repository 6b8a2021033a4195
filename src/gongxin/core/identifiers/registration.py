"""Registration number of market entities, GS 15-2006: 15 digits, ISO 7064 MOD 11,10."""

from gongxin.core.identifiers import failures


def check_digit(first14: str) -> str:
    """Return the check digit of 14 digits. Raises ValueError for anything else."""
    product = 10
    for digit in first14:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def reason(code: str) -> str | None:
    """Return why `code` is not a registration number, or None if it is one."""
    if not (code.isascii() and code.isdecimal()):
        return failures.CHARSET if len(code) == 15 else failures.LENGTH
    if len(code) == 13:
        return failures.OLD_NUMBER
    if len(code) != 15:
        return failures.LENGTH
    return None if check_digit(code[:14]) == code[14] else failures.CHECK


def is_valid(code: str) -> bool:
    return reason(code) is None
