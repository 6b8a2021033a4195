"""Applies an evaluation scheme to every organisation on record; keeps each result with the rows behind it.

A grade is never public here: the organisation sees its own. Source: `law/schemes`; law-decisions R7.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.evaluation import UnknownVeto, edition_on, evaluate, scheme_of
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.scheme_text import Scheme
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.supervision.facts import Act, Known, facts_of
from gongxin.registry.supervision.models import Evaluation
from gongxin.registry.supervision.queries import Result, newest_evaluation, organisations, results_of

AT_ONCE = 2_000
JUST_BEFORE = timedelta(microseconds=1)
Progress = Callable[[str, int], None]


class DayAhead(Exception):
    """Nobody can be evaluated today as of a day to come."""


@dataclass(frozen=True, slots=True)
class Run:
    """A complete run. `again`: the same had been found before, and nothing was written.

    `acts_without_record`: acts whose decision is not on record as a usable penalty of the sector in the year
    counted; they decided nothing.
    """

    evaluation: Evaluation
    counts: Mapping[str, int]
    unrated: int
    again: bool
    acts_without_record: int


@dataclass(slots=True)
class _Found:
    results: list[Result]
    unrated: int = 0
    acts_used: int = 0


def evaluate_subjects(
    *,
    scheme_id: str,
    on: date,
    actor: Actor,
    at: datetime,
    acts: Mapping[UUID, Sequence[Act]] | None = None,
    progress: Progress | None = None,
) -> Run:
    """Evaluate every organisation by the scheme in force on `on`, as known at the end of that day.

    Results are written some thousand in one transaction; a run that was broken off never counts. Raises
    UnknownScheme, NoSchemeInForce, UnknownVeto, DayAhead.
    """
    scheme, given = scheme_of(scheme_id), acts or {}
    edition = edition_on(scheme, on)
    _refuse(scheme, on, at, given)
    found = _evaluated(scheme, on, min(at, day_begins(on + timedelta(days=1)) - JUST_BEFORE), given, progress)
    before = newest_evaluation(scheme_id, on=on)
    again = before is not None and before.edition == edition.id and list(results_of(before)) == found.results
    run = before if before is not None and again else _written(scheme, on, found.results, actor, at)
    counts = Counter(one.grade for one in found.results)
    ordered = {grade: counts[grade] for grade in edition.grades if counts[grade]}
    asked = sum(len(one) for one in given.values())
    return Run(run, ordered, found.unrated, again, asked - found.acts_used)


def _refuse(scheme: Scheme, on: date, at: datetime, acts: Mapping[UUID, Sequence[Act]]) -> None:
    unknown = {act.key for own in acts.values() for act in own} - scheme.vetoes.keys()
    if unknown:
        raise UnknownVeto(", ".join(sorted(unknown)))
    if on > legal_day(at):
        raise DayAhead(on.isoformat())


def _evaluated(
    scheme: Scheme,
    on: date,
    moment: datetime,
    acts: Mapping[UUID, Sequence[Act]],
    progress: Progress | None,
) -> _Found:
    found, done = _Found([]), 0
    for page in organisations(at=moment, at_once=AT_ONCE):
        clusters = {UUID(one): [UUID(posted) for posted in ids] for one, ids in page}
        for subject_id, known in facts_of(scheme, clusters, on=on, at=moment, acts=acts):
            _take(found, scheme, subject_id, known, on)
        done += len(page)
        if progress is not None:
            progress("evaluating", done)
    return found


def _take(found: _Found, scheme: Scheme, subject_id: UUID, known: Known, on: date) -> None:
    told = evaluate(scheme.id, known.facts, on)
    found.acts_used += len(known.acts)
    if told.grade is None or not known.of_the_trade:
        found.unrated += 1
        return
    rows = tuple(one.row for one in told.rows)
    found.results.append(Result(subject_id.hex, told.grade.id, rows, tuple(one.hex for one in known.records)))


def _written(scheme: Scheme, on: date, results: Sequence[Result], actor: Actor, at: datetime) -> Evaluation:
    with transaction.atomic():
        bulk.one_writer()
        made = Evaluation.objects.create(
            id=fresh_id(at=at), scheme=scheme.id, edition=edition_on(scheme, on).id, on=on,
            count=len(results), at=at, by=actor.written,
        )  # fmt: skip
    for start in range(0, len(results), AT_ONCE):
        with transaction.atomic():
            _keep(made, results[start : start + AT_ONCE], at)
    with transaction.atomic():
        bulk.one_writer()
        Evaluation.objects.filter(id=made.id).update(completed_at=at)
        write_event(
            actor=actor, action="evaluation.made", object_kind="evaluation", object_id=made.id.hex, at=at,
            detail={"scheme": scheme.id, "on": on.isoformat(), "organisations": len(results)},
        )  # fmt: skip
    return made


def _keep(made: Evaluation, some: Sequence[Result], at: datetime) -> None:
    bulk.one_writer()
    bulk.insert(
        "supervision_evaluated",
        ("subject_id", "id", "grade", "rows", "records"),
        [
            (one.subject_id, fresh_id(at=at).hex, one.grade, _json(one.rows), _json(one.records))
            for one in some
        ],
        same={"evaluation_id": made.id.hex},
    )


def _json(keys: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{key}"' for key in keys) + "]"
