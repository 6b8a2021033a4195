"""Listings by the thousand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from gongxin.registry import bulk

LISTING_COLUMNS = (
    "subject_id", "id", "entry_id", "record_id", "list_id", "effect", "way", "ground", "basis_source",
    "basis_article", "decision_number", "decided_on", "from_on", "until_on", "notice_id", "attestation",
    "exit_terms", "remedy", "proposed_by", "decided_by", "at",
)  # fmt: skip


def append(rows: Sequence[tuple[Any, ...]]) -> None:
    """Append listings given in the order of LISTING_COLUMNS, inside the running transaction."""
    bulk.insert("lists_listing", LISTING_COLUMNS, rows)


class LastListing(NamedTuple):
    """What the newest listing of a record says of how it was decided; `notice_id` is empty if attested."""

    notice_id: str
    decided_on: date
    until_on: date
    proposed_by: str
    decided_by: str


def last_listings(records: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], LastListing]:
    """Return the newest listing of each (subject, record), hexadecimal, that ever had one."""
    if not records:
        return {}
    of_subjects, subjects = bulk.one_of(list({subject for subject, _ in records}))
    rows = bulk.select(
        "SELECT subject_id, record_id, notice_id, decided_on, until_on, proposed_by, decided_by"
        f" FROM lists_listing WHERE subject_id {of_subjects} ORDER BY at, id",
        subjects,
    )
    return {
        (bulk.hexadecimal(subject), bulk.hexadecimal(record)): LastListing(
            bulk.hexadecimal(notice) if notice else "", bulk.as_day(decided_on) or date.min,
            bulk.as_day(until_on) or date.min, *by,
        )
        for subject, record, notice, decided_on, until_on, *by in rows
    }  # fmt: skip
