"""Records whose newest decision, as of an instant, leaves something to do: pending ones and suspended ones.

Partial indexes hold the few decisions of these kinds, so that a million others cost nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongxin.core.disclosure import Outcome
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.subjects.queries import profiles


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of them: by the legal day of the decision (both ends included), and by agency."""

    due_from: date | None = None
    due_through: date | None = None
    agency_ids: Collection[UUID] | None = None


@dataclass(frozen=True, slots=True)
class StandingRecord:
    """One such record, and who must see to it."""

    subject_id: UUID
    record_id: UUID
    class_id: str
    document_number: str
    subject_name: str
    public_name: str
    private: bool  # its names may be a person's (R4)
    name_as_sent: str
    agency_id: UUID
    agency_name: str
    held_reason: str
    reason: str
    decided_on: date | None
    due_on: date | None
    provisional: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Overdue:
    """What of one agency's should have been decided before a day."""

    agency_id: UUID
    agency_code: str
    agency_name: str
    agency_telephone: str
    records: int
    oldest_due_on: date


@dataclass(frozen=True, slots=True)
class PendingCounts:
    overdue: int
    today: int
    soon: int
    waiting: int


ALL = Wanted()
_NEWEST = (
    "d.decided_at <= %s AND NOT EXISTS (SELECT 1 FROM publication_decision later"
    " WHERE later.subject_id = d.subject_id AND later.record_id = d.record_id AND later.decided_at <= %s"
    " AND (later.decided_at, later.id) > (d.decided_at, d.id))"
)


def pending(*, at: datetime, wanted: Wanted = ALL, limit: int, offset: int = 0) -> list[StandingRecord]:
    """Return the records that wait for a publication decision, the one due first; undated ones last."""
    return _standing(Outcome.PENDING, "d.due_on NULLS LAST, d.decided_at, d.id", at, wanted, limit, offset)


def suspended(*, at: datetime, limit: int, offset: int = 0) -> list[StandingRecord]:
    """Return the records whose publication is suspended, the longest suspended first."""
    return _standing(Outcome.SUSPENDED, "d.decided_at, d.id", at, ALL, limit, offset)


def count_suspended(*, at: datetime) -> int:
    moment = bulk.instant(at)
    sql = f"SELECT COUNT(*) FROM publication_decision d WHERE d.outcome = 'suspended' AND {_NEWEST}"
    return int(bulk.select(sql, moment, moment)[0][0])


def count_pending(*, at: datetime, today: date, through: date) -> PendingCounts:
    """Return how many wait in all, are overdue, due `today`, and due after it up to `through`."""
    moment, day = bulk.instant(at), today.isoformat()
    sql = (
        "SELECT COUNT(CASE WHEN d.due_on < %s THEN 1 END), COUNT(CASE WHEN d.due_on = %s THEN 1 END),"
        " COUNT(CASE WHEN d.due_on > %s AND d.due_on <= %s THEN 1 END), COUNT(*)"
        f" FROM publication_decision d WHERE d.outcome = 'pending' AND {_NEWEST}"
    )
    [counts] = bulk.select(sql, day, day, day, through.isoformat(), moment, moment)
    return PendingCounts(*map(int, counts))


def overdue_by_agency(*, at: datetime, before: date) -> list[Overdue]:
    """Return each agency with undecided records that were due before a day; the longest overdue first."""
    moment = bulk.instant(at)
    sql = (
        "SELECT a.id, a.code, a.name, a.telephone, COUNT(*), MIN(d.due_on)"
        " FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.id = d.entry_id"
        " JOIN accounts_agency a ON a.id = e.agency_id"
        f" WHERE d.outcome = 'pending' AND d.due_on < %s AND {_NEWEST}"
        " GROUP BY a.id, a.code, a.name, a.telephone ORDER BY MIN(d.due_on), COUNT(*) DESC, a.code"
    )
    rows = bulk.select(sql, before.isoformat(), moment, moment)
    return [
        Overdue(bulk.as_id(found), code, name, telephone, int(count), bulk.as_day(oldest) or before)
        for found, code, name, telephone, count, oldest in rows
    ]


def _standing(
    outcome: Outcome, order: str, at: datetime, wanted: Wanted, limit: int, offset: int
) -> list[StandingRecord]:
    moment = bulk.instant(at)
    condition, given = _condition(wanted)
    # The outcome is written out: only so does the database see that the partial index holds all of them.
    sql = (
        "SELECT d.subject_id, d.record_id, d.class_id, e.document_number, a.id, a.name, e.held_reason,"
        " d.reason, e.decided_on, d.due_on, d.provisional, d.decided_at, e.content"
        " FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.id = d.entry_id"
        " JOIN accounts_agency a ON a.id = e.agency_id"
        f" WHERE d.outcome = '{outcome.value}' AND {_NEWEST}{condition} ORDER BY {order} LIMIT %s OFFSET %s"
    )
    rows = bulk.select(sql, moment, moment, *given, limit, offset)
    if not rows:  # also on a day before there was any catalogue to name them by
        return []
    return _named([_record(*row[:-1]) for row in rows], [row[-1] for row in rows], at)


def _condition(wanted: Wanted) -> tuple[str, list[Any]]:
    condition, given = "", list[Any]()
    if wanted.due_from is not None:
        condition, given = f"{condition} AND d.due_on >= %s", [*given, wanted.due_from.isoformat()]
    if wanted.due_through is not None:
        condition, given = f"{condition} AND d.due_on <= %s", [*given, wanted.due_through.isoformat()]
    if wanted.agency_ids is not None:
        one_of, ids = bulk.one_of([found.hex for found in wanted.agency_ids])
        condition, given = f"{condition} AND e.agency_id {one_of}", [*given, ids]
    return condition, given


def _record(
    subject_id: Any, record_id: Any, class_id: str, number: str, agency_id: Any, *rest: Any
) -> StandingRecord:
    agency_name, held_reason, reason, decided_on, due_on, provisional, since = rest
    return StandingRecord(
        subject_id=bulk.as_id(subject_id),
        record_id=bulk.as_id(record_id),
        class_id=class_id,
        document_number=number,
        subject_name="",
        public_name="",
        private=False,
        name_as_sent="",
        agency_id=bulk.as_id(agency_id),
        agency_name=agency_name,
        held_reason=held_reason,
        reason=reason,
        decided_on=bulk.as_day(decided_on),
        due_on=bulk.as_day(due_on),
        provisional=bool(provisional),
        since=bulk.known_instant(since),
    )


def _named(
    records: Sequence[StandingRecord], contents: Sequence[str | None], at: datetime
) -> list[StandingRecord]:
    """Return the records with what their subjects are called, and what they were called by the sender."""
    subjects = profiles({one.subject_id for one in records}, at=at)
    classes = classes_by_id(on=legal_day(at))
    named = []
    for one, content in zip(records, contents, strict=True):
        subject, known = subjects.get(one.subject_id), classes.get(one.class_id)
        name_field = known.role("subject_name") if known else None
        named.append(
            replace(
                one,
                subject_name=subject.name if subject else "",
                public_name=subject.public_name if subject else "",
                private=subject is None or subject.noindex,
                name_as_sent=content_fields(content).get(name_field or "", ""),
            )
        )
    return named
