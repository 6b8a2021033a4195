"""From grounds and rules to a verdict. The same facts give the same answer, one by one and in bulk.

Source: law-decisions 9 to 13; Henan regulation art 30, 32, 34.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from gongxin.core.checks.verdicts import Verdict
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.lists import StatutoryList, statutory_lists
from gongxin.core.measures import Effect, MeasureRule, all_rules, list_trigger


@dataclass(frozen=True, slots=True)
class Ground:
    """A record on which, on the day asked about, a measure may be founded; and what it triggers."""

    trigger: str
    subject_id: UUID
    record_id: UUID
    class_id: str
    document_number: str
    decided_on: date | None
    deciding_body: str
    undecided: bool = False  # whether it is about this organisation waits for a person: it founds nothing

    def without_content(self) -> "Ground":
        """Return what may be told of a ground that has ended since: that there was one, and its id."""
        return replace(self, document_number="", decided_on=None, deciding_body="")


@dataclass(frozen=True, slots=True)
class ListAsked:
    """One list that was asked, and up to which day it was complete. An inert one is asked and not used."""

    list: StatutoryList
    complete_on: date | None
    inert: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Applying:
    """A measure that may be taken, or a benefit that is due, by a rule of the law and because of a record."""

    rule: MeasureRule
    ground: Ground


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A verdict and what founds it; `undecided` where what waits for a person leaves nobody able to tell."""

    verdict: Verdict
    applying: tuple[Applying, ...]
    undecided: bool = False


# What an answer says is of the day it was given: every end and beginning of the law falls on a midnight.
def valid_until(at: datetime) -> datetime:
    """Return until when an answer given at `at` holds, if nothing changes: the end of its legal day [P]."""
    return day_begins(legal_day(at) + timedelta(days=1))


@lru_cache(maxsize=64)
def lists_of(matter: str) -> tuple[str, ...]:
    """Return the ids of the lists that a question on a matter asks, used or not."""
    triggers = {one.trigger for one in all_rules() if one.matter == matter}
    return tuple(one for one in statutory_lists() if list_trigger(one) in triggers)


def lists_asked(
    matter: str, *, on: date, confirmed: Collection[str], complete: Mapping[str, date]
) -> tuple[ListAsked, ...]:
    """Return the lists a question on a matter asks, `complete` saying up to which day each class came in."""
    asked = (statutory_lists()[one] for one in lists_of(matter))
    return tuple(_asked(one, on, confirmed, complete.get(one.class_id)) for one in asked)


def _asked(one: StatutoryList, on: date, confirmed: Collection[str], complete_on: date | None) -> ListAsked:
    stale = complete_on is None or on - complete_on > timedelta(days=one.complete_within_days)
    return ListAsked(one, complete_on, inert=one.is_inert(on, confirmed), stale=stale)


def reckon(
    grounds: Sequence[Ground], *, rules: Sequence[MeasureRule], asked: Sequence[ListAsked]
) -> Reckoned:
    """Return the verdict and what founds it.

    What restricts goes before what is required. Without either, an adverse list that is not complete, or a
    listing that waits for a person, leaves nobody able to tell; only then is there a benefit, or nothing.
    """
    by_trigger: dict[str, list[Ground]] = {}
    for ground in grounds:
        by_trigger.setdefault(ground.trigger, []).append(ground)
    found = [Applying(rule, ground) for rule in rules for ground in by_trigger.get(rule.trigger, ())]
    applying = [one for one in found if not one.ground.undecided]
    undecided = any(one.ground.undecided and one.rule.measure.effect in _BURDENS for one in found)
    verdict = _verdict({one.rule.measure.effect for one in applying}, asked, undecided)
    named = _NAMED[verdict]
    return Reckoned(
        verdict, tuple(one for one in applying if one.rule.measure.effect in named),
        undecided=undecided and verdict is Verdict.CANNOT_TELL,
    )  # fmt: skip


_BURDENS = {Effect.RESTRICT, Effect.REQUIRE}
_NAMED = {
    Verdict.RESTRICT: _BURDENS,
    Verdict.REQUIRE: {Effect.REQUIRE},
    Verdict.BENEFIT: {Effect.BENEFIT},
    Verdict.CANNOT_TELL: set(),
    Verdict.ALLOW: set(),
}


def _verdict(effects: Collection[Effect], asked: Sequence[ListAsked], undecided: bool) -> Verdict:
    if Effect.RESTRICT in effects:
        return Verdict.RESTRICT
    if Effect.REQUIRE in effects:
        return Verdict.REQUIRE
    if undecided or any(one.stale and one.list.adverse and not one.inert for one in asked):
        return Verdict.CANNOT_TELL
    return Verdict.BENEFIT if Effect.BENEFIT in effects else Verdict.ALLOW
