from collections.abc import Mapping
from datetime import datetime

from gongxin.core.actors import Actor
from gongxin.registry.audit.events import write_event
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import keyed_hash


def note_export(
    *, actor: Actor, table: str, file_format: str, rows: int, filters: Mapping[str, str], at: datetime
) -> None:
    """Record that a table of the desk left as a file: which, how many rows, under which filters.

    `filters` are of our own words (a state, a day, an agency's code), never what somebody searched for:
    of that only its `question_hash`.
    """
    write_event(
        actor=actor,
        action="table.exported",
        object_kind="table",
        object_id=table,
        at=at,
        detail={"format": file_format, "rows": rows, **({"filters": dict(filters)} if filters else {})},
    )


def question_hash(question: str) -> str:
    """Return a keyed hash of what was searched for: whether two questions were one, not what was asked."""
    keyed = keyed_hash(home())
    keyed.update(f"question\x1f{question}".encode())
    return keyed.hexdigest()
