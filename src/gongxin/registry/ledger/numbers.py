"""Which entries carry a document number: found however it is typed, and by how it begins.

A load's numbers come in the order of its subjects, which is none: an index on the ledger had every batch
write all over it, and a million rows took two fifths longer. So the numbers of a submission are put in
order when all its rows are posted; while it is being posted, a question reads its entries themselves.
"""

import heapq
from collections.abc import Callable, Collection, Sequence
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.db import connection

from gongxin.core.document_numbers import normal_form
from gongxin.core.submissions import State
from gongxin.registry import bulk

LAST_CHARACTER = "\U0010ffff"
MOST_ALIKE = 1_000  # of one number; the exact ones come first among those that begin with it
RUN_ROWS = 5_000  # one transaction: no write lock over a quarter of a second, on a full table either
COLUMNS = "document_number, subject_id, entry_id"

Numbered = tuple[str, str, str]  # number in its normal form, subject and entry in hexadecimal


def add(numbered: Sequence[Numbered]) -> None:
    """Let these numbers be found from now on, inside the transaction that appends their entries."""
    bulk.insert("ledger_number", COLUMNS.split(", "), [one for one in numbered if one[0]])


def put_in_order(submission_id: UUID, *, between: Callable[[], None] = lambda: None) -> None:
    """Let the numbers a submission brought be found by themselves; done again, it changes nothing.

    In transactions short enough for SQLite's one writer; `between` is called after each.
    """
    brought = (
        "SELECT document_number, subject_id, id AS entry_id FROM ledger_entry"
        " WHERE submission_id = %s AND superseded_at IS NULL AND document_number <> ''"
        " ORDER BY document_number, id"
    )
    with connection.cursor() as cursor:
        if bulk.on_postgresql():  # nobody waits for these rows, so that it may take its time
            cursor.execute(
                f"INSERT INTO ledger_number ({COLUMNS}) {brought} ON CONFLICT DO NOTHING", [submission_id]
            )
            return
        cursor.execute(f"CREATE TEMP TABLE numbers_in_order AS {brought}", [submission_id.hex])
        try:
            (rows,) = bulk.select("SELECT COUNT(*) FROM numbers_in_order")[0]
            for start in range(0, rows, RUN_ROWS):
                cursor.execute(
                    f"INSERT OR IGNORE INTO ledger_number ({COLUMNS}) SELECT {COLUMNS} FROM numbers_in_order"
                    " WHERE rowid > %s AND rowid <= %s",
                    [start, start + RUN_ROWS],
                )
                between()
        finally:
            cursor.execute("DROP TABLE numbers_in_order")


def numbered(
    number: str, *, agency_ids: Collection[UUID] | None, limit: int, offset: int = 0
) -> list[tuple[UUID, UUID]]:
    """Return (subject, record) of current entries whose document number is or begins with `number`.

    However the number is typed; of these agencies, or (None) of all. In the order of the numbers.
    """
    begins = normal_form(number.replace("\0", ""))
    if not begins:
        return []
    both = (_found(table, begins, agency_ids, limit + offset) for table in ("ledger_number", _BEING_POSTED))
    # In both for a moment: at the end of a posting, and where an officer linked a row during one.
    once = (found for found, _ in groupby(heapq.merge(*both)))
    return [
        (bulk.as_id(subject_id), bulk.as_id(record_id))
        for _, _, subject_id, record_id in islice(once, offset, offset + limit)
    ]


def exactly_numbered(number: str) -> list[tuple[UUID, UUID]]:
    """Return (subject, record) of every current entry whose document number is `number`, however typed."""
    wanted = normal_form(number.replace("\0", ""))
    if not wanted:
        return []
    both = (_found(table, wanted, None, MOST_ALIKE) for table in ("ledger_number", _BEING_POSTED))
    found = {
        (subject_id, record_id) for one in both for text, _, subject_id, record_id in one if text == wanted
    }
    return [(bulk.as_id(subject_id), bulk.as_id(record_id)) for subject_id, record_id in sorted(found)]


_BEING_POSTED = (
    "(SELECT document_number, subject_id, id AS entry_id FROM ledger_entry WHERE superseded_at IS NULL"
    f" AND submission_id IN (SELECT id FROM intake_submission WHERE state = '{State.POSTING.value}'))"
)


def _found(
    numbers: str, begins: str, agency_ids: Collection[UUID] | None, limit: int
) -> list[tuple[str, str, str, str]]:
    condition, given = "", list[Any]()
    if agency_ids is not None:
        one_of, ids = bulk.one_of([found.hex for found in agency_ids])
        condition, given = f" AND e.agency_id {one_of}", [ids]
    # By code point, as the table has it: PostgreSQL's own order of Chinese is another.
    number = "n.document_number" + (' COLLATE "C"' if bulk.on_postgresql() else "")
    rows = bulk.select(
        f"SELECT n.document_number, e.id, e.subject_id, e.record_id FROM {numbers} n"
        " CROSS JOIN ledger_entry e"
        f" WHERE {number} >= %s AND {number} < %s AND e.subject_id = n.subject_id AND e.id = n.entry_id"
        f" AND e.superseded_at IS NULL{condition} ORDER BY {number}, n.entry_id LIMIT %s",
        begins, begins + LAST_CHARACTER, *given, limit,
    )  # fmt: skip
    return [(text, *(bulk.hexadecimal(found) for found in ids)) for text, *ids in rows]
