"""One instrument a list rests on while it is in force: its grounds, its term, its early exit.

A listing is governed by the instrument in force on the day of its decision; whether a list may be used on a
day, by the one in force on that day. Source: law-decisions 12, `law/lists/`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongxin.core.catalogue import Citation, Label
from gongxin.core.periods import Period
from gongxin.core.unconfirmed import SURE


class NoInstrument(LookupError):
    """No instrument of the list was in force on this day: nobody could be listed."""

    def __init__(self, list_id: str, on: date) -> None:
        super().__init__(f"{list_id}: {on.isoformat()}")
        self.list_id = list_id
        self.on = on


class UnknownGround(LookupError):
    """The instrument in force on that day has no such ground."""


class Begins(StrEnum):
    """What the time before an early exit is counted from."""

    DECISION = "decided"
    CORRECTION = "corrected"


@dataclass(frozen=True, slots=True)
class DatedCitation:
    """An instrument with the days it is in force: from `from_on` until the day before `until_on`."""

    citation: Citation
    from_on: date
    until_on: date | None

    def in_force_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True, slots=True)
class Term:
    """How long a listing lasts. `period` is the most; None is until it is removed, within the ceiling.

    `least` is there where the deciding body sets the term within limits. `protects` marks a value that ends
    a listing sooner than what was read in full: it applies although it was not (law-decisions, head).
    """

    period: Period | None
    citation: Citation
    least: Period | None = None
    protects: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a subject may be listed. `term` is there where the ground has one of its own."""

    key: str
    label: Label
    citation: Citation
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class EarlyExit:
    """From when a subject may ask to leave before the end, and what it has to show."""

    after: Period
    begins: Begins
    conditions: tuple[Label, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Instrument:
    """What one instrument says of a list while it is in force."""

    id: str
    basis: DatedCitation
    grounds: tuple[Ground, ...]
    term: Term
    early_exit: EarlyExit | None

    def ground(self, key: str) -> Ground:
        """Return the ground called `key`. Raises UnknownGround."""
        for found in self.grounds:
            if found.key == key:
                return found
        raise UnknownGround(f"{self.id}: {key}")

    def term_of(self, ground: str | None) -> Term:
        """Return the term of a listing on a ground, or the list's own. Raises UnknownGround."""
        return self.term if ground is None else self.ground(ground).term or self.term

    def doubtful(self) -> Sequence[Citation]:
        """Return what the list rests on here that was not read in full: its basis and its term."""
        rests_on = [self.basis.citation, *([] if self.term.protects else [self.term.citation])]
        return [one for one in rests_on if one.confidence not in SURE]
