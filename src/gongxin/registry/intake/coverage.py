"""Up to which day each body's records of each class have come in: what a report says it covers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.periods import add_months
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import successors


@dataclass(frozen=True, slots=True)
class Covered:
    """A body and a class, and the last day on which it sent records of it or said that there were none."""

    agency_code: str
    agency_name: str
    class_id: str
    complete_on: date


def coverage(*, at: datetime) -> Sequence[Covered]:
    """Return what every body had sent by `at`, by class and then by body."""
    last = _last_told(at)
    bodies = Agency.objects.in_bulk([agency_id for agency_id, _ in last])
    found = [
        Covered(bodies[agency_id].code, bodies[agency_id].name, class_id, legal_day(when))
        for (agency_id, class_id), when in last.items()
    ]
    return sorted(found, key=lambda one: (one.class_id, one.agency_name, one.agency_code))


def complete_on(class_ids: Collection[str], *, at: datetime) -> Mapping[str, date]:
    """Return up to which day each of these classes was complete by `at`: the day of the body furthest behind.

    A class nobody ever sent is left out. What a body fed, its successor feeds.
    """
    heads = successors()
    last: dict[tuple[UUID, str], datetime] = {}
    for (agency_id, class_id), when in _last_told(at, class_ids).items():
        feeder = heads.get(agency_id, agency_id), class_id
        last[feeder] = max(when, last.get(feeder, when))
    complete: dict[str, date] = {}
    for (_, class_id), when in last.items():
        complete[class_id] = min(legal_day(when), complete.get(class_id, date.max))
    return complete


def _last_told(at: datetime, class_ids: Collection[str] | None = None) -> Mapping[tuple[UUID, str], datetime]:
    """Return when each body last sent records of each class, or said that there were none.

    A nil return speaks of its month and no longer. Both in one question: every check asks it.
    """
    of, given = _of(class_ids)
    rows = bulk.select(
        "SELECT agency_id, class_id, MAX(received_at), NULL FROM intake_submission"
        f" WHERE state = 'done' AND received_at <= %s{of} GROUP BY agency_id, class_id UNION ALL"
        f" SELECT agency_id, class_id, stated_at, CAST(month AS text) FROM intake_nilreturn"
        f" WHERE withdrawn_at IS NULL AND stated_at <= %s{of}",
        *(bulk.instant(at), *given) * 2,
    )
    last: dict[tuple[UUID, str], datetime] = {}
    for agency_id, class_id, when, month in rows:
        feeder, told = (bulk.as_id(agency_id), class_id), _told_until(when, month)
        last[feeder] = max(told, last.get(feeder, told))
    return last


def _told_until(when: Any, month: str | None) -> datetime:
    at = bulk.known_instant(when)
    return at if month is None else min(at, _end_of_month(date.fromisoformat(month)))


def _of(class_ids: Collection[str] | None) -> tuple[str, list[str]]:
    """Return the condition that names these classes, none for all, and what it takes."""
    if class_ids is None:
        return "", []
    return f" AND class_id IN ({', '.join(['%s'] * len(class_ids)) or 'NULL'})", list(class_ids)


def _end_of_month(month: date) -> datetime:
    """Return the last instant a nil return of a month says something about."""
    return day_begins(add_months(month, 1)) - timedelta(microseconds=1)
