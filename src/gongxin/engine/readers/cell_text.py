"""A typed cell as the text a person would write."""

from datetime import datetime
from decimal import Decimal
from typing import Any

# A number in a workbook keeps fifteen digits; from here on a code typed as a number has lost its end.
FIRST_INEXACT = 10**15


def cell_text(value: Any) -> str | None:
    """Return a cell as text: dates ISO, whole numbers without a point, never an exponent; None if empty."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Fifteen digits are what the sender sees; the binary tail of 0.1 + 0.2 is not.
        return format(Decimal(f"{value:.15g}"), "f")
    # Python writes dates and times as ISO does, with a space between them.
    return str(value.replace(microsecond=0) if isinstance(value, datetime) else value)
