"""The lists of what was published last, and what a filter leaves of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gongxin.core.legal_day import day_begins, legal_day
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.publication.queries import RecordView, public_views
from gongxin.registry.publication.visible import moments, visible_sql
from gongxin.registry.subjects.queries import Profile, profiles

# Where a page of a list of newest records ended: when the last one was published, its decision's day, its id.
Place = tuple[datetime, date | None, UUID]
BEGINNING_OF_TIME = "0001-01-01"
EARLIEST = date(1949, 10, 1)  # no form takes an earlier decision
BEFORE_ALL = ("9999-12-31 00:00:00+00:00", "9999-12-31", "f" * 32)
COUNTED = 1000  # as a search: "1,000+"
RECENT = timedelta(days=31)
WIDER = 4  # times as many records in the next time looked at
FOLLOWED = (
    5000  # of the newest publications a narrowed feed looks at so many: more than a province has in a day
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which part of a list is asked for: of these agencies, decided on these days; all where not said."""

    agencies: Collection[UUID] | None = None
    decided_from: date | None = None
    decided_until: date | None = None  # exclusive


ALL = Narrowing()
Listed = list[tuple[RecordView, Profile]]


def newest_published(
    class_id: str, *, at: datetime, limit: int = 30, before: Place | None = None, narrowing: Narrowing = ALL
) -> Listed:
    """Return the records of a class shown to everyone, last published first, with their subjects.

    A batch is published in one instant: within it the newest decision comes first, and `before` is a
    place, as the instant alone would lose the rest of the batch. Narrowed, the FOLLOWED newest are looked at.
    """
    order = "d.publish_from, COALESCE(e.decided_on, %s), d.record_id"
    place = BEFORE_ALL if before is None else _place(before)
    decisions, conditions, asked = _followed(class_id, narrowing, at)
    sql = (
        f"SELECT d.subject_id, d.record_id FROM {decisions} d JOIN ledger_entry e"
        " ON e.subject_id = d.subject_id AND e.record_id = d.record_id WHERE d.class_id = %s"
        f" AND {visible_sql()}{conditions} AND d.publish_from <= %s AND ({order}) < (%s, %s, %s)"
        " ORDER BY d.publish_from DESC, COALESCE(e.decided_on, %s) DESC, d.record_id DESC LIMIT %s"
    )
    walked, kept = asked
    rows = bulk.select(
        sql,
        *walked,
        class_id,
        *moments(at),
        *kept,
        place[0],
        BEGINNING_OF_TIME,
        *place,
        BEGINNING_OF_TIME,
        limit,
    )
    return _addressed([(bulk.as_id(subject), bulk.as_id(found)) for subject, found in rows], class_id, at)


def newest_decided(
    class_id: str, *, at: datetime, narrowing: Narrowing, limit: int = 30, before: Place | None = None
) -> Listed:
    """Return the records a narrowing leaves, last decided first, however rare they are."""
    found: list[tuple[UUID, UUID]] = []
    for first, last in _windows(class_id, narrowing, at, before, limit):
        sql, asked = _decided(class_id, narrowing, first, last, at)
        place, behind = (
            ("", []) if before is None else (" AND (e.decided_on, e.record_id) < (%s, %s)", _behind(before))
        )
        order = "ORDER BY e.decided_on DESC, e.record_id DESC LIMIT %s"
        rows = bulk.select(
            f"SELECT e.subject_id, e.record_id FROM {sql}{place} {order}", *asked, *behind, limit - len(found)
        )
        found += [(bulk.as_id(subject), bulk.as_id(record)) for subject, record in rows]
        if len(found) >= limit:
            break
    return _addressed(found, class_id, at)


def count_decided(class_id: str, *, at: datetime, narrowing: Narrowing) -> int:
    """Return how many records a narrowing leaves, counted no further than one past COUNTED."""
    counted = 0
    for first, last in _windows(class_id, narrowing, at, None, COUNTED + 1):
        sql, asked = _decided(class_id, narrowing, first, last, at)
        limit = COUNTED + 1 - counted
        counted += _count(f"SELECT 1 FROM {sql} LIMIT {limit}", *asked)
        if counted > COUNTED:
            break
    return counted


def count_published(class_id: str, *, at: datetime) -> int:
    """Return how many records of a class show to everyone, counted no further than one past COUNTED."""
    sql = (
        "SELECT 1 FROM publication_decision d JOIN ledger_entry e ON e.subject_id = d.subject_id"
        f" AND e.record_id = d.record_id WHERE d.class_id = %s AND {visible_sql()} LIMIT {COUNTED + 1}"
    )
    return _count(sql, class_id, *moments(at))


