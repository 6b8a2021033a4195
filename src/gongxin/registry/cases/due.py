"""What of open cases falls due: every running clock with who must act and what it is about, at an instant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongxin.registry import bulk


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clocks: by their last day (the last included), by the body that is measured, by kind of case."""

    through: date | None = None
    agency_ids: Collection[UUID] | None = None
    of_the_centre: bool = False  # those by which the centre is measured
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DueClock:
    """One running clock. `agency_*` is empty where the centre is measured."""

    clock_id: UUID
    subject_id: UUID
    case_id: UUID
    part_id: UUID
    kind: str
    year: int
    number: int
    state: str
    limit: str
    begun_on: date
    due_on: date
    provisional: bool
    source: str
    article: str
    agency_id: UUID | None
    agency_code: str
    agency_name: str
    record_id: UUID | None
    class_id: str
    document_number: str  # as the record that stands has it; empty where there is none
    told_above_at: datetime | None


ALL = Wanted()
_COLUMNS = (
    'c.id, c.subject_id, c.case_id, c.part_id, p.kind, k.year, k.number, p.state, c."limit", c.begun_on,'
    " c.due_on, c.provisional, c.source, c.article, a.id, a.code, a.name, p.record_id, p.class_id,"
    " c.told_above_at, e.document_number"
)
_FROM = (
    " FROM cases_clock c JOIN cases_part p ON p.subject_id = c.subject_id AND p.id = c.part_id"
    " JOIN cases_case k ON k.id = c.case_id LEFT JOIN accounts_agency a ON a.id = c.responsible_id"
)
_RECORD = (
    " LEFT JOIN ledger_entry e ON e.subject_id = p.subject_id AND e.record_id = p.record_id"
    " AND e.superseded_at IS NULL"
)


def running(
    *, wanted: Wanted = ALL, at: datetime | None = None, limit: int, offset: int = 0
) -> Sequence[DueClock]:
    """Return the clocks that run, the one due first; `at` a past instant those that ran then.

    The state of a part is today's: of the past only the clocks are asked.
    """
    condition, given = _condition(wanted, at)
    rows = bulk.select(
        f"SELECT {_COLUMNS}{_FROM}{_RECORD} WHERE {condition} ORDER BY c.due_on, c.id LIMIT %s OFFSET %s",
        *given,
        limit,
        offset,
    )
    return [_clock(row) for row in rows]


def count_running(wanted: Wanted = ALL) -> int:
    """Return how many clocks run now."""
    condition, given = _condition(wanted, None)
    return int(bulk.select(f"SELECT COUNT(*){_FROM} WHERE {condition}", *given)[0][0])


def _condition(wanted: Wanted, at: datetime | None) -> tuple[str, list[Any]]:
    if at is None:
        condition, given = "c.ended = ''", list[Any]()
    else:
        moment = bulk.instant(at)
        condition, given = "c.set_at <= %s AND (c.ended_at IS NULL OR c.ended_at > %s)", [moment, moment]
    if wanted.through is not None:
        condition, given = f"{condition} AND c.due_on <= %s", [*given, wanted.through.isoformat()]
    if wanted.agency_ids is not None:
        one_of, ids = bulk.one_of([found.hex for found in wanted.agency_ids])
        condition, given = f"{condition} AND c.responsible_id {one_of}", [*given, ids]
    if wanted.of_the_centre:
        condition = f"{condition} AND c.responsible_id IS NULL"
    if wanted.kind:
        condition, given = f"{condition} AND p.kind = %s", [*given, wanted.kind]
    return condition, given


def _clock(row: tuple[Any, ...]) -> DueClock:
    ids, (kind, year, number, state, limit) = row[:4], row[4:9]
    begun_on, due_on = (bulk.as_day(one) or date.min for one in row[9:11])
    agency_id, code, name, record_id, class_id, told, number_of_record = row[14:]
    clock_id, subject_id, case_id, part_id = map(bulk.as_id, ids)
    return DueClock(
        clock_id, subject_id, case_id, part_id, kind, int(year), int(number), state, limit, begun_on, due_on,
        bool(row[11]), row[12], row[13], bulk.as_id(agency_id) if agency_id else None, code or "",
        name or "", bulk.as_id(record_id) if record_id else None, class_id, number_of_record or "",
        bulk.as_instant(told),
    )  # fmt: skip
