"""The history of one record as one sheet to print: for its subject, an auditor, a court."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from gongxin.core.cases import Kind, kind_of_case
from gongxin.core.cases.kinds import act_label, number_in_words
from gongxin.core.clocks import Clock
from gongxin.core.differences import differences
from gongxin.core.disclosure import Audience
from gongxin.core.kept_clocks import clocks_as_decided
from gongxin.core.sources import sources
from gongxin.interfaces import clock
from gongxin.interfaces.desk.labelled import Labels
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.purpose import PurposeForm, opened
from gongxin.interfaces.desk.templatetags.desk import held_reason
from gongxin.interfaces.desk.unconfirmed import Unconfirmed
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages.case_words import in_language, state_in_words
from gongxin.interfaces.pages.history_words import (
    ACTS,
    KINDS,
    OUTCOMES,
    PENALTY_CLASSES,
    REASONS,
    in_words,
)
from gongxin.interfaces.pages.states import DISPUTE, REPAIR, State, states_of
from gongxin.interfaces.pages.wording import written_day
from gongxin.interfaces.permissions import actor_of, requires
from gongxin.registry.cases.queries import case_of, parts_about
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ledger.history import PastVersion
from gongxin.registry.ledger.queries import subject_of_record
from gongxin.registry.notices.on_desk import notice_of_record
from gongxin.registry.publication.clocks import clocked_record
from gongxin.registry.publication.history import History, PastDecision, history_of
from gongxin.registry.publication.queries import record
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import profile


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a version: what it said before (empty in the first version), what it says."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionTold:
    number: int
    version: PastVersion
    kind: str
    held: str
    by: str
    proposed_by: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class DecisionTold:
    decision: PastDecision
    outcome: str
    reason: str
    penalty_class: str
    source: str
    by: str
    unconfirmed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the record of acts, or of a dispute or repair."""

    at: datetime
    what: str
    by: str
    ground: str


@dataclass(frozen=True, slots=True)
class CaseTold:
    """One case about the record: where its part stands, and since when it is closed."""

    number: str
    kind: str
    state: str
    opened_at: datetime
    closed_at: datetime | None


@requires("record.read-history")
def history(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponse:
    """Ask for what purpose, write the look down, then show the whole history of a record."""
    known, about = profile(subject_id, at=clock.now()), subject_ids_of(subject_id, at=clock.now())
    found = history_of(subject_id, record_id, at=clock.now())
    if known is None or found is None:
        raise Http404
    form = PurposeForm(request.POST if request.method == "POST" else None)
    context = {"section": "find", "subject": known, "form": form, "newest": found.versions[-1]}
    if not form.is_valid():
        return desk_page(request, "desk/history_ask.html", context, status=422 if form.errors else 200)
    opened(request, form, subject_id, what="record.read-history")
    context |= {"record_id": record_id, "at": clock.now(), **_told(request, found, about)}
    context["notice"] = notice_of_record(known.subject_id, record_id)
    context["states"] = _states(subject_id, record_id)
    context["cases"] = list(_cases(about, record_id))
    context["usable"] = _usable(record_id)
    return desk_page(request, "desk/history.html", context)


def _states(subject_id: UUID, record_id: UUID) -> Sequence[State]:
    view = record(subject_id, record_id, audience=Audience.AUDITOR, at=clock.now())
    return states_of(view) if view else ()


def _cases(subject_ids: Collection[UUID], record_id: UUID) -> Iterator[CaseTold]:
    for part in parts_about(subject_ids, record_id):
        case = case_of(part.case_id)
        yield CaseTold(
            number=number_in_words(case.kind, case.year, case.number),
            kind=in_language(kind_of_case(part.kind).label),
            state=state_in_words(part),
            opened_at=case.opened_at,
            closed_at=part.closed_at,
        )


def _usable(record_id: UUID) -> Clock | None:
    """Return from when something may be founded on the record, or what holds it from use (docs/clocks.md)."""
    own = subject_of_record(record_id)
    found = clocked_record(own, record_id, on=clock.today()) if own else None
    if found is None or not found.decisions:
        return None
    return clocks_as_decided(
        found.facts, found.decisions, usable_on=found.usable_on, calendar=working_calendar()
    ).usable_from


def _told(request: HttpRequest, found: History, about: Collection[UUID]) -> dict[str, object]:
    asked_by = actor_of(request)
    reader = asked_by.written
    who = Who([reader, *_actors(found)], about=about)
    return {
        "reader": who.in_words(reader),
        "versions": list(_versions(found, who)),
        "decisions": list(_decisions(found, who)),
        "steps": list(_steps(found, who)),
        "submissions": found.submissions,
        "events": list(_events(found, who)),
    }


def _actors(found: History) -> Iterator[str]:
    for version in found.versions:
        yield from (version.proposed_by, version.decided_by)
    yield from (decision.decided_by for decision in found.decisions)
    yield from (step.actor for step in found.steps)
    yield from (f"{event.actor_kind}:{event.actor}" for event in found.events)


def _versions(found: History, who: Who) -> Iterator[VersionTold]:
    before: dict[str, str] = {}
    labels = Labels(found.versions[-1].class_id, on=clock.today())
    for number, version in enumerate(found.versions, start=1):
        changed = differences(before, version.fields) if version.erased_at is None else []
        yield VersionTold(
            number=number,
            version=version,
            kind=in_words(KINDS, version.kind),
            held=str(held_reason(version.held_reason)) if version.held_reason else "",
            by=who.in_words(version.decided_by),
            proposed_by=who.in_words(version.proposed_by),
            changes=[
                Change(labels.of(one.key), _day(one.before), _day(one.after))
                for one in sorted(changed, key=lambda one: labels.place(one.key))
            ],
        )
        before = version.fields


def _day(value: str) -> str:
    return written_day(value, language=get_language())


def _decisions(found: History, who: Who) -> Iterator[DecisionTold]:
    newest, unconfirmed = found.versions[-1], Unconfirmed()
    for one in found.decisions:
        told = unconfirmed.in_words(rule=one.rule, class_id=newest.class_id, decided_on=newest.decided_on)
        yield _decision(one, who, told)


def _decision(one: PastDecision, who: Who, unconfirmed: Sequence[str]) -> DecisionTold:
    reason = in_words(REASONS, one.reason) if one.reason in REASONS else str(held_reason(one.reason))
    source = sources().get(one.source)
    return DecisionTold(
        decision=one,
        outcome=in_words(OUTCOMES, one.outcome),
        reason=reason,
        penalty_class=in_words(PENALTY_CLASSES, one.penalty_class),
        source=source.title.in_language(get_language() or "zh-hans") if source else one.source,
        by=who.in_words(one.decided_by),
        unconfirmed=unconfirmed,
    )


def _steps(found: History, who: Who) -> Iterator[Happened]:
    for step in found.steps:
        words = (DISPUTE if step.axis == "dispute" else REPAIR)[step.value].words
        yield Happened(step.at, str(words), who.in_words(step.actor), _ground(step.ground))


def _ground(kept: str) -> str:
    """Return the step of a case that moved the record, kept as "repair/open", in words."""
    kind, _sep, act = kept.partition("/")
    if kind not in set(Kind) or not act:
        return kept
    return f"{in_language(kind_of_case(kind).label)} · {in_language(act_label(act, kind=kind))}"


def _events(found: History, who: Who) -> Iterator[Happened]:
    for event in found.events:
        by = who.in_words(f"{event.actor_kind}:{event.actor}")
        yield Happened(event.at, in_words(ACTS, event.action), by, str(event.detail.get("ground", "")))
