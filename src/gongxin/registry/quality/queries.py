"""The figures as kept, the running month as counted now, and the rows behind a figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.quality import Count, days_of, month_of
from gongxin.registry import bulk
from gongxin.registry.quality import measures
from gongxin.registry.quality.models import QualityMonth

NOW = "now"  # in the place of a month: of what shows there is only the present
# A count may take a fiftieth of the time, and nobody waits for one that takes longer than a moment.
SHARE, AT_LEAST, MOMENT = 50, timedelta(seconds=60), timedelta(milliseconds=100)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: a measure of one agency and class in one month."""

    month: str
    measure: str
    agency_id: UUID
    class_id: str
    counted: Count


class Month(NamedTuple):
    """The figures of one month, and when they were counted."""

    cells: list[Cell]
    counted_at: datetime | None  # None: this month was never counted


def count(first: str, last: str, *, at: datetime) -> list[Cell]:
    """Count every measure from the first month to the last, both included, as known at `at`."""
    bounds = [bulk.instant(day_begins(days_of(first)[0])), bulk.instant(day_begins(days_of(last)[1]))]
    rows = bulk.select(_summed(measures.failed_checks(), "measure, "), *bounds)
    for name, query in measures.BOARD.items():
        rows += [(*row, name) for row in bulk.select(_summed(query()), *bounds)]
    for name, query in measures.STATISTICS.items():
        found = bulk.select(_summed(query()), measures.asked_on(at), *bounds)
        rows += [(*row, measures.PUBLIC + name) for row in found]
    cells = [_cell(*row) for row in rows]
    return [cell for cell in cells if cell.counted.total]


def count_now(*, at: datetime) -> list[Cell]:
    """Count what shows to everyone at `at`."""
    name = measures.PUBLIC + "shown"
    return [_cell(agency, of, NOW, many, many, name) for agency, of, many in measures.shown(at)]


def _summed(query: str, more: str = "") -> str:
    """Return the sums over the rows of a query, by month, agency and class; takes two instants at its end."""
    by = f"agency_id, class_id, {measures.month_of('at')}"
    return (
        f"SELECT {by}, SUM(good), SUM(total){', measure' if more else ''} FROM ({query}) AS behind"
        f" WHERE at >= %s AND at < %s GROUP BY {more}{by}"
    )


def _cell(agency: Any, class_id: str, month: str, good: Any, total: Any, measure: str) -> Cell:
    return Cell(month, measure, bulk.as_id(agency), class_id, Count(int(good), int(total)))


def month(wanted: str, *, at: datetime, agency_id: UUID | None = None) -> Month:
    """Return the figures of a month or of `NOW`; what still changes is counted now if that takes a moment."""
    kept = QualityMonth.objects.filter(month=wanted).first()
    if wanted in {NOW, month_of(legal_day(at))} and _is_stale(kept, at):
        cells = count_now(at=at) if wanted == NOW else count(wanted, wanted, at=at)
        return Month([cell for cell in cells if agency_id in {None, cell.agency_id}], at)
    return Month(_kept_cells(wanted, agency_id), kept.counted_at if kept else None)


def _is_stale(kept: QualityMonth | None, at: datetime) -> bool:
    """Return whether to count the running month again while somebody waits."""
    if kept is None:
        return True
    took = timedelta(milliseconds=kept.took_milliseconds)
    return took <= MOMENT and (kept.due_since is not None or not is_fresh(kept, at))


def is_fresh(kept: QualityMonth, at: datetime) -> bool:
    """Return whether a count is so new, beside what it took, that it need not be made again yet."""
    took = timedelta(milliseconds=kept.took_milliseconds)
    return abs(at - kept.counted_at) < max(AT_LEAST, took * SHARE)


def _kept_cells(wanted: str, agency_id: UUID | None) -> list[Cell]:
    only, given = ("", []) if agency_id is None else (" AND agency_id = %s", [agency_id.hex])
    rows = bulk.select(
        "SELECT month, measure, agency_id, class_id, good, total FROM quality_qualitycount"
        f" WHERE month = %s{only}",
        wanted,
        *given,
    )
    return [
        Cell(found, measure, bulk.as_id(agency), class_id, Count(good, total))
        for found, measure, agency, class_id, good, total in rows
    ]


def kept_cells(names: Sequence[str]) -> list[Cell]:
    """Return the kept figures of these measures in every month."""
    places = ", ".join(["%s"] * len(names))
    rows = bulk.select(
        "SELECT agency_id, class_id, month, good, total, measure FROM quality_qualitycount"
        f" WHERE measure IN ({places}) ORDER BY month",
        *names,
    )
    return [_cell(*row) for row in rows]


