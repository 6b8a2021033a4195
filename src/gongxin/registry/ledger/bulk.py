"""Entries by the thousand: what is current, append, supersede."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from gongxin.core.ledger import Kind
from gongxin.registry import bulk
from gongxin.registry.ledger import numbers

WITHDRAWAL = Kind.WITHDRAWAL.value


class Current(NamedTuple):
    """The current version of a record, as far as posting needs it."""

    entry_id: str
    record_id: str
    content_hash: str
    kind: str
    held_reason: str
    agency_id: str
    submission_id: str  # empty where no batch of rows brought it

    def says(self, content_hash: str) -> bool:
        """Return whether the record stands with this very content."""
        return self.content_hash == content_hash and self.kind != WITHDRAWAL


ENTRY_COLUMNS = (
    "subject_id", "id", "record_id", "record_key", "class_id", "edition", "adverse", "kind", "content",
    "content_hash", "salt", "decided_on", "served_on", "usable_from", "document_number", "held_reason",
    "ground", "evidence_file", "proposed_by", "decided_by", "agency_id", "submission_id", "row",
    "recorded_at",
)  # fmt: skip


def current_entries(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Current]:
    """Return the current entry of each (subject, record key) that has one."""
    rows = bulk.look_up(
        keys,
        table="ledger_entry",
        key="record_key",
        columns="id, record_id, content_hash, kind, held_reason, agency_id, submission_id",
        only="superseded_at IS NULL",
    )
    return {
        (bulk.hexadecimal(subject), key): Current(
            entry_id=bulk.hexadecimal(entry),
            record_id=bulk.hexadecimal(record),
            content_hash=content_hash,
            kind=kind,
            held_reason=held,
            agency_id=bulk.hexadecimal(agency),
            submission_id=bulk.hexadecimal(submission) if submission else "",
        )
        for subject, key, entry, record, content_hash, kind, held, agency, submission in rows
    }


def append(
    rows: Sequence[tuple[object, ...]],
    *,
    same: Mapping[str, object] = MappingProxyType({}),
    numbers_follow: bool = False,
) -> None:
    """Append entries, given in the order of ENTRY_COLUMNS without the columns that are the `same` in all.

    Their document numbers can be found at once, unless they follow: `numbers.put_in_order` of a submission.
    """
    names = [name for name in ENTRY_COLUMNS if name not in same]
    bulk.insert("ledger_entry", ['"row"' if name == "row" else name for name in names], rows, same=same)
    if not numbers_follow:
        number, subject, entry = (names.index(name) for name in ("document_number", "subject_id", "id"))
        numbers.add([(str(row[number]), str(row[subject]), str(row[entry])) for row in rows])


def supersede(entries: Sequence[tuple[str, str]], at: str) -> None:
    """Mark (subject, entry) versions as superseded at `at`."""
    bulk.execute_many(
        "UPDATE ledger_entry SET superseded_at = %s WHERE subject_id = %s AND id = %s",
        [(at, subject, entry) for subject, entry in entries],
    )


def erase(records: Sequence[tuple[str, str]], *, at: str) -> list[str]:
    """Erase what every version of these (subject, record) says, and its salt, once; return the versions."""
    of_subjects, subjects = bulk.one_of([subject for subject, _ in records])
    of_records, found = bulk.one_of([record for _, record in records])
    versions = bulk.select(
        f"SELECT id FROM ledger_entry WHERE subject_id {of_subjects} AND record_id {of_records}",
        subjects,
        found,
    )
    bulk.execute_many(
        "UPDATE ledger_entry SET content = NULL, salt = NULL, erased_at = %s"
        " WHERE subject_id = %s AND record_id = %s AND erased_at IS NULL",
        [(at, subject, record) for subject, record in records],
    )
    return [bulk.hexadecimal(version) for (version,) in versions]


def leave_fingerprints(rows: Sequence[tuple[str, str, str, str, str, str]]) -> None:
    """Leave (subject, record key, record, class, reason, at) of ended records, where none lies yet."""
    bulk.execute_many(
        "INSERT INTO ledger_fingerprint (subject_id, record_key, record_id, class_id, reason, at)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        rows,
    )