def _count(sql: str, *parameters: object) -> int:
    [(found,)] = bulk.select(f"SELECT COUNT(*) FROM ({sql}) AS counted", *parameters)
    return int(found)


_Asked = tuple[list[object], list[object]]  # for the decisions walked, and for what is kept of them


def _followed(class_id: str, narrowing: Narrowing, at: datetime) -> tuple[str, str, _Asked]:
    """Return which decisions are walked, under which further conditions, and what both take."""
    if narrowing == ALL:
        return "publication_decision", "", ([], [])
    newest = (
        "(SELECT * FROM publication_decision WHERE class_id = %s AND outcome = 'published'"
        f" AND audience = 'public' AND publish_from <= %s ORDER BY publish_from DESC LIMIT {FOLLOWED})"
    )
    conditions, asked = _of_agencies(narrowing)
    for comparison, day in ((">=", narrowing.decided_from), ("<", narrowing.decided_until)):
        if day is not None:
            conditions += f" AND e.decided_on {comparison} %s"
            asked.append(day.isoformat())
    return newest, conditions, ([class_id, bulk.instant(at)], asked)


def _of_agencies(narrowing: Narrowing) -> tuple[str, list[object]]:
    if narrowing.agencies is None:
        return "", []
    one_of, given = bulk.one_of([agency.hex for agency in narrowing.agencies])
    return f" AND e.agency_id {one_of}", [given]


def _decided(
    class_id: str, narrowing: Narrowing, first: date, last: date, at: datetime
) -> tuple[str, list[object]]:
    """Return what shows of what was decided from `first` to before `last`, as a FROM, and what it takes."""
    standing, asked = _standing(class_id, narrowing, first, last)
    sql = (
        "ledger_entry e CROSS JOIN publication_decision d WHERE d.subject_id = e.subject_id"
        f" AND d.record_id = e.record_id AND {standing} AND {visible_sql()}"
    )
    return sql, [*asked, *moments(at)]


def _standing(class_id: str, narrowing: Narrowing, first: date, last: date) -> tuple[str, list[object]]:
    """Return the condition that entry `e` stands and was decided then: all it asks is in one index."""
    every = Agency.objects.values_list("id", flat=True)
    ids = every if narrowing.agencies is None else narrowing.agencies
    one_of, given = bulk.one_of([agency.hex for agency in ids])
    # No record was decided on after it was recorded, so the index need not be read from the beginning.
    sql = (
        f"e.superseded_at IS NULL AND e.agency_id {one_of} AND e.recorded_at >= %s AND e.decided_on >= %s"
        " AND e.decided_on < %s AND e.class_id = %s"
    )
    return sql, [given, bulk.instant(day_begins(first)), first.isoformat(), last.isoformat(), class_id]


def _windows(
    class_id: str, narrowing: Narrowing, at: datetime, before: Place | None, wanted: int
) -> Iterator[tuple[date, date]]:
    """Yield the times to look at, newest first, of which the first may do.

    Each holds many more records than the one before, as it may be that few of them show any longer.
    """
    last, held = None, 0
    for day, decided in _days(class_id, narrowing, at, before):
        first, last, held = day, last or day + timedelta(days=1), held + decided
        if held >= wanted:
            yield first, last
            last, held, wanted = None, 0, WIDER * wanted
    if last is not None:
        yield first, last


def _days(
    class_id: str, narrowing: Narrowing, at: datetime, before: Place | None
) -> Iterator[tuple[date, int]]:
    """Yield on which days how much was decided that stands, shown or not; the newest first.

    The last days are asked alone: mostly they do.
    """
    last = narrowing.decided_until or legal_day(at) + timedelta(days=1)
    if before is not None and before[1] is not None:
        last = min(last, before[1] + timedelta(days=1))
    first = max(narrowing.decided_from or EARLIEST, EARLIEST)
    recent = max(first, last - RECENT)
    for begins, ends in ((recent, last), (first, recent)):
        if begins < ends:
            yield from _decided_daily(class_id, narrowing, begins, ends)


def _decided_daily(
    class_id: str, narrowing: Narrowing, first: date, last: date
) -> Iterator[tuple[date, int]]:
    standing, asked = _standing(class_id, narrowing, first, last)
    sql = f"SELECT e.decided_on, COUNT(*) FROM ledger_entry e WHERE {standing} GROUP BY e.decided_on"
    for found, decided in bulk.select(f"{sql} ORDER BY e.decided_on DESC", *asked):
        day = bulk.as_day(found)
        if day is not None:
            yield day, int(decided)


def _behind(before: Place) -> list[object]:
    _, decided_on, record_id = before
    return [str(decided_on or BEGINNING_OF_TIME), record_id.hex]


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
