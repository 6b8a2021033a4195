"""Questions about entries: what is current, what was current at an instant."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gongxin.registry.ledger.models import Entry, StateChange


class NoSuchRecord(Exception):
    """No record has this address."""


def current_entry(subject_id: UUID, record_id: UUID) -> Entry:
    """Return the current version of a record. Raises NoSuchRecord."""
    found = Entry.objects.filter(subject_id=subject_id, record_id=record_id, superseded_at=None).first()
    if found is None:
        raise NoSuchRecord(record_id.hex)
    return found


def entries_as_of(subject_ids: Iterable[UUID], at: datetime) -> QuerySet[Entry]:
    """Return the version of every record of these subjects that was current at `at`."""
    not_yet_superseded = Q(superseded_at=None) | Q(superseded_at__gt=at)
    return Entry.objects.filter(
        not_yet_superseded, subject_id__in=list(subject_ids), recorded_at__lte=at
    ).select_related("agency")


def state_changes_as_of(subject_ids: Iterable[UUID], at: datetime) -> dict[tuple[UUID, str], str]:
    """Return the newest value of each (record, axis) that ever changed, as of `at`."""
    steps = StateChange.objects.filter(subject_id__in=list(subject_ids), at__lte=at).order_by("at", "id")
    return {(step.record_id, step.axis): step.value for step in steps}
