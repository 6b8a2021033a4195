"""How alike two organisations' names are, part by part, and why.

A name alone never links a record (rights line, design §1.7): what is said here ranks candidates and is laid
before a person. One part that says another organisation decides, however alike the rest is: one character
of the brand, another city, another trade, a branch beside its parent.
"""

from dataclasses import dataclass
from math import prod
from typing import Literal

from gongxin.core.names import part_by_part
from gongxin.core.names.parts import NameParts, parse_name
from gongxin.core.names.read_alike import read_alike
from gongxin.core.names.reasons import SAME_NAME, PartLikeness
from gongxin.core.names.remarks import names_nobody
from gongxin.core.names.short_names import by_length, short_for, unit_of

Verdict = Literal["same", "possibly", "different"]
SAME_FROM = 0.93
DIFFERENT_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are."""

    score: float
    verdict: Verdict
    reasons: tuple[PartLikeness, ...]

    @property
    def related(self) -> bool:
        """Return whether one is a branch of the other, or both of one organisation."""
        return any(reason.code in {"branch-of-it", "other-branch"} for reason in self.reasons)


def likeness_of_names(name: str, other: str) -> Likeness:
    """Return how alike two names are, as they are written."""
    return likeness(parse_name(name), parse_name(other))


def likeness(one: NameParts, other: NameParts) -> Likeness:
    """Return how alike two parsed names are; which of them comes first makes no difference."""
    if not one.normalised or not other.normalised:
        return Likeness(0.0, "different", (PartLikeness("name", 0.0, "no-name"),))
    if names_nobody(one) or names_nobody(other):
        return Likeness(0.0, "different", (PartLikeness("name", 0.0, "names-nobody"),))
    if one.normalised == other.normalised:
        return _SAME
    read = read_alike(one, other)
    reasons = (
        *read.slips,
        *(_by_parts if read.one.brand == read.other.brand else _by_brand)(read.one, read.other),
    )
    lowest = min(reason.score for reason in reasons)
    if lowest < DIFFERENT_BELOW:
        return Likeness(lowest, "different", reasons)
    score = round(max(prod(reason.score for reason in reasons), DIFFERENT_BELOW), 3)
    return Likeness(score, "same" if score >= SAME_FROM else "possibly", reasons)


_SAME = Likeness(1.0, "same", (SAME_NAME,))


def _by_parts(one: NameParts, other: NameParts) -> tuple[PartLikeness, ...]:
    brand = PartLikeness("brand", 1.0, "same") if one.brand else PartLikeness("brand", 0.98, "none")
    return (
        brand,
        part_by_part.regions(one, other),
        part_by_part.trades(one, other),
        part_by_part.forms(one, other),
        part_by_part.branches(one, other),
    )


def _by_brand(one: NameParts, other: NameParts) -> tuple[PartLikeness, ...]:
    """Return what two names with other brands say: one may be short for the other."""
    short, full = by_length(one, other)
    if unit_of(short, full):
        return (PartLikeness("branch", 0.3, "branch-of-it"),)
    kind = short_for(short, full)
    if kind is not None:
        region = part_by_part.regions(one, other) if short.region_codes else _NO_REGION
        return (kind, region, part_by_part.branches(one, other))
    return (
        part_by_part.other_brands(one.brand, other.brand),
        part_by_part.regions(one, other),
        part_by_part.trades(one, other),
        part_by_part.branches(one, other),
    )


_NO_REGION = PartLikeness("region", 1.0, "left-out")
