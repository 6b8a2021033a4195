"""What still waits for a publication decision, by the agency that must see to it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.models import Decision


@dataclass(frozen=True, slots=True)
class WaitingRecord:
    """One record whose decision is pending, and the last lawful day for it."""

    subject_id: UUID
    record_id: UUID
    class_id: str
    document_number: str
    agency_name: str
    held_reason: str
    due_on: date
    decided_on: date | None
    agency_code: str
    provisional: bool


def still_due(*, agency_id: UUID | None, limit: int = 20) -> list[WaitingRecord]:
    """Return the records that still wait, the one due first first.

    Of one agency and those it succeeded, or (None) of all.
    """
    later = Decision.objects.filter(
        Q(decided_at__gt=OuterRef("decided_at"))
        | Q(decided_at=OuterRef("decided_at"), id__gt=OuterRef("id")),
        subject_id=OuterRef("subject_id"),
        record_id=OuterRef("record_id"),
    )
    entry = Entry.objects.filter(subject_id=OuterRef("subject_id"), id=OuterRef("entry_id"))
    if agency_id is not None:
        entry = entry.filter(agency_id__in=agencies_under(agency_id))
    waiting = Decision.objects.filter(~Exists(later), Exists(entry), outcome="pending", due_on__isnull=False)
    first = list(waiting.order_by("due_on", "decided_at", "id")[:limit])
    entries = Entry.objects.select_related("agency").filter(
        subject_id__in={found.subject_id for found in first}, id__in={found.entry_id for found in first}
    )
    return _in_order(first, {found.id: found for found in entries})


def _in_order(decisions: list[Decision], entries: dict[UUID, Entry]) -> list[WaitingRecord]:
    return [
        WaitingRecord(
            subject_id=decision.subject_id,
            record_id=decision.record_id,
            class_id=decision.class_id,
            document_number=entries[decision.entry_id].document_number,
            agency_name=entries[decision.entry_id].agency.name,
            held_reason=entries[decision.entry_id].held_reason,
            due_on=decision.due_on,
            decided_on=entries[decision.entry_id].decided_on,
            agency_code=entries[decision.entry_id].agency.code,
            provisional=decision.provisional,
        )
        for decision in decisions
        if decision.due_on is not None
    ]
