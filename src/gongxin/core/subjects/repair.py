"""Proposes what a damaged unified code may have been: a proposal for a person, never a link.

A slip changes one character. What is proposed differs in one, passes the check of the unified code and the
check of the organisation code inside it, and is borne under a name that is not another's (design §1.7).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongxin.core.catalogue import Label
from gongxin.core.identifiers import unified
from gongxin.core.names.likeness import Likeness, likeness_of_names

# Characters that hands and scanners take for each other; I, O, Z, S and V stand in no sound unified code.
_ALIKE = ("0OQD", "1IL7", "2Z", "5S", "6G", "8B", "UV")
_MISTAKEN_FOR = {one: frozenset(group) - {one} for group in _ALIKE for one in group}


class Repair(NamedTuple):
    """One character put right: at `position`, counted from 1, `was` becomes `becomes`."""

    code: str
    position: int
    was: str
    becomes: str

    @property
    def is_known_slip(self) -> bool:
        """Return whether the two characters are often taken for each other."""
        return self.becomes in _MISTAKEN_FOR.get(self.was, ())

    @property
    def words(self) -> Label:
        """Return in words what was put right, and why it may be right."""
        slip = Label("，二者易混淆", ", which are easily confused") if self.is_known_slip else Label("", "")
        return Label(
            f"第{self.position}位由“{self.was}”改为“{self.becomes}”后，统一代码与其中组织机构代码的校验均通过{slip.zh}",
            f"with character {self.position} changed from “{self.was}” to “{self.becomes}”, the checks of the"
            f" unified code and of the organisation code inside it both pass{slip.en}",
        )


class Proposal(NamedTuple):
    """A repair whose code is borne under `name`, and how alike that is to the name given."""

    repair: Repair
    name: str
    likeness: Likeness


def repairs(code: str) -> tuple[Repair, ...]:
    """Return every repair of `code`, in its normal form: known slips first, then as they stand in the code.

    None if the code passes its check, is a placeholder, or more than one character is damaged.
    """
    if len(code) != unified.LENGTH or unified.is_valid(code) or unified.is_placeholder(code):
        return ()
    return tuple(sorted(_repairs(code), key=lambda one: (not one.is_known_slip, one.position)))


def _repairs(code: str) -> Iterator[Repair]:
    strange = [at for at, character in enumerate(code) if character not in unified.VALUES]
    if len(strange) > 1:
        return
    for at in strange or range(unified.LENGTH):
        becomes = _what_passes(code, at)
        repaired = code[:at] + becomes + code[at + 1 :]
        if unified.is_valid(repaired) and unified.organisation_part_is_valid(repaired):
            yield Repair(repaired, at + 1, code[at], becomes)


def _what_passes(code: str, at: int) -> str:
    """Return the one character with which the check of the unified code passes: 31 is a prime."""
    weights = (*unified.WEIGHTS, 1)
    others = sum(
        unified.VALUES[character] * weight
        for place, (character, weight) in enumerate(zip(code, weights, strict=True))
        if place != at
    )
    return unified.CHARSET[-others * pow(weights[at], -1, 31) % 31]


def agreeing(
    found: Sequence[Repair], *, name: str, borne: Mapping[str, Sequence[str]]
) -> tuple[Proposal, ...]:
    """Return those repairs whose code is `borne` under a name that may be `name`; former names count.

    `borne` holds the names of whoever bears a code; a code that nobody bears proposes nothing.
    """
    return tuple(
        Proposal(repair, best[0], best[1])
        for repair in found
        if (best := _most_alike(name, borne.get(repair.code, ()))) and best[1].verdict != "different"
    )


def _most_alike(name: str, others: Sequence[str]) -> tuple[str, Likeness] | None:
    compared = [(other, likeness_of_names(name, other)) for other in others]
    return max(compared, key=lambda one: one[1].score, default=None)
