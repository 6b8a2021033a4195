"""Which suspensions of wrong listings wait for a second person, and by which day (law-decisions 20)."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from gongxin.core.deadlines import Due, due_on
from gongxin.core.legal_day import legal_day
from gongxin.core.working_days import Calendar
from gongxin.registry.accounts.models import Agency
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.lists.models import WRONG, Exit, Listing

SECOND_LOOK = "second-of-suspension"


class SecondLook(NamedTuple):
    """A listing one person suspended as wrong: whose it is, its number, and by when a second one decides."""

    exit: Exit
    agency: Agency
    document_number: str
    due: Due


def second_looks(
    *, at: datetime, calendar: Calendar, agency_ids: Collection[UUID] | None = None, limit: int
) -> list[SecondLook]:
    """Return the suspensions nobody had decided about at `at`, of these bodies or all, the oldest first."""
    waiting = Exit.objects.filter(Q(closed_at=None) | Q(closed_at__gt=at), why=WRONG, asked_at__lte=at)
    found = [_looked_at(one, calendar) for one in waiting.order_by("asked_at", "id")[:limit]]
    return [one for one in found if agency_ids is None or one.agency.id in agency_ids]


def _looked_at(one: Exit, calendar: Calendar) -> SecondLook:
    listing = Listing.objects.get(subject_id=one.subject_id, id=one.listing_id)
    agency = current_entry(one.subject_id, one.record_id).agency
    due = due_on(SECOND_LOOK, legal_day(one.asked_at), calendar)
    return SecondLook(one, agency, listing.decision_number, due)
