"""What a statutory list is, and the questions procedures ask of one. Source: law-decisions 9, 12, 14."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongxin.core.catalogue import Citation, Label
from gongxin.core.lists.instruments import (
    Begins,
    DatedCitation,
    Ground,
    Instrument,
    NoInstrument,
)
from gongxin.core.periods import Period
from gongxin.core.terms import ceiling_years
from gongxin.core.unconfirmed import is_sure


class Effect(StrEnum):
    """What being on a list does."""

    ADVERSE = "adverse"
    HONOUR = "honour"


class Procedure(StrEnum):
    """A step on the way to a listing."""

    PRIOR_NOTICE = "prior-notice"
    HEARING = "hearing"
    PUBLIC_NOTICE = "public-notice"
    DECISION = "decision"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of authority that may list, known by words of its name."""

    label: Label
    words: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Step:
    """One step before a listing; `working_days` is how long the subject, or the public, has."""

    procedure: Procedure
    label: Label
    working_days: int | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class NamesOfficer:
    """Whether the list's law orders responsible officers to be named, and where (R5)."""

    named: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """The list that follows on this one where its cause is not put right in time."""

    list_id: str
    ground: str
    after: Period
    citation: Citation


@dataclass(frozen=True, slots=True)
class GroundBy:
    """The field in which a record of the list's class says its ground, and what it writes for each."""

    field: str
    words: Mapping[str, str]  # as the record writes it -> key of the ground
    citation: Citation

    def ground_in(self, fields: Mapping[str, str]) -> str | None:
        """Return the ground a record is of; None where it says none, an unknown word as it stands."""
        written = fields.get(self.field, "")
        return self.words.get(written, written) or None


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """The day a list published once a year counts as decided on."""

    month: int
    day: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class StatutoryList:
    """One list as law: see `law/lists/`. Its instruments are in the order of their days."""

    id: str
    label: Label
    effect: Effect
    class_id: str
    bodies: tuple[Body, ...]
    steps: tuple[Step, ...]
    published: tuple[str, ...]  # keys of fields of the class
    names_officer: NamesOfficer
    exit: Label
    remedy: Label
    complete_within_days: int
    instruments: tuple[Instrument, ...]
    leads_to: LeadsTo | None = None
    yearly: YearlyDay | None = None
    ground_by: GroundBy | None = None

    @property
    def basis(self) -> tuple[DatedCitation, ...]:
        return tuple(one.basis for one in self.instruments)

    @property
    def adverse(self) -> bool:
        return self.effect is Effect.ADVERSE

    def names_its_officer(self, confirmed: Collection[str]) -> bool:
        """Return whether the list's law, read in full, orders responsible officers to be named (R5)."""
        return self.names_officer.named and is_sure(self.names_officer.citation, confirmed)

    def instrument_on(self, day: date) -> Instrument | None:
        """Return the instrument in force on a day, None where there was none."""
        return next((one for one in self.instruments if one.basis.in_force_on(day)), None)

    def basis_on(self, day: date) -> DatedCitation | None:
        found = self.instrument_on(day)
        return found.basis if found else None

    def grounds_on(self, day: date) -> Sequence[Ground]:
        """Return the grounds of the instrument in force on a day; none where there was no instrument."""
        found = self.instrument_on(day)
        return found.grounds if found else ()

    def accepts(self, ground: str, *, on: date, confirmed: Collection[str]) -> bool:
        """Return whether somebody may be listed on this ground on a day: it stands, and it was read."""
        return not self.is_inert(on, confirmed) and any(
            one.key == ground and (not self.adverse or is_sure(one.citation, confirmed))
            for one in self.grounds_on(on)
        )

    def is_competent(self, body_name: str) -> bool:
        """Return whether a body may list, by its name [P]."""
        return any(word in body_name for body in self.bodies for word in body.words)

    def ends_on(
        self, decided_on: date, *, ground: str | None = None, stated_until: date | None = None
    ) -> date:
        """Return the first day on which a listing decided on a day is over.

        By the instrument in force on that day. `stated_until` is the end the decision itself states: it may
        shorten, never lengthen. What is adverse ends with the ceiling (Henan regulation art 19).
        Raises NoInstrument, UnknownGround.
        """
        term = self._decided_under(decided_on).term_of(ground)
        ends = [stated_until, term.period.after(decided_on) if term.period else None]
        if self.adverse:
            ends.append(Period(years=ceiling_years()).after(decided_on))
        return min(end for end in ends if end is not None)

    def may_leave_from(self, decided_on: date, *, corrected_on: date | None = None) -> date | None:
        """Return the day from which a subject may ask to leave early.

        None where the instrument has no early exit, or counts from a correction that has not been made.
        Raises NoInstrument.
        """
        early = self._decided_under(decided_on).early_exit
        begins = corrected_on if early and early.begins is Begins.CORRECTION else decided_on
        return early.after.after(begins) if early and begins else None

    def conditions_of_leaving(self, decided_on: date) -> Sequence[Label]:
        """Return what has to be shown to leave early. Raises NoInstrument."""
        early = self._decided_under(decided_on).early_exit
        return early.conditions if early else ()

    def leads_from(self, decided_on: date) -> date | None:
        """Return the day from which the list that follows may be proposed, None where none follows."""
        return self.leads_to.after.after(decided_on) if self.leads_to else None

    def decided_on_of(self, year: int) -> date | None:
        """Return the day the listings of a year assessed count as decided on, for a yearly list only."""
        return date(year + 1, self.yearly.month, self.yearly.day) if self.yearly else None

    def is_inert(self, on: date, confirmed: Collection[str]) -> bool:
        """Return whether nobody may be listed, and no listing used, on a day.

        So is a list without an instrument in force, and an adverse one whose basis or term of that day nobody
        has read in full. An honour burdens nobody: it is told as unconfirmed and can be used.
        """
        if self.instrument_on(on) is None:
            return True
        return self.adverse and bool(self.unconfirmed_on(on, confirmed))

    def unconfirmed_on(self, on: date, confirmed: Collection[str]) -> Sequence[Citation]:
        """Return the sources that have to be confirmed before the list of that day is sure."""
        found = self.instrument_on(on)
        return [one for one in found.doubtful() if not is_sure(one, confirmed)] if found else []

    def _decided_under(self, decided_on: date) -> Instrument:
        found = self.instrument_on(decided_on)
        if found is None:
            raise NoInstrument(self.id, decided_on)
        return found
