"""The queue of rows nobody could link by code."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from gongxin.registry import bulk


@dataclass(frozen=True, slots=True)
class NewUnlinked:
    id: str
    submission_id: str
    row: int
    class_id: str
    agency: str
    name: str
    content: str
    reason: str

    @property
    def row_key(self) -> str:
        """The same row of the same agency and class, sent again, has the same key."""
        return hashlib.sha256(f"{self.agency}\x1f{self.class_id}\x1f{self.content}".encode()).hexdigest()


def queue_unlinked(rows: Sequence[NewUnlinked]) -> int:
    """Queue rows that are not queued, decided or dismissed already; return how many were."""
    fresh = {row.row_key: row for row in rows}
    known = bulk.select_in(
        "SELECT row_key FROM intake_unlinkedrow WHERE state <> 'recalled' AND row_key IN ({values})", fresh
    )
    for (key,) in known:
        fresh.pop(key)
    bulk.insert(
        "intake_unlinkedrow",
        ("id", "submission_id", '"row"', "row_key", "class_id", "name", "content", "reason", "state",
         "decided_by", "ground"),
        [(row.id, row.submission_id, row.row, key, row.class_id, row.name[:200], row.content, row.reason,
          "open", "", "") for key, row in fresh.items()],
    )  # fmt: skip
    return len(fresh)
