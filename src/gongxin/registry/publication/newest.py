"""The lists of what was published last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongxin.registry import bulk
from gongxin.registry.publication.queries import RecordView, public_views
from gongxin.registry.publication.visible import moments, visible_sql
from gongxin.registry.subjects.queries import Profile, profiles

# Where a page of a list of newest records ended: when the last one was published, its decision's day, its id.
Place = tuple[datetime, date | None, UUID]
BEGINNING_OF_TIME = "0001-01-01"
BEFORE_ALL = ("9999-12-31 00:00:00+00:00", "9999-12-31", "f" * 32)
COUNTED = 1000  # as a search: "1,000+"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which part of a list is asked for: of these agencies, decided on these days; all where not said."""

    agencies: Collection[UUID] | None = None
    decided_from: date | None = None
    decided_until: date | None = None  # exclusive


ALL = Narrowing()


def newest_published(
    class_id: str, *, at: datetime, limit: int = 30, before: Place | None = None, narrowing: Narrowing = ALL
) -> list[tuple[RecordView, Profile]]:
    """Return the records of a class shown to everyone, newest first, with their subjects.

    A batch is published in one instant: within it the newest decision comes first, and `before` is a
    place, as the instant alone would lose the rest of the batch.
    """
    order = "d.publish_from, COALESCE(e.decided_on, %s), d.record_id"
    place = BEFORE_ALL if before is None else _place(before)
    shown, parameters = _shown(class_id, narrowing, at)
    sql = (
        f"SELECT d.subject_id, d.record_id FROM {shown} AND d.publish_from <= %s AND ({order}) < (%s, %s, %s)"
        " ORDER BY d.publish_from DESC, COALESCE(e.decided_on, %s) DESC, d.record_id DESC LIMIT %s"
    )
    rows = bulk.select(sql, *parameters, place[0], BEGINNING_OF_TIME, *place, BEGINNING_OF_TIME, limit)
    addresses = [(bulk.as_id(subject), bulk.as_id(found)) for subject, found in rows]
    return _addressed(addresses, class_id, at)


def count_published(class_id: str, *, at: datetime, narrowing: Narrowing = ALL) -> int:
    """Return how many records of a class show to everyone, counted no further than one past COUNTED."""
    shown, parameters = _shown(class_id, narrowing, at)
    sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM {shown} LIMIT {COUNTED + 1}) AS counted"
    [(found,)] = bulk.select(sql, *parameters)
    return int(found)


def _shown(class_id: str, narrowing: Narrowing, at: datetime) -> tuple[str, list[object]]:
    """Return the records of a class that show, as a FROM with its condition, and what it takes."""
    conditions, asked = _conditions(narrowing)
    sql = (
        "publication_decision d JOIN ledger_entry e ON e.subject_id = d.subject_id"
        f" AND e.record_id = d.record_id WHERE d.class_id = %s AND {visible_sql()}{conditions}"
    )
    return sql, [class_id, *moments(at), *asked]


def _conditions(narrowing: Narrowing) -> tuple[str, list[object]]:
    sql, asked = "", list[object]()
    if narrowing.agencies is not None:
        one_of, given = bulk.one_of([agency.hex for agency in narrowing.agencies])
        sql, asked = f" AND e.agency_id {one_of}", [given]
    if narrowing.decided_from is not None:
        sql += " AND e.decided_on >= %s"
        asked.append(narrowing.decided_from.isoformat())
    if narrowing.decided_until is not None:
        sql += " AND e.decided_on < %s"
        asked.append(narrowing.decided_until.isoformat())
    return sql, asked


def _place(before: Place) -> tuple[str, str, str]:
    published, decided_on, record_id = before
    return bulk.instant(published), str(decided_on or BEGINNING_OF_TIME), record_id.hex


def _addressed(
    addresses: Sequence[tuple[UUID, UUID]], class_id: str, at: datetime
) -> list[tuple[RecordView, Profile]]:
    if not addresses:
        return []
    subjects = profiles({subject for subject, _ in addresses}, at=at)
    seen = public_views(subjects, at=at, class_id=class_id)
    return [
        (seen[found], subjects[subject])
        for subject, found in addresses
        if found in seen and subject in subjects
    ]
