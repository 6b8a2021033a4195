"""What identifiers say of two that may be one, beside their names.

Two valid codes that differ block, at any score. Agreement raises a score, and disagreement lowers it; by
themselves neither links: only a checked identifier that both bear may, and the name then only warns
(design §1.7).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from gongxin.core.catalogue import Label
from gongxin.core.identifiers import organisation, registration, taxpayer, unified
from gongxin.core.names.likeness import DIFFERENT_BELOW, SAME_FROM, Likeness, Verdict
from gongxin.core.names.normal_form import normalise_name


class Identifiers(NamedTuple):
    """What is known of one beside its name, in normal form; empty where it is not. Only valid codes count."""

    unified: str = ""
    organisation: str = ""
    registration: str = ""
    taxpayer: str = ""
    region: str = ""  # six digits
    address: str = ""


class Corroboration(NamedTuple):
    """What one identifier says: `code` is same, inside, lies-in, conflicting or another."""

    identifier: str
    code: str

    @property
    def blocks(self) -> bool:
        """Return whether this says that two codes, both valid, name two organisations."""
        return self.code == "conflicting"

    @property
    def identifies(self) -> bool:
        """Return whether both bear one identifier that has a check of its own."""
        return self.identifier in _CHECKED and self.code in {"same", "inside"}

    @property
    def agrees(self) -> bool:
        """Return whether this speaks for one organisation."""
        return self.code in {"same", "inside", "lies-in"}

    @property
    def words(self) -> Label:
        """Return in words which identifier says what."""
        identifier, said = _IDENTIFIERS[self.identifier], self.said
        return Label(f"{identifier.zh}：{said.zh}", f"{identifier.en}: {said.en}")

    @property
    def said(self) -> Label:
        """Return in words what is said, without the identifier."""
        return _SAID[self.code]


_CHECKED = frozenset(("unified", "organisation", "registration"))
_IDENTIFIERS = {
    "unified": Label("统一社会信用代码", "unified code"),
    "organisation": Label("组织机构代码", "organisation code"),
    "registration": Label("工商注册号", "registration number"),
    "region": Label("行政区划", "region"),
    "address": Label("住所", "address"),
}
_SAID = {
    "same": Label("相同", "the same"),
    "inside": Label("与统一代码或纳税人识别号中的一致", "that inside a unified code or taxpayer number"),
    "lies-in": Label("一地在另一地之内", "one lies in the other"),
    "conflicting": Label("均有效而不同，是两个组织", "both valid and different: two organisations"),
    "another": Label("不同", "another"),
}
# The share by which each closes the distance to 1, or of the score that it leaves.
_RAISES = {
    ("unified", "same"): 1.0, ("organisation", "same"): 0.9, ("organisation", "inside"): 0.9,
    ("registration", "same"): 0.9, ("address", "same"): 0.3,
    ("region", "same"): 0.1, ("region", "lies-in"): 0.05,
}  # fmt: skip
_LEAVES = {("registration", "another"): 0.7, ("region", "another"): 0.9}


def corroborate(one: Identifiers, other: Identifiers) -> tuple[Corroboration, ...]:
    """Return what the identifiers of two say; what either lacks, or what is not valid, says nothing."""
    return tuple(_said(one, other))


def _said(one: Identifiers, other: Identifiers) -> Iterator[Corroboration]:
    yield from _of_codes(one, other)
    numbers = (one.registration, other.registration)
    if all(map(registration.is_valid, numbers)):
        yield Corroboration("registration", "same" if numbers[0] == numbers[1] else "another")
    if one.region and other.region:
        yield Corroboration("region", _of_regions(one.region, other.region))
    if one.address and normalise_name(one.address) == normalise_name(other.address):
        yield Corroboration("address", "same")


def _of_codes(one: Identifiers, other: Identifiers) -> Iterator[Corroboration]:
    """Say what the codes say. Where both bear a unified code it decides, whatever stands beside it."""
    if unified.is_valid(one.unified) and unified.is_valid(other.unified):
        yield Corroboration("unified", "same" if one.unified == other.unified else "conflicting")
        return
    first, second = _organisation(one), _organisation(other)
    if first and second:
        alike = "same" if one.organisation == other.organisation == first else "inside"
        yield Corroboration("organisation", alike if first == second else "conflicting")


def _organisation(known: Identifiers) -> str:
    """Return one's organisation code: that inside its unified code, its own, or its taxpayer number's."""
    own = known.organisation if organisation.is_valid(known.organisation) else ""
    return taxpayer.organisation_part(known.unified) or own or taxpayer.organisation_part(known.taxpayer)


def _of_regions(first: str, second: str) -> str:
    outer, inner = sorted((_without_zeros(first), _without_zeros(second)), key=len)
    if outer == inner:
        return "same"
    return "lies-in" if inner.startswith(outer) else "another"


def _without_zeros(region: str) -> str:
    """Return the digits of a region that say something: 410100 is 41 01."""
    return region.removesuffix("00").removesuffix("00")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What name and identifiers say together. It ranks, and is laid before a person."""

    score: float
    verdict: Verdict
    likeness: Likeness
    corroborations: tuple[Corroboration, ...]

    @property
    def blocked(self) -> bool:
        """Return whether two valid codes say that these are two, whatever the names."""
        return any(one.blocks for one in self.corroborations)

    @property
    def identified(self) -> bool:
        """Return whether both bear one checked identifier, and nothing blocks."""
        return not self.blocked and any(one.identifies for one in self.corroborations)


def assess(likeness: Likeness, corroborations: tuple[Corroboration, ...]) -> Assessment:
    """Return what a likeness of names and what identifiers say come to."""
    found = Assessment(likeness.score, likeness.verdict, likeness, corroborations)
    if found.blocked:
        return replace(found, score=0.0, verdict="different")
    if found.identified:
        return replace(found, score=_scored(likeness.score, corroborations), verdict="same")
    if likeness.verdict == "different":
        return found  # no region and no address makes one of two names
    score = max(_scored(likeness.score, corroborations), DIFFERENT_BELOW)
    return replace(found, score=score, verdict="same" if score >= SAME_FROM else "possibly")


def _scored(score: float, corroborations: tuple[Corroboration, ...]) -> float:
    for one in corroborations:
        said = (one.identifier, one.code)
        score = score * _LEAVES.get(said, 1.0)
        score += (1 - score) * _RAISES.get(said, 0.0)
    return round(score, 3)