def trend(
    first: str, last: str, *, agency_id: UUID | None = None, class_id: str = ""
) -> dict[tuple[str, str], Count]:
    """Return the kept sums of every measure by month, of one agency and class or of all."""
    only, given = "", [first, last]
    if agency_id is not None:
        only, given = only + " AND agency_id = %s", [*given, agency_id.hex]
    if class_id:
        only, given = only + " AND class_id = %s", [*given, class_id]
    rows = bulk.select(
        "SELECT month, measure, SUM(good), SUM(total) FROM quality_qualitycount"
        f" WHERE month >= %s AND month <= %s{only} AND measure NOT LIKE 'check/%%' GROUP BY month, measure",
        *given,
    )
    return {(found, measure): Count(int(good), int(total)) for found, measure, good, total in rows}


def counted_months() -> dict[str, QualityMonth]:
    """Return the months that were counted, and `NOW`."""
    return {kept.month: kept for kept in QualityMonth.objects.order_by("month")}


def first_month() -> str | None:
    """Return the month in which the first batch arrived, if one ever did."""
    [(first,)] = bulk.select("SELECT MIN(received_at) FROM intake_submission")
    arrived = bulk.as_instant(first)
    return None if arrived is None else month_of(legal_day(arrived))


@dataclass(frozen=True, slots=True)
class Behind:
    """One row behind a figure: a record or a batch, and what it adds."""

    agency_id: UUID
    class_id: str
    at: datetime
    counted: Count
    subject_id: UUID | None
    record_id: UUID | None
    submission_id: UUID | None
    called: str
    due_on: date | None


class Rows(NamedTuple):
    """Some of the rows behind a figure, how many there are, and their sum."""

    rows: list[Behind]
    many: int
    sum: Count


def rows_behind(
    measure: str,
    wanted: str,
    *,
    agency_ids: Iterable[UUID] | None = None,
    class_id: str = "",
    failing: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Rows:
    """Return the rows a figure of the board is the sum of; with `failing` only those that lower it.

    Raises KeyError for a measure the board does not have.
    """
    where, given = _filter(measure, wanted, agency_ids, class_id, failing)
    query = f"FROM ({_query(measure)}) AS behind WHERE {where}"
    [(many, good, total)] = bulk.select(
        f"SELECT COUNT(*), COALESCE(SUM(good), 0), COALESCE(SUM(total), 0) {query}", *given
    )
    rows = bulk.select(
        f"SELECT {', '.join(measures.COLUMNS)} {query}"
        " ORDER BY at DESC, record_id, submission_id LIMIT %s OFFSET %s",
        *given,
        limit,
        offset,
    )
    return Rows([_behind(*row) for row in rows], int(many), Count(int(good), int(total)))


def written_query(measure: str) -> str:
    """Return the query behind a figure as a person may run it, with names for what it takes."""
    parts = _summed(_query(measure)).replace("%%", "%").split("%s")
    return parts[0] + ":month_begins" + parts[1] + ":next_month_begins" + "".join(parts[2:])


def _query(measure: str) -> str:
    if measure.startswith(measures.CHECK):
        return measures.failed_checks()
    return measures.BOARD[measure]()


def _filter(
    measure: str, wanted: str, agency_ids: Iterable[UUID] | None, class_id: str, failing: bool
) -> tuple[str, Sequence[Any]]:
    conditions, given = (
        ["at >= %s", "at < %s", "total > 0"],
        [bulk.instant(day_begins(day)) for day in days_of(wanted)],
    )
    if measure.startswith(measures.CHECK):
        conditions, given = [*conditions, "measure = %s"], [*given, measure]
    if class_id:
        conditions, given = [*conditions, "class_id = %s"], [*given, class_id]
    if failing:
        conditions.append("good < total")
    if agency_ids is None:
        return " AND ".join(conditions), given
    one_of, ids = bulk.one_of([found.hex for found in agency_ids])
    return " AND ".join([*conditions, f"agency_id {one_of}"]), [*given, ids]


def _behind(agency: Any, class_id: str, at: Any, good: Any, total: Any, *rest: Any) -> Behind:
    subject, record, submission, called, due_on = rest
    return Behind(
        bulk.as_id(agency),
        class_id,
        bulk.known_instant(at),
        Count(int(good), int(total)),
        subject and bulk.as_id(subject),
        record and bulk.as_id(record),
        submission and bulk.as_id(submission),
        called,
        bulk.as_day(due_on),
    )
