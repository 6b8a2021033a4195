"""The newest decision about each record, as a view of the record needs it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core.disclosure import Audience
from gongxin.registry import bulk


class Taken(NamedTuple):
    """What a view says of the newest decision; none at all where nothing was decided."""

    outcome: str | None = None
    audience: str = Audience.SUBJECT
    publish_from: datetime | None = None
    publish_until: datetime | None = None
    share_until: datetime | None = None
    use_until: datetime | None = None
    repairable_from: date | None = None
    due_on: date | None = None
    provisional: bool = False
    late_working_days: int | None = None
    penalty_class: str = ""
    rule: str = ""
    source: str = ""
    reason: str = ""


UNDECIDED = Taken()


# As text: many records share few instants, and reading each once costs a tenth of reading them all.
_INSTANTS = ", ".join(
    f"CAST({name} AS text)" for name in ("publish_from", "publish_until", "share_until", "use_until")
)


def newest_decisions(subject_ids: Iterable[UUID], at: datetime, *, class_id: str = "") -> dict[UUID, Taken]:
    of_class, asked = (" AND class_id = %s", [class_id]) if class_id else ("", [])
    rows = bulk.select_of(
        f"SELECT record_id, outcome, audience, {_INSTANTS},"
        " repairable_from, due_on, provisional, late_working_days, penalty_class, rule, source, reason"
        f" FROM publication_decision WHERE subject_id {{is_one_of}} AND decided_at <= %s{of_class}"
        " ORDER BY decided_at, id",
        subject_ids,
        bulk.instant(at),
        *asked,
    )
    newest = {row[0]: row for row in rows}
    return {bulk.as_id(record_id): _taken(row) for record_id, row in newest.items()}


def _taken(row: tuple[Any, ...]) -> Taken:
    _, outcome, audience, publish_from, publish_until, share_until, use_until, *days = row[:9]
    repairable_from, due_on = map(bulk.as_day, days)
    return Taken(
        outcome,
        audience,
        bulk.as_instant(publish_from),
        bulk.as_instant(publish_until),
        bulk.as_instant(share_until),
        bulk.as_instant(use_until),
        repairable_from,
        due_on,
        bool(row[9]),
        *row[10:],
    )
