"""What a matter, a measure and a rule are. A rule joins a measure, what triggers it and a matter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongxin.core.catalogue import Citation, Label
from gongxin.core.unconfirmed import is_sure

BROKEN_COMMITMENT = "commitment:broken"
GRAVE_LATE_PAYMENT = "late-payment:grave"  # of a public body, found dishonest and grave


def list_trigger(list_id: str) -> str:
    """Return the trigger of a listing in force on a list."""
    return f"list:{list_id}"


def penalty_trigger(sector: str) -> str:
    """Return the trigger of usable penalties, general or serious, decided by bodies of a sector."""
    return f"penalty:{sector}"


class Effect(StrEnum):
    """What a measure does to the matter."""

    BENEFIT = "benefit"
    REQUIRE = "require"  # the matter goes on, under this condition
    RESTRICT = "restrict"
    OWN_DECISION = "own-decision"  # the user's own, on the market: never in a verdict
    ELSEWHERE = (
        "elsewhere"  # a court, a registry or a superior carries it out: never in a verdict, never here
    )


IN_A_VERDICT = frozenset({Effect.BENEFIT, Effect.REQUIRE, Effect.RESTRICT})


class WhyInert(StrEnum):
    """Why a rule does nothing on a day."""

    NOT_YET = "not-yet"
    NO_LONGER = "no-longer"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Inert:
    """Why a rule does nothing; `source` is what an officer has to confirm with its text."""

    why: WhyInert
    source: str = ""


@dataclass(frozen=True, slots=True)
class NotServed:
    """Why a matter is not served here, and where to go."""

    why: Label
    instead: Label
    citation: Citation


@dataclass(frozen=True, slots=True)
class Matter:
    """One scene in which records are used; `not_served` is None for those that are answered."""

    id: str
    label: Label
    not_served: NotServed | None = None

    @property
    def served(self) -> bool:
        return self.not_served is None


@dataclass(frozen=True, slots=True)
class Sector:
    """Bodies of one kind, by what their names hold, and the matters their decisions are related to."""

    id: str
    label: Label
    named: tuple[str, ...]
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedTrigger:
    """What may found no measure, and by which rule."""

    id: str
    label: Label
    words: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the law. `heading` is the heading it stands under, itself for a heading.

    `basis` is its own law; `under` the article of the heading, where that is of another law.
    `shown_with`: the lists beside which one that is no part of a verdict is shown. `no_rows`: why a heading
    has no rule.
    """

    id: str
    heading: str
    label: Label
    effect: Effect
    basis: Citation
    shown_with: tuple[str, ...] = ()
    carried_out_by: Label | None = None
    no_rows: Label | None = None
    under: Citation | None = None


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """On `matter`, `measure` may follow on `trigger`, by its own law (`citation`) and `others`.

    In force from `in_force_from`, to the day before `in_force_until`. `public_body`: it is for public bodies
    as subjects and for nobody else.
    """

    measure: Measure
    trigger: str
    matter: str
    citation: Citation
    in_force_from: date
    in_force_until: date | None = None
    others: tuple[Citation, ...] = ()
    public_body: bool = False

    @property
    def id(self) -> str:
        return f"{self.measure.id}/{self.trigger}/{self.matter}"

    def active(self, on: date, confirmed: Collection[str]) -> bool:
        """Return whether the rule may be used on a day; `confirmed` are sources officers read since."""
        return self.why_inert(on, confirmed) is None

    def why_inert(self, on: date, confirmed: Collection[str]) -> Inert | None:
        """Return why the rule does nothing on a day. What burdens nobody waits for no confirmation."""
        if on < self.in_force_from:
            return Inert(WhyInert.NOT_YET)
        if self.in_force_until is not None and on >= self.in_force_until:
            return Inert(WhyInert.NO_LONGER)
        if self.measure.effect is Effect.BENEFIT:
            return None
        open_ones = (one.source for one in (self.citation, *self.others) if not is_sure(one, confirmed))
        source = next(open_ones, None)
        return None if source is None else Inert(WhyInert.UNCONFIRMED, source)
