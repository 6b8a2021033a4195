"""The records of one submission that were held: how many still wait, what was decided of the others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gongxin.core.disclosure import Audience, Outcome
from gongxin.core.ledger import Kind
from gongxin.registry.audit.queries import events_of
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.queries import RecordView, views_by_record
from gongxin.registry.subjects.queries import profiles


@dataclass(frozen=True, slots=True)
class DecidedRecord:
    """A record an officer has decided about, the row that brought it, and the officer's ground."""

    view: RecordView
    row: int | None
    ground: str


def still_held(submission_id: UUID) -> int:
    """Return how many records of the submission wait for an officer now."""
    return _held(submission_id, waits=True).count()


def decided_of(submission_id: UUID, *, at: datetime, limit: int) -> list[DecidedRecord]:
    """Return what was decided of the records that were held, in the order of their rows."""
    entries = list(_held(submission_id, waits=False).order_by("row", "id")[:limit])
    subjects = profiles({one.subject_id for one in entries}, at=at)
    views = views_by_record(subjects, audience=Audience.AUDITOR, at=at)
    grounds = _grounds([one.record_id for one in entries])
    return [
        DecidedRecord(views[one.record_id], one.row, grounds.get(one.record_id.hex, ""))
        for one in entries
        if one.record_id in views
    ]


def _held(submission_id: UUID, *, waits: bool) -> QuerySet[Entry]:
    """Return the records that were held and stand: those that wait still, or those decided about."""
    pending = Q(outcome=Outcome.PENDING.value)
    newest = Decision.objects.filter(subject_id=OuterRef("subject_id"), record_id=OuterRef("record_id"))
    return (
        Entry.objects.filter(submission_id=submission_id, superseded_at=None)
        .exclude(held_reason="")
        .exclude(kind=Kind.WITHDRAWAL.value)
        .annotate(outcome=Subquery(newest.order_by("-decided_at", "-id").values("outcome")[:1]))
        .filter(pending if waits else ~pending)
    )


def _grounds(record_ids: list[UUID]) -> dict[str, str]:
    """Return the ground given last for each record, by its id in hexadecimal."""
    events = events_of([("record", one.hex) for one in record_ids])
    return {one.object_id: one.detail["ground"] for one in events if one.action == "publication.decided"}
