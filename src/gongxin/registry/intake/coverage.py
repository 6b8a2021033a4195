"""Up to which day each body's records of each class have come in: what a report says it covers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max

from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.periods import add_months
from gongxin.core.submissions import State
from gongxin.registry.accounts.models import Agency
from gongxin.registry.intake.models import NilReturn, Submission


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

    A class nobody ever sent is left out. A body that feeds one no more hands it to its successor.
    """
    complete: dict[str, date] = {}
    for (_, class_id), when in _last_told(at, class_ids).items():
        complete[class_id] = min(legal_day(when), complete.get(class_id, date.max))
    return complete


def _last_told(at: datetime, class_ids: Collection[str] | None = None) -> Mapping[tuple[UUID, str], datetime]:
    """Return when each body last sent records of each class, or said that there were none."""
    sent = Submission.objects.filter(state=State.DONE.value, received_at__lte=at)
    none = NilReturn.objects.filter(withdrawn_at=None, stated_at__lte=at)
    if class_ids is not None:
        sent, none = sent.filter(class_id__in=class_ids), none.filter(class_id__in=class_ids)
    last: dict[tuple[UUID, str], datetime] = {}
    rows = [
        *sent.values_list("agency_id", "class_id").annotate(Max("received_at")).order_by(),
        *(
            (agency_id, class_id, min(stated_at, _end_of_month(month)))
            for agency_id, class_id, month, stated_at in none.values_list(
                "agency_id", "class_id", "month", "stated_at"
            )
        ),
    ]
    for agency_id, class_id, when in rows:
        last[agency_id, class_id] = max(when, last.get((agency_id, class_id), when))
    return last


def _end_of_month(month: date) -> datetime:
    """Return the last instant a nil return of a month says something about."""
    return day_begins(add_months(month, 1)) - timedelta(microseconds=1)
