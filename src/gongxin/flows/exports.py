from collections.abc import Mapping
from datetime import datetime

from gongxin.core.actors import Actor
from gongxin.registry.audit.events import write_event


def note_export(
    *, actor: Actor, table: str, file_format: str, rows: int, filters: Mapping[str, str], at: datetime
) -> None:
    """Record that a table of the desk left as a file: which, how many rows, under which filters.

    `filters` are of our own words (a state, a day, an agency's code), never what somebody searched for.
    """
    write_event(
        actor=actor,
        action="table.exported",
        object_kind="table",
        object_id=table,
        at=at,
        detail={"format": file_format, "rows": rows, **({"filters": dict(filters)} if filters else {})},
    )
