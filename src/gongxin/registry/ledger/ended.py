"""What posting asks of records that have ended, by the batch: which there were, and how each ended.

A withdrawal, a repair and a correction of a number leave a fingerprint. An expiry leaves none, since nothing
runs when it comes: it is read off the newest decision, so that it holds with every worker stopped.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from gongxin.registry import bulk

Address = tuple[str, str]  # subject and record key, in hexadecimal


class Left(NamedTuple):
    """A fingerprint, and the number its record bears if that has not come back into force."""

    subject_id: str
    record_key: str
    reason: str
    document_number: str


class Bore(NamedTuple):
    """What a record that may have ended bears now: its key, its number, and why it is held if it is."""

    subject_id: str
    record_id: str
    record_key: str
    document_number: str
    held_reason: str


_BORE = ", ".join(Bore._fields)
# As the index `decisions_that_stop` says it, word for word: SQLite uses it for nothing else.
_STOPS = "outcome IN ('suspended', 'masked', 'ended', 'pending')"


class Newest(NamedTuple):
    """The newest decision about one record that waits for nobody, as far as posting needs it."""

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
        columns=_BORE,
        only="superseded_at IS NULL AND document_number <> '' AND class_id = %s",
        more=(class_id,),
    )
    return _bore(rows)


def stopped(subject_ids: Iterable[str], *, class_id: str) -> list[Bore]:
    """Return these subjects' records of a class that a decision ever hid, ended or left to a person."""
    found = bulk.of_each_subject(
        list(subject_ids),
        table="publication_decision",
        columns="subject_id, record_id",
        only=f"class_id = %s AND {_STOPS}",
        more=(class_id,),
    )
    if not found:
        return []
    of_subjects, subjects = bulk.one_of([bulk.hexadecimal(subject) for subject, _ in found])
    of_records, records = bulk.one_of([bulk.hexadecimal(record) for _, record in found])
    rows = bulk.select(
        f"SELECT {_BORE} FROM ledger_entry WHERE subject_id {of_subjects} AND record_id {of_records}"
        " AND superseded_at IS NULL",
        subjects,
        records,
    )
    return _bore(rows)


def _bore(rows: Iterable[tuple[Any, ...]]) -> list[Bore]:
    return [
        Bore(bulk.hexadecimal(subject), bulk.hexadecimal(record), *said) for subject, record, *said in rows
    ]


def newest_of(records: Iterable[Address], *, at: str) -> dict[str, Newest]:
    """Return the newest decision about each of these (subject, record) that waits for nobody, by record."""
    wanted = list(records)
    if not wanted:
        return {}
    of_subjects, subjects = bulk.one_of([subject for subject, _ in wanted])
    of_records, found = bulk.one_of([record for _, record in wanted])
    rows = bulk.select(
        "SELECT record_id, outcome, reason, publish_until IS NOT NULL AND publish_until <= %s FROM ("
        "SELECT record_id, outcome, reason, publish_until,"
        " ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY decided_at DESC, id DESC) AS place"
        f" FROM publication_decision WHERE subject_id {of_subjects} AND record_id {of_records}"
        " AND outcome <> 'pending') AS newest WHERE place = 1",
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
