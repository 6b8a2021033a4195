"""Who acts in a case, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases.kinds import Party


@dataclass(frozen=True, slots=True)
class Who:
    """Who takes a step, as which party, and for which body (none: the centre, or an applicant)."""

    actor: Actor
    party: Party
    agency_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a step says: why, on what basis, and what can be done against it."""

    reason: str = ""
    basis: str = ""
    remedy: str = ""
    decided_on: date | None = None  # the day of the decision document; the day of the step if not said
    detail: Mapping[str, Any] = field(default_factory=dict)


NO_WORDS = Words()
THE_DAY = Who(Actor(ActorKind.JOB, "clock"), Party.CLOCK)  # takes the steps that come by themselves
