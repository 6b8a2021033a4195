"""A column in ten thousand yuan (万元) is often filled in yuan. Suspected, never corrected."""

import re
from decimal import Decimal

_WAN = Decimal(10_000)
# Ten million yuan, as a whole number of 万元: rarer as a fine than the slip.
_IMPROBABLE_WAN = Decimal(1_000)
_WRITTEN = re.compile(r"(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万|萬|亿)?\s*元")


def looks_like_yuan(amount_wan: Decimal, *, content: str = "") -> bool:
    """Return whether an amount sent as 万元 seems to be in yuan.

    `content` is the text of the decision: an amount it names settles the question either way; without one
    only a whole number of a thousand 万元 or more is suspected.
    """
    named = amounts_in_yuan(content)
    if amount_wan * _WAN in named:
        return False
    if amount_wan in named and amount_wan > 0:
        return True
    return not named and amount_wan >= _IMPROBABLE_WAN and amount_wan == amount_wan.to_integral_value()


def amounts_in_yuan(text: str) -> frozenset[Decimal]:
    """Return every amount of money written in figures in `text`, in yuan."""
    return frozenset(_in_yuan(match) for match in _WRITTEN.finditer(text))


def _in_yuan(match: re.Match[str]) -> Decimal:
    unit = {"亿": Decimal(100_000_000), "万": _WAN, "萬": _WAN}.get(match[2] or "", Decimal(1))
    return Decimal(re.sub("[,，]", "", match[1])) * unit
