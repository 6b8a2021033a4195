"""What supervision says of the subject, told to itself alone: its grades with their rows, its followers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongxin.core.catalogue import Label
from gongxin.core.evaluation import Decided, rows_named, scheme_of
from gongxin.core.sources import sources
from gongxin.registry.checks.follows import followers_shown, runs
from gongxin.registry.checks.models import Follow
from gongxin.registry.supervision.queries import own_results


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row that decided, with the title of its instrument."""

    row: Decided
    title: Label


@dataclass(frozen=True, slots=True)
class Grade:
    """The newest grade by one scheme, and why."""

    scheme: Label
    grade: Label
    on: date
    rows: Sequence[ReadRow]


@dataclass(frozen=True, slots=True)
class Follower:
    """Who follows or followed, as the subject is told."""

    follow: Follow
    runs: bool


def grades_of(subject_ids: Sequence[UUID]) -> list[Grade]:
    found = []
    for one in own_results(subject_ids):
        run = one.evaluation
        scheme = scheme_of(run.scheme)
        rows = rows_named(run.scheme, run.edition, one.rows)
        told = [ReadRow(row, sources()[row.citation.source].title) for row in rows]
        found.append(Grade(scheme.label, scheme.grades[one.grade].label, run.on, told))
    return found


def followers_of(subject_ids: Sequence[UUID], *, at: datetime) -> list[Follower]:
    return [Follower(one, runs(one, at=at)) for one in followers_shown(subject_ids, at=at)]
