"""Does what stands in an identifier's column identify an organisation? Weaker than the rules of the column.

It decides only whether a row under a person-like name is about a person (law-decisions R1), so an old number
without a check digit will do, and a filler, a few digits or a passport's number will not.
"""

from collections.abc import Callable, Mapping

import polars as pl

from gongxin.core.derived_rules import PLACEHOLDER
from gongxin.engine.identifiers import organisation_valid, registration_valid, unified_valid

_BETWEEN_GROUPS = r"[\s\-]+"
_NOTHING_BUT_ZEROS = "^0*$"
_OLD_REGISTRATION = "^(?:[0-9]{13}|[0-9]{15})$"
_TAX = "^[0-9A-Z]{15,20}$"
_FIFTEEN_DIGITS = "^(?:[A-Z]*[0-9]){15}"
_REGION = "^[0-9]{6}[0-9A-Z]{9}$"
_CERTIFICATE = "^.{6,}$"
_PASSPORT = "^[A-Z]{1,2}[0-9]{7,10}$"


def identifies(role: str, values: pl.Expr) -> pl.Expr:
    """Return where `values`, a column of the role `role`, identify an organisation; never null."""
    codes = values.str.replace_all(_BETWEEN_GROUPS, "").str.to_uppercase()
    written = (codes != PLACEHOLDER) & ~codes.str.contains(_NOTHING_BUT_ZEROS)
    return (written & _PLAUSIBLE[role](codes)).fill_null(value=False)


def _registration(codes: pl.Expr) -> pl.Expr:
    return registration_valid(codes) | codes.str.contains(_OLD_REGISTRATION) | unified_valid(codes)


def _tax(codes: pl.Expr) -> pl.Expr:
    """A unified code, a region and an organisation code, or digits enough for an older number."""
    of_a_region = codes.str.contains(_REGION) & organisation_valid(codes.str.slice(6))
    numeric = codes.str.contains(_TAX) & codes.str.contains(_FIFTEEN_DIGITS)
    return unified_valid(codes) | of_a_region | numeric


def _certificate(codes: pl.Expr) -> pl.Expr:
    return codes.str.contains(_CERTIFICATE) & codes.str.contains("[0-9]") & ~codes.str.contains(_PASSPORT)


_PLAUSIBLE: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "unified_code": unified_valid,
    "organisation_code": organisation_valid,
    "registration_number": _registration,
    "tax_number": _tax,
    "taxpayer_number": _tax,
    "institution_number": _certificate,
    "social_number": _certificate,
}
