"""What posting asks of records that have ended, by the batch: which there were, and how each ended.

A withdrawal, a repair and a correction of a number leave a fingerprint. An expiry leaves none, since nothing
runs when it comes: it is read off the newest decision, so that it holds with every worker stopped.
"""

from collections.abc import Iterable
from typing import NamedTuple

from gongxin.registry import bulk

Address = tuple[str, str]  # subject and record key, in hexadecimal


class Left(NamedTuple):
    """A fingerprint, and the number its record bears if that has not come back into force."""

    subject_id: str
    record_key: str
    reason: str
    document_number: str


class Bore(NamedTuple):
    """A number that a record of a class once shown bears."""

    subject_id: str
    record_id: str
    document_number: str


class Newest(NamedTuple):
    """The newest decision about one record, as far as posting needs it."""

    outcome: str
    reason: str
    over: bool  # it was shown, and its day has come


def fingerprints_left(subject_ids: Iterable[str], *, class_id: str) -> list[Left]:
    """Return the fingerprints of these subjects' records of a class."""
    # Each number by the index, whatever the planner believes of a ledger that is being filled.
    number = (
        "SELECT e.document_number FROM ledger_entry e WHERE e.subject_id = f.subject_id"
        " AND e.record_key = f.record_key AND e.superseded_at IS NULL"
        " AND (f.reason IN ('repair', 'expiry') OR e.kind = 'withdrawal')"
    )
    rows = bulk.select_in(
        f"SELECT f.subject_id, f.record_key, f.reason, ({number}) FROM ledger_fingerprint f"
        f" WHERE f.subject_id IN ({bulk.id_set()}) AND f.class_id = %s",
        subject_ids,
        class_id,
    )
    return [
        Left(bulk.hexadecimal(subject), key, reason, number or "") for subject, key, reason, number in rows
    ]


def numbers_of_shown(subject_ids: Iterable[str], *, class_id: str) -> list[Bore]:
    """Return the numbers of these subjects' records of a class, where one of the class was ever public."""
    shown = bulk.look_up(
        [(one, class_id) for one in subject_ids],
        table="publication_showing", key="class_id", columns="class_id",
    )  # fmt: skip
    rows = bulk.of_each_subject(
        [bulk.hexadecimal(subject) for subject, *_ in shown],
        table="ledger_entry",
        columns="subject_id, record_id, document_number",
        only="superseded_at IS NULL AND document_number <> '' AND class_id = %s",
        more=(class_id,),
    )
    return [
        Bore(bulk.hexadecimal(subject), bulk.hexadecimal(record), number) for subject, record, number in rows
    ]


def newest_of(records: Iterable[Address], *, at: str) -> dict[str, Newest]:
    """Return the newest decision about each of these (subject, record), by record."""
    wanted = list(records)
    if not wanted:
        return {}
    of_subjects, subjects = bulk.one_of([subject for subject, _ in wanted])
    of_records, found = bulk.one_of([record for _, record in wanted])
    rows = bulk.select(
        "SELECT record_id, outcome, reason, publish_until IS NOT NULL AND publish_until <= %s FROM ("
        "SELECT record_id, outcome, reason, publish_until,"
        " ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY decided_at DESC, id DESC) AS place"
        f" FROM publication_decision WHERE subject_id {of_subjects} AND record_id {of_records}) AS newest"
        " WHERE place = 1",
        at,
        subjects,
        found,
    )
    return {
        bulk.hexadecimal(record): Newest(outcome, reason, bool(over))
        for record, outcome, reason, over in rows
    }


def corrected_away(records: Iterable[Address]) -> set[tuple[str, str]]:
    """Return (record, content hash) of the versions of these records that a correction has replaced."""
    wanted = list(records)
    if not wanted:
        return set()
    of_subjects, subjects = bulk.one_of([subject for subject, _ in wanted])
    of_records, found = bulk.one_of([record for _, record in wanted])
    rows = bulk.select(
        "SELECT old.record_id, old.content_hash FROM ledger_entry old JOIN ledger_entry made"
        " ON made.subject_id = old.subject_id AND made.record_id = old.record_id"
        " AND made.recorded_at = old.superseded_at AND made.kind IN ('clerical', 'substantive')"
        f" WHERE old.subject_id {of_subjects} AND old.record_id {of_records}",
        subjects,
        found,
    )
    return {(bulk.hexadecimal(record), digest) for record, digest in rows}
