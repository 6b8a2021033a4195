"""Complaints and tip-offs about organisations: what may happen to one, and within which time.

A tip-off is never about a person. What is about an official's conduct or a person's private life is routed
out and not kept (law-decisions R13). Matters, channels and limits are data: `law/tip_offs.yaml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.deadlines import Due
from gongxin.core.law_files import read_law
from gongxin.core.periods import Period
from gongxin.core.working_days import Calendar, add_working_days

SHORTEST, LONGEST = 20, 4000  # characters of what is told
LONGEST_REASON = 1000


class State(StrEnum):
    GIVEN = "given"  # waits for the centre
    SENT = "sent"  # waits for the agency that acts
    ANSWERED = "answered"  # waits for the centre to close it
    CLOSED = "closed"


class Outcome(StrEnum):
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly-upheld"
    NOT_UPHELD = "not-upheld"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"


FOUND = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)  # what an agency may find
REWARDED = frozenset({Outcome.UPHELD, Outcome.PARTLY_UPHELD})


class Act(StrEnum):
    SEND = "send"
    ROUTE_OUT = "route-out"
    REFUSE = "refuse"
    HAND_BACK = "hand-back"
    ANSWER = "answer"
    ASK_AGAIN = "ask-again"
    REWARD = "reward"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Move:
    """From which state an act leads into which."""

    begins: State
    ends: State


MOVES: Mapping[Act, Move] = {
    Act.SEND: Move(State.GIVEN, State.SENT),
    Act.ROUTE_OUT: Move(State.GIVEN, State.CLOSED),
    Act.REFUSE: Move(State.GIVEN, State.CLOSED),
    Act.HAND_BACK: Move(State.SENT, State.GIVEN),
    Act.ANSWER: Move(State.SENT, State.ANSWERED),
    Act.ASK_AGAIN: Move(State.ANSWERED, State.SENT),
    Act.REWARD: Move(State.ANSWERED, State.ANSWERED),
    Act.CLOSE: Move(State.ANSWERED, State.CLOSED),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a tip-off may be about, and the kind of agency that acts."""

    id: str
    label: Label
    acts: Label
    named: tuple[str, ...]
    basis: Citation


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What does not belong here, and the lawful channel that carries it."""

    id: str
    label: Label
    channel: Label
    basis: Citation


def matters() -> Mapping[str, Matter]:
    return _law().matters


def channels() -> Mapping[str, Elsewhere]:
    return _law().elsewhere


def refusals() -> Mapping[str, Label]:
    return _law().refusals


def due_in(state: State, waits_since: date, calendar: Calendar) -> Due:
    """Return by when a tip-off that waits in `state` since a day must move on; no day once it is closed."""
    limit = _law().limits.get(state)
    if limit is None:
        return Due(None, False, "", "")
    end = add_working_days(waits_since, limit["count"], calendar)
    return Due(
        end.day, end.provisional, limit["rule"], limit["source"], limit["article"], limit["confidence"]
    )


def working_days_in(state: State) -> int:
    """Return within how many working days a tip-off that waits in `state` must move on."""
    return int(_law().limits[state]["count"])


def kept_years() -> int:
    return _law().kept_years


def erase_on(closed_on: date) -> date:
    """Return the day on which what was told is erased, and from which nobody may read it any more."""
    return Period(years=_law().kept_years).after(closed_on)


def shown_from() -> int:
    """Return how many there must be before the public is told how many."""
    return _law().shown_from


@dataclass(frozen=True, slots=True)
class _Law:
    matters: Mapping[str, Matter]
    elsewhere: Mapping[str, Elsewhere]
    refusals: Mapping[str, Label]
    limits: Mapping[str, Mapping[str, Any]]
    kept_years: int
    shown_from: int


class TipOffsRefused(Exception):
    """The law data of tip-offs cannot be used; the message says what is missing or misspelt."""


def refuse_unusable(document: Any) -> None:
    """Raise TipOffsRefused unless a parsed `tip_offs.yaml` says all that is asked of it."""
    try:
        law = _parsed(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise TipOffsRefused(str(error)) from error
    unlimited = {state for state in State if state is not State.CLOSED} - set(law.limits)
    if unlimited:
        raise TipOffsRefused(f"no limit for {', '.join(sorted(unlimited))}")


@lru_cache(maxsize=1)
def _law() -> _Law:
    return _parsed(read_law("tip_offs.yaml"))


def _parsed(document: Any) -> _Law:
    return _Law(
        matters={key: _matter(key, one) for key, one in document["matters"].items()},
        elsewhere={key: _elsewhere(key, one) for key, one in document["elsewhere"].items()},
        refusals={key: Label(**one) for key, one in document["refusals"].items()},
        limits=document["limits"],
        kept_years=document["kept"]["years"],
        shown_from=document["shown_from"]["count"],
    )


def _matter(key: str, one: Mapping[str, Any]) -> Matter:
    return Matter(key, Label(**one["label"]), Label(**one["acts"]), tuple(one["named"]), _basis(one))


def _elsewhere(key: str, one: Mapping[str, Any]) -> Elsewhere:
    return Elsewhere(key, Label(**one["label"]), Label(**one["channel"]), _basis(one))


def _basis(one: Mapping[str, Any]) -> Citation:
    return Citation(one["source"], one["article"], one["confidence"])
