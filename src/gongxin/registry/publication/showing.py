"""Until when something of each class about a subject shows, kept ready for the search.

A search must neither find nor count a subject of whom nothing shows, and asking the ledger that of each
of a thousand names takes longer than finding them. So the answer is kept, and written in the transaction
that changes it; what ends by itself, and a class that is no longer law, the moment asked still tells.
Subjects that are one by merges show alike: what shows of one of them is kept of each.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import in_force_sql
from gongxin.registry.subjects.clusters import clusters_of

NEVER = "9999-12-31 00:00:00"

Shown = tuple[str, str, str]  # subject (hexadecimal), class, until


def something_shows(subject_id: str) -> str:
    """Return the condition that anything of the subject `subject_id` (SQL) shows now; takes `moments`.

    A subquery in an expression, so that PostgreSQL asks it row by row and a LIMIT ends it early.
    """
    return (
        "(SELECT 1 FROM publication_showing shown"
        f" WHERE shown.subject_id = {subject_id} AND shown.until > %s AND {in_force_sql('shown.class_id')}"
        " LIMIT 1) IS NOT NULL"
    )


def moments(at: datetime) -> list[str]:
    """Return what `something_shows` takes; `at` is now: of what has changed the past is not kept here."""
    return [bulk.instant(at), legal_day(at).isoformat()]


def subjects_shown(subject_ids: Iterable[str], *, at: datetime) -> set[str]:
    """Return those of the subjects (ids in hexadecimal) of whom anything shows to everyone now, at `at`."""
    subject = "CAST(given.value AS uuid)" if bulk.on_postgresql() else "given.value"
    rows = bulk.select_in(
        f"SELECT given.value FROM ({{values}}) AS given WHERE {something_shows(subject)}",
        subject_ids,
        *moments(at),
    )
    return {found for (found,) in rows}


def extend(shown: Iterable[Shown]) -> None:
    """Let each class of a subject show at least until then: records came, none changed."""
    rows = _longest(_of_all_that_are_one(list(shown)))
    if bulk.on_postgresql():
        columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
        given = "SELECT * FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[])"
        bulk.execute_many(_extending(given, later="GREATEST"), [columns])
    else:
        bulk.execute_many(_extending("VALUES (%s, %s, %s)", later="MAX"), rows)


def _extending(given: str, *, later: str) -> str:
    return (
        f"INSERT INTO publication_showing AS kept (subject_id, class_id, until) {given}"
        f" ON CONFLICT (subject_id, class_id) DO UPDATE SET until = {later}(kept.until, excluded.until)"
    )


def sum_again(subject_ids: Iterable[str]) -> None:
    """Work out from their records and decisions what shows of these subjects (ids in hexadecimal)."""
    wanted = set(subject_ids)
    merged = {one for cluster in clusters_of(wanted).values() for one in cluster}
    wanted |= merged
    one_of, given = bulk.one_of(list(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM publication_showing WHERE subject_id {one_of}", [given])
        cursor.execute(
            f"INSERT INTO publication_showing (subject_id, class_id, until) {_sums(one_of)}", [given, given]
        )
    if merged:
        one_of, given = bulk.one_of(list(merged))
        rows = bulk.select(
            f"SELECT subject_id, class_id, until FROM publication_showing WHERE subject_id {one_of}", given
        )
        extend((bulk.hexadecimal(subject), *rest) for subject, *rest in rows)


def _of_all_that_are_one(shown: Sequence[Shown]) -> list[Shown]:
    clusters = clusters_of({subject_id for subject_id, *_ in shown})
    return [
        (one, class_id, until)
        for subject_id, class_id, until in shown
        for one in clusters.get(subject_id, [subject_id])
    ]


def _sums(one_of: str) -> str:
    newest = (
        "SELECT subject_id, class_id, record_id, outcome, audience, publish_until,"
        " ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY decided_at DESC, id DESC) AS place"
        f" FROM publication_decision WHERE subject_id {one_of}"
    )
    standing = (
        f"SELECT record_id FROM ledger_entry WHERE subject_id {one_of}"
        " AND superseded_at IS NULL AND erased_at IS NULL AND kind <> 'withdrawal'"
    )
    return (
        f"SELECT subject_id, class_id, MAX(COALESCE(publish_until, '{NEVER}')) FROM ({newest}) AS newest"
        " WHERE place = 1 AND outcome = 'published' AND audience = 'public'"
        f" AND record_id IN ({standing}) GROUP BY subject_id, class_id"
    )


def _longest(shown: Iterable[Shown]) -> list[Shown]:
    longest: dict[tuple[str, str], str] = {}
    for subject_id, class_id, until in shown:
        longest[subject_id, class_id] = max(until, longest.get((subject_id, class_id), until))
    return [(*key, until) for key, until in longest.items()]
