"""The kinds of case and their steps: what `law/cases.yaml` means.

A part of a case stands in one state; a step leads it to the next, is somebody's to take, starts and stops
limits of time, and may end the part. Source: law-decisions 15-20.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.law_files import read_law


class Party(StrEnum):
    """Whose step it is."""

    APPLICANT = "applicant"
    AGENCY = "agency"  # the body that answers for the part
    CENTRE = "centre"
    SECOND = "second"  # of the body or the centre, and never who took the step before
    CLOCK = "clock"


class Entry(StrEnum):
    """Where a case came in."""

    MINE = "mine"
    PUBLIC = "public"
    COUNTER = "counter"
    NATIONAL_SITE = "national-site"
    SOURCE = "source"
    CENTRE = "centre"


class Kind(StrEnum):
    OBJECTION = "objection"
    REPAIR = "repair"
    REORGANISATION = "reorganisation"
    NOT_THE_SUBJECT = "not-the-subject"
    LIST_REVIEW = "list-review"
    ARCHIVE_DEMAND = "archive-demand"
    PLATFORM_COMPLAINT = "platform-complaint"
    REVIEW = "review"
    SUIT = "suit"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    SUSPENSION = "suspension"
    EXTENSION = "extension"


class NotAStep(Exception):
    """This cannot be done with a part in the state it is in."""


class NotTheirStep(NotAStep):
    """It can be done, but by another party."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of `deadlines.yaml#procedures` that begins to run, and who is measured by it."""

    name: str
    answers: Party


@dataclass(frozen=True, slots=True)
class Step:
    """What one step does to a part. `ends` is the outcome of a step that ends it."""

    act: str
    sources: tuple[str, ...]
    to: str
    by: tuple[Party, ...]
    starts: tuple[Limit, ...] = ()
    stops: tuple[str, ...] = ()
    ends: str = ""
    value: str = ""  # what the record's axis then says; empty: what it said before
    switch: str = ""  # a province may have switched it off
    paper: str = ""  # the decision paper it gives (decision_papers.yaml)


@dataclass(frozen=True, slots=True)
class KindOfCase:
    """One kind. `axis` is the record's axis it speaks on; `waits`: a part whose day has not come."""

    kind: Kind
    label: Label
    mark: str
    opened_by: tuple[Entry, ...]
    about: str
    axis: str
    begins: Step
    waits: Step | None
    steps: tuple[Step, ...]

    def step(self, act: str, *, state: str, by: Party) -> Step:
        """Return what `act` does to a part in `state`. Raises NotAStep, NotTheirStep."""
        possible = [one for one in self.steps if one.act == act and state in one.sources]
        if not possible:
            raise NotAStep(f"{self.kind}: {act} from {state}")
        found = next((one for one in possible if by in one.by), None)
        if found is None:
            raise NotTheirStep(f"{self.kind}: {act} by {by}")
        return found

    def possible(self, state: str, *, by: Party) -> tuple[Step, ...]:
        """Return what `by` may do with a part in `state`, as the law data lists it."""
        return tuple(one for one in self.steps if state in one.sources and by in one.by)

    @property
    def open_states(self) -> frozenset[str]:
        """Return the states from which some step leads on."""
        return frozenset(state for one in self.steps for state in one.sources)


@cache
def kind_of_case(kind: str) -> KindOfCase:
    """Return a kind of case by its name. Raises ValueError for a name the law data does not have."""
    document = _law()["kinds"][Kind(kind).value]
    return KindOfCase(
        kind=Kind(kind),
        label=Label(**document["label"]),
        mark=document["mark"],
        opened_by=tuple(map(Entry, document["opened_by"])),
        about=document["about"],
        axis=document.get("axis", ""),
        begins=_opening(document["begins"]),
        waits=_opening(document["waits"]) if "waits" in document else None,
        steps=tuple(map(_step, document["steps"])),
    )


def all_kinds() -> Iterator[KindOfCase]:
    return (kind_of_case(kind.value) for kind in Kind)


def number_in_words(kind: str, year: int, number: int) -> str:
    """Return the number of a case as people write it: 异〔2026〕12号."""
    return f"{kind_of_case(kind).mark}〔{year}〕{number}号"


def act_label(act: str, *, kind: str = "") -> Label:
    """Return what a step is called, in a kind of case that has its own word for it by that."""
    return Label(**(_called(kind, act) or _law()["acts"][act]))


def button_label(act: str, *, kind: str = "") -> Label:
    """Return what the button of a step says: what will be done, not what was."""
    said = _law()["buttons"].get(act, _law()["acts"][act])
    own = _called(kind, act)
    return Label(own["zh"] if own else said["zh"], said["en"])


def limit_label(limit: str) -> Label:
    return Label(**_law()["limits"][limit])


def state_label(state: str, *, kind: str = "") -> Label:
    return Label(**(_called(kind, state) or _law()["states"][state]))


def _called(kind: str, name: str) -> dict[str, str] | None:
    return _law()["kinds"][kind].get("called", {}).get(name) if kind in set(Kind) else None


def always(act: str) -> dict[str, Any]:
    """Return what the law data says of something that may be done with any open part. Raises NotAStep."""
    found: dict[str, Any] | None = _law()["always"].get(act)
    if found is None:
        raise NotAStep(act)
    return found


def may_always(act: str, *, by: Party) -> bool:
    return by.value in always(act)["by"]


@dataclass(frozen=True, slots=True)
class Ending:
    """What is said to those whose case is overtaken because its record has ended."""

    reason: Label
    basis: Label
    remedy: Label


def words_of_ending(why: str) -> Ending:
    """Return what is said where a record ended by `withdrawal`, `repair`, `expiry` or `correction`."""
    found = _law()["endings"][why]
    return Ending(*(Label(**found[name]) for name in ("reason", "basis", "remedy")))


def source_act_words(kind: str) -> tuple[Label, Label]:
    """Return the basis of what the source does itself, and what can be done against it."""
    found = _law()["source_acts"][kind]
    return Label(**found["basis"]), Label(**found["remedy"])


def causes_to_suspend() -> dict[str, Label]:
    """Return why one officer may suspend a publication at once, each cause as it is called."""
    return {cause: Label(**label) for cause, label in _law()["causes"].items()}


def is_switched_on(switch: str) -> bool:
    """Return whether this province does what the law leaves open, such as suspending on silence."""
    return bool(_law()["switches"][switch]["value"])


def _opening(document: dict[str, Any]) -> Step:
    return _step({"act": "open", "from": [], "to": document["state"], "by": [], **document})


def _step(document: dict[str, Any]) -> Step:
    return Step(
        act=document["act"],
        sources=tuple(document["from"]),
        to=document["to"],
        by=tuple(map(Party, document["by"])),
        starts=tuple(Limit(one["limit"], Party(one["answers"])) for one in document.get("starts", ())),
        stops=tuple(document.get("stops", ())),
        ends=document.get("ends", ""),
        value=document.get("value", ""),
        switch=document.get("switch", ""),
        paper=document.get("paper", ""),
    )


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("cases.yaml")
    return document
