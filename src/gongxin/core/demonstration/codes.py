"""Valid codes of organisations that do not exist: the region inside them is of no place."""

from gongxin.core.identifiers import organisation, registration, unified

_SPACE = 31**6
_STRIDE = 373_587_883  # coprime to 31, so that neighbouring numbers look unlike and none comes twice


def unified_code(*, kind: str, region: str, number: int) -> str:
    """Return the unified code of organisation `number`; `kind` is its department and type, as "91"."""
    first17 = kind + region + _organisation_code(number)
    return first17 + unified.check_character(first17)


def registration_number(*, region: str, number: int) -> str:
    """Return the registration number of market entity `number`."""
    first14 = f"{region}{number % 10**8:08}"
    return first14 + registration.check_digit(first14)


def _organisation_code(number: int) -> str:
    rest, body = number * _STRIDE % _SPACE, ""
    for _ in range(6):
        rest, digit = divmod(rest, 31)
        body = unified.CHARSET[digit] + body
    return f"MA{body}" + organisation.check_character(f"MA{body}")
