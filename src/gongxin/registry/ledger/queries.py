"""Questions about entries: what is current, what was current at an instant."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core.ledger import content_fields
from gongxin.registry import bulk
from gongxin.registry.ledger.models import Entry, StateChange
from gongxin.registry.subjects.clusters import subject_ids_of

REPAIR_AXIS, REPAIRED = "repair", "repaired"


class NoSuchRecord(Exception):
    """No record has this address."""


def current_entry(subject_id: UUID, record_id: UUID) -> Entry:
    """Return the current version of a record, to whichever posted of those one with the subject now.

    Raises NoSuchRecord.
    """
    posted_to = subject_ids_of(subject_id)
    found = Entry.objects.filter(subject_id__in=posted_to, record_id=record_id, superseded_at=None).first()
    if found is None:
        raise NoSuchRecord(record_id.hex)
    return found


def subject_of_record(record_id: UUID) -> UUID | None:
    """Return to whom the record with this id was posted, if there is one.

    Its first version bears the id. No index begins with it, but the key's own holds all there is to read.
    """
    found: UUID | None = Entry.objects.filter(id=record_id).values_list("subject_id", flat=True).first()
    return found


def is_repaired(subject_id: UUID, record_id: UUID) -> bool:
    """Return whether a record, by the subject it was posted to, was ever repaired: it never shows again."""
    changes = StateChange.objects.filter(subject_id=subject_id, record_id=record_id)
    return changes.filter(axis=REPAIR_AXIS, value=REPAIRED).exists()


class Version(NamedTuple):
    """One version of one record and the agency that answers for it: what a view of it is made of."""

    subject_id: UUID
    record_id: UUID
    class_id: str
    adverse: bool
    kind: str
    content: str | None
    document_number: str
    held_reason: str
    decided_on: date | None
    usable_from: date | None
    recorded_at: datetime
    erased: bool
    agency_id: UUID
    agency_code: str
    agency_name: str
    agency_telephone: str
    agency_address: str


def versions_as_of(subject_ids: Iterable[UUID], at: datetime, *, class_id: str = "") -> list[Version]:
    """Return the version of every record (of one class, if named) of these subjects current at `at`."""
    moment = bulk.instant(at)
    of_class, asked = (" AND e.class_id = %s", [class_id]) if class_id else ("", [])
    rows = bulk.select_of(
        "SELECT e.subject_id, e.record_id, e.class_id, e.adverse, e.kind, e.content, e.document_number,"
        " e.held_reason, e.decided_on, e.usable_from, e.recorded_at, e.erased_at IS NOT NULL,"
        " a.id, a.code, a.name, a.telephone, a.address"
        " FROM ledger_entry e JOIN accounts_agency a ON a.id = e.agency_id"
        " WHERE e.subject_id {is_one_of} AND e.recorded_at <= %s"
        f" AND (e.superseded_at IS NULL OR e.superseded_at > %s){of_class}",
        subject_ids,
        moment,
        moment,
        *asked,
    )
    return [_version(*row) for row in rows]


def _version(subject_id: Any, record_id: Any, class_id: str, adverse: Any, *rest: Any) -> Version:
    kind, content, document_number, held_reason, decided_on, usable_from, recorded_at, erased, *agency = rest
    agency_id, *contact = agency
    return Version(
        bulk.as_id(subject_id), bulk.as_id(record_id), class_id, bool(adverse), kind, content,
        document_number, held_reason, bulk.as_day(decided_on), bulk.as_day(usable_from),
        bulk.known_instant(recorded_at), bool(erased), bulk.as_id(agency_id), *contact,
    )  # fmt: skip


def state_changes_as_of(subject_ids: Iterable[UUID], at: datetime) -> dict[tuple[UUID, str], str]:
    """Return the newest value of each (record, axis) that ever changed, as of `at`."""
    rows = bulk.select_of(
        "SELECT record_id, axis, value FROM ledger_statechange"
        " WHERE subject_id {is_one_of} AND at <= %s ORDER BY at, id",
        subject_ids,
        bulk.instant(at),
    )
    return {(bulk.as_id(record_id), axis): value for record_id, axis, value in rows}


def withdrawn_records(subject_ids: Iterable[UUID], *, at: datetime) -> frozenset[UUID]:
    """Return the records of these subjects that stood withdrawn at `at`."""
    moment = bulk.instant(at)
    rows = bulk.select_of(
        "SELECT record_id FROM ledger_entry WHERE subject_id {is_one_of} AND kind = 'withdrawal'"
        " AND recorded_at <= %s AND (superseded_at IS NULL OR superseded_at > %s)",
        subject_ids,
        moment,
        moment,
    )
    return frozenset(bulk.as_id(one) for (one,) in rows)


class OnRecord(NamedTuple):
    """How many records of one class stand, and when the newest was decided."""

    class_id: str
    records: int
    newest_on: date | None


def on_record(subject_ids: Iterable[UUID]) -> list[OnRecord]:
    """Return what stands of these subjects, class by class, most first."""
    rows = bulk.select_of(
        "SELECT class_id, COUNT(*), MAX(decided_on) FROM ledger_entry WHERE subject_id {is_one_of}"
        " AND superseded_at IS NULL AND kind <> 'withdrawal' GROUP BY class_id ORDER BY 2 DESC, 1",
        subject_ids,
    )
    return [OnRecord(class_id, records, bulk.as_day(newest)) for class_id, records, newest in rows]


class CameFrom(NamedTuple):
    """Who first told of a subject, in which file, when."""

    agency_name: str
    file_name: str
    recorded_at: datetime


def came_from(subject_ids: Iterable[UUID]) -> CameFrom | None:
    """Return what first told of these subjects, if anything did."""
    rows = bulk.select_of(
        "SELECT a.name, s.file_name, e.recorded_at FROM ledger_entry e"
        " JOIN accounts_agency a ON a.id = e.agency_id"
        " LEFT JOIN intake_submission s ON s.id = e.submission_id"
        " WHERE e.subject_id {is_one_of} ORDER BY e.recorded_at LIMIT 1",
        subject_ids,
    )
    return next((CameFrom(name, file or "", bulk.known_instant(at)) for name, file, at in rows), None)


def registered_fields(subject_ids: Iterable[UUID]) -> dict[str, str]:
    """Return what the standing registration of these subjects says, if there is one."""
    rows = bulk.select_of(
        "SELECT content FROM ledger_entry WHERE subject_id {is_one_of} AND class_id = 'registration'"
        " AND superseded_at IS NULL AND kind <> 'withdrawal' LIMIT 1",
        subject_ids,
    )
    return content_fields(rows[0][0]) if rows else {}
