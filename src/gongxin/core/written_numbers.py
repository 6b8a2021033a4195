"""A number as offices write it, read as plain decimal text."""

import re
import unicodedata
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?(?:(?:\d{1,30}|\d{1,3}(?:,\d{3}){1,9})(?:\.\d{1,30})?|\.\d{1,30})")
_SPREADSHEET = re.compile(r"[+-]?\d(?:\.\d{1,20})?[Ee][+-]?\d{1,2}")  # 1E-05, as a workbook shows it


def normal_number(text: str) -> str | None:
    """Return `text` as plain decimal text without needless zeros, or None if it is no number.

    Thousands separators and full-width digits are read. A unit (万元, 元, %) is not: whether the
    sum was already converted to the column's own unit is for the sender to say.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not (_PLAIN.fullmatch(plain) or _SPREADSHEET.fullmatch(plain)):
        return None
    value = Decimal(plain.replace(",", ""))
    if not value:
        return "0"
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
