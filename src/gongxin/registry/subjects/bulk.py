"""Subjects by the thousand: find by identifier, add with names and search tokens."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from gongxin.registry import bulk

Key = tuple[str, str]  # scheme, value


class NewSubject(NamedTuple):
    id: str  # hexadecimal
    kind: str
    database: str
    region: str


class NewName(NamedTuple):
    subject_id: str
    name: str
    normal: str
    searchable: bool
    tokens: tuple[str, ...]


def subjects_of(keys: Iterable[Key]) -> dict[Key, str]:
    """Return the subject each known current identifier names."""
    wanted = set(keys)
    rows = bulk.select_in(
        "SELECT scheme, value, subject_id FROM subjects_identifier"
        " WHERE until_at IS NULL AND value IN ({values})",
        {value for _, value in wanted},
    )
    return {
        (scheme, value): bulk.hexadecimal(subject)
        for scheme, value, subject in rows
        if (scheme, value) in wanted
    }


def names_of(subject_ids: Iterable[str]) -> dict[str, list[tuple[str, bool]]]:
    """Return for each subject its names in normal form, and whether each is current."""
    rows = bulk.select_in(
        "SELECT subject_id, normal, until_at IS NULL FROM subjects_subjectname"
        f" WHERE subject_id IN ({bulk.id_set()})",
        subject_ids,
    )
    found: dict[str, list[tuple[str, bool]]] = {}
    for subject, normal, current in rows:
        found.setdefault(bulk.hexadecimal(subject), []).append((normal, bool(current)))
    return found


def unified_codes_of(subject_ids: Iterable[str]) -> dict[str, str]:
    """Return the current unified code of each subject that has one."""
    rows = bulk.select_in(
        "SELECT subject_id, value FROM subjects_identifier WHERE scheme = 'unified' AND until_at IS NULL"
        f" AND subject_id IN ({bulk.id_set()})",
        subject_ids,
    )
    return {bulk.hexadecimal(subject): value for subject, value in rows}


def keys_of(subject_ids: Iterable[str]) -> list[tuple[str, Key]]:
    """Return each current identifier of these subjects, with whose it is."""
    rows = bulk.select_in(
        "SELECT subject_id, scheme, value FROM subjects_identifier WHERE until_at IS NULL"
        f" AND subject_id IN ({bulk.id_set()})",
        subject_ids,
    )
    return [(bulk.hexadecimal(subject), (scheme, value)) for subject, scheme, value in rows]


def add(
    *,
    subjects: Sequence[NewSubject],
    identifiers: Sequence[tuple[str, str, str]],
    names: Sequence[NewName],
    at: str,
) -> None:
    """Add subjects, (subject, scheme, value) identifiers and names, all from `at` on."""
    bulk.insert(
        "subjects_subject",
        ("id", "kind", "database", "region", "created_at"),
        [(new.id, new.kind, new.database, new.region, at) for new in subjects],
    )
    bulk.insert(
        "subjects_organisation",
        ("subject_id",),
        [(new.id,) for new in subjects if new.kind == "organisation"],
    )
    bulk.insert(
        "subjects_identifier",
        ("subject_id", "scheme", "value", "from_at"),
        [(subject, scheme, value, at) for subject, scheme, value in identifiers],
    )
    _add_names(names, at)


def _add_names(names: Sequence[NewName], at: str) -> None:
    if not names:
        return
    first = _next_name_id()
    numbered = list(enumerate(names, start=first))
    columns = ("id", "subject_id", "name", "normal", "searchable", "from_at")
    rows = [(number, new.subject_id, new.name, new.normal, new.searchable, at) for number, new in numbered]
    if bulk.on_postgresql():
        tokens = [" ".join(new.tokens) if new.searchable else None for new in names]
        bulk.insert(
            "subjects_subjectname",
            (*columns, "tokens"),
            [(*row, mark) for row, mark in zip(rows, tokens, strict=True)],
        )
    else:
        bulk.insert("subjects_subjectname", columns, rows)
        searchable = [(number, " ".join(new.tokens)) for number, new in numbered if new.searchable]
        bulk.insert("subjects_nameindex", ("rowid", "tokens"), searchable)


def end_names(ended: Sequence[tuple[str, str]], at: str) -> None:
    """End the (subject, normal form) names of renamed subjects."""
    bulk.execute_many(
        "UPDATE subjects_subjectname SET until_at = %s"
        " WHERE subject_id = %s AND normal = %s AND until_at IS NULL",
        [(at, subject, normal) for subject, normal in ended],
    )


def _next_name_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM subjects_subjectname")
        return int(cursor.fetchone()[0])
