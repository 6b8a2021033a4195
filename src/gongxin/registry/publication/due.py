"""Deadlines that were counted into a year without an official calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from gongxin.registry.publication.bulk import DECISION_COLUMNS


@dataclass(frozen=True, slots=True)
class ProvisionalDecision:
    """The newest decision of a record, its due day provisional, with the day the record was decided on."""

    columns: dict[str, Any]
    decided_on: date


def provisional_decisions() -> Iterator[ProvisionalDecision]:
    """Yield every newest decision whose due day is provisional."""
    names = ", ".join(f"d.{name}" for name in DECISION_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names}, e.decided_on FROM publication_decision d JOIN ledger_entry e"
            " ON e.subject_id = d.subject_id AND e.id = d.entry_id WHERE d.provisional"
            " AND e.decided_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM publication_decision later"
            " WHERE later.subject_id = d.subject_id AND later.record_id = d.record_id"
            " AND (later.decided_at, later.id) > (d.decided_at, d.id))"
        )
        found = cursor.fetchall()
    for *values, decided_on in found:
        yield ProvisionalDecision(dict(zip(DECISION_COLUMNS, values, strict=True)), _day(decided_on))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
