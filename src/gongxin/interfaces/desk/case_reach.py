"""Which cases somebody may open at the desk, which parts of them, and what they may do with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from gongxin.core.cases import Kind, Party, Step, kind_of_case
from gongxin.core.cases.kinds import may_always
from gongxin.core.policy import NotPermitted
from gongxin.flows.case_acts import ACTS
from gongxin.interfaces.parties import who_of
from gongxin.interfaces.permissions import agency_bound, allowed
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.cases.queries import (
    NoSuchCase,
    case_of,
    parts_of,
    paused_clocks,
    running_clocks,
    steps_of_case,
)

# By act; all others decide.
ACTIONS: Mapping[str, str] = {"forward": "case.forward"}
STEERING = ("pause", "resume", "extend", "hand-over", "escalate")


@dataclass(frozen=True, slots=True)
class Reached:
    """A case as far as somebody reaches it: all parts, or those their body answers or answered for."""

    case: Case
    parts: Sequence[Part]
    bodies: frozenset[UUID] | None  # whose parts they act on; None: the centre and the auditor

    def answers_for(self, part: Part) -> bool:
        return self.bodies is None or part.responsible_id in self.bodies


def case_in_reach(request: HttpRequest, case_id: UUID) -> Reached:
    """Return a case. Raises Http404 where there is none, or none within reach."""
    own = agency_bound(request, action="case.read")
    try:
        found = case_of(case_id)
    except NoSuchCase as none:
        raise Http404 from none
    if own is None:
        return Reached(found, parts_of(found), None)
    bodies = frozenset(agencies_under(own))
    took = {step.part_id for step in steps_of_case(found) if step.agency_id in bodies}
    parts = [part for part in parts_of(found) if part.responsible_id in bodies or part.id in took]
    if not parts:
        raise Http404
    return Reached(found, parts, bodies)


def possible_steps(request: HttpRequest, reached: Reached, part: Part) -> list[tuple[Step, Party]]:
    """Return what whoever asks may do with a part now, each with the party as which they do it."""
    if part.closed_at is not None or not reached.answers_for(part):
        return []
    kind = kind_of_case(part.kind)
    found = [
        (step, party)
        for party in _parties(request)
        for step in kind.possible(part.state, by=party)
        if (Kind(part.kind), step.act) in ACTS and allowed(request, action=_action(step.act, party))
    ]
    return list({step.act: (step, party) for step, party in reversed(found)}.values())[::-1]


def possible_steering(request: HttpRequest, reached: Reached, part: Part) -> list[str]:
    """Return what may be done with the clocks of a part and with who answers for it."""
    if (
        part.closed_at is not None
        or not reached.answers_for(part)
        or not allowed(request, action="case.steer")
    ):
        return []
    return [act for act in STEERING if any(may_always(act, by=one) for one in _parties(request))]


def has_a_clock_for(part: Part, act: str) -> bool:
    """Return whether there is a clock to stop or extend, or a stopped one to let run again."""
    if act == "resume":
        return bool(paused_clocks(part))
    return act not in {"pause", "extend"} or bool(running_clocks(part))


def _action(act: str, party: Party) -> str:
    return "change.confirm" if party is Party.SECOND else ACTIONS.get(act, "case.decide")


def _parties(request: HttpRequest) -> list[Party]:
    """Return as whom somebody acts at the desk; nobody but a reader for the auditor."""
    try:
        own = who_of(request).party
    except NotPermitted:
        return []
    return [own, Party.SECOND]
