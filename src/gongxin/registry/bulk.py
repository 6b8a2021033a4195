"""Many rows at once, on both databases: COPY on PostgreSQL, `executemany` on SQLite.

The ORM is for people-sized work; postings come by the thousand. Values are passed as the database
takes them: ids as hexadecimal, dates as ISO text, instants through `instant`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection


def on_postgresql() -> bool:
    return bool(connection.vendor == "postgresql")


def instant(at: datetime) -> str:
    """Return `at` as this database stores and compares it."""
    return _instant(at, on_postgresql())


@lru_cache(maxsize=4096)
def _instant(at: datetime, aware: bool) -> str:
    return at.isoformat() if aware else str(at.astimezone(UTC).replace(tzinfo=None))


def plain(value: object) -> object:
    """Return a value of a row as it is passed to the database in bulk."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def hexadecimal(found: Any) -> str:
    """Return an id as it is passed around: PostgreSQL gives a UUID, SQLite the text it keeps."""
    return found.hex if isinstance(found, UUID) else str(found)


def as_id(found: Any) -> UUID:
    """Return an id as this database gives it as a UUID."""
    return found if isinstance(found, UUID) else UUID(found)


def as_instant(found: Any) -> datetime | None:
    """Return an instant, if there is one, as this database gives it."""
    return None if found is None else known_instant(found)


def known_instant(found: Any) -> datetime:
    """Return an instant as this database gives it; SQLite keeps UTC without saying so."""
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return _read_instant(found)


@lru_cache(maxsize=4096)
def _read_instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def as_day(found: Any) -> date | None:
    """Return a day as this database gives it."""
    return found if found is None or isinstance(found, date) else date.fromisoformat(found)


def insert(
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    *,
    same: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Insert `rows` into `table` inside the running transaction.

    `columns` are those of `rows`; `same` are further columns, with one value for all rows.
    """
    if not rows:
        return
    names = ", ".join([*columns, *same])
    # The driver is used directly; what it says of a lost database or a full disk must read as Django's.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if on_postgresql():
            rest = tuple(same.values())
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row + rest)
        else:
            # Said once in the statement: handing a value over costs more than storing it.
            places = ", ".join(["?"] * len(columns) + _literals(tuple(same.values())))
            # The driver's own executemany: Django's would rewrite every statement's placeholders.
            connection.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def add(table: str, **values: Any) -> None:
    """Insert one row inside the running transaction, where there is no time for the ORM to think."""
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    given: list[Any] = [plain(one) for one in values.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", given)


def _literals(values: tuple[Any, ...]) -> list[str]:
    """Return `values` as SQLite itself writes them in a statement."""
    if not values:
        return []
    quoted = connection.connection.execute(f"SELECT {', '.join(['quote(?)'] * len(values))}", values)
    return list(quoted.fetchone())


def select_in(query: str, values: Iterable[str], *more: Any) -> list[tuple[Any, ...]]:
    """Run `query`, in which `{values}` is a SELECT of `values` as the column `value`; `more` follow."""
    wanted = list(values)
    if not wanted:
        return []
    given = "SELECT unnest(%s::text[]) AS value" if on_postgresql() else "SELECT value FROM json_each(%s)"
    listed = wanted if on_postgresql() else _json(wanted)
    return select(query.format(values=given), listed, *more)


def id_set() -> str:
    """Return what stands for `{values}` in `select_in` where they are ids."""
    return "SELECT CAST(value AS uuid) FROM ({values}) AS given(value)" if on_postgresql() else "{values}"


def select_of(
    query: str, ids: Iterable[UUID], *more: Any, before: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """Run `query`, in which `{is_one_of}` follows a column of ids; `before` come first, `more` follow."""
    wanted = [found.hex for found in ids]
    if not wanted:
        return []
    is_one_of, given = one_of(wanted)
    return select(query.format(is_one_of=is_one_of), *before, given, *more)


def one_of(ids: Sequence[str]) -> tuple[str, Any]:
    """Return what follows a column of ids that must be one of `ids` (hexadecimal), and what it takes."""
    if on_postgresql():
        return "= ANY(%s::uuid[])", ids
    return "IN (SELECT value FROM json_each(%s))", _json(ids)


def select(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Run `query` and return its rows as the database gives them."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def look_up(
    pairs: Iterable[tuple[str, str]], *, table: str, key: str, columns: str, only: str = "TRUE"
) -> list[tuple[Any, ...]]:
    """Return subject, key and `columns` of the row of `table` under each (subject, key) pair that has one.

    `key` with the subject is unique among the rows for which `only` holds.
    """
    wanted = list(pairs)
    if not wanted:
        return []
    under = f"{table}.subject_id = given.subject_id AND {key} = given.other AND {only}"
    if on_postgresql():
        # One by one through the index: in mid-load the statistics lag behind, and as a join the planner
        # reads the whole table for every batch.
        return select(
            "SELECT given.*, found.* FROM unnest(%s::uuid[], %s::text[]) AS given(subject_id, other),"
            f" LATERAL (SELECT {columns} FROM {table} WHERE {under} LIMIT 1) AS found",
            *(list(column) for column in zip(*wanted, strict=True)),
        )
    given = (
        "SELECT json_extract(value, '$[0]') AS subject_id, json_extract(value, '$[1]') AS other"
        " FROM json_each(%s)"
    )
    return select(
        f"SELECT given.subject_id, given.other, {columns} FROM ({given}) AS given"
        f" CROSS JOIN {table} WHERE {under}",
        _json(wanted),
    )


def of_each_subject(
    subject_ids: Sequence[str], *, table: str, columns: str, only: str, more: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """Return `columns` of the rows of `table` about each subject for which `only` holds; `more` it takes."""
    if not subject_ids:
        return []
    asked = f"SELECT {columns} FROM {table} WHERE subject_id"
    if on_postgresql():
        # One by one through the index, for the reason `look_up` gives.
        return select(
            "SELECT found.* FROM unnest(%s::uuid[]) AS given(one),"
            f" LATERAL ({asked} = given.one AND {only} OFFSET 0) AS found",
            subject_ids,
            *more,
        )
    return select(f"{asked} IN (SELECT value FROM json_each(%s)) AND {only}", _json(subject_ids), *more)


def execute_many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run `statement` (with %s places) once for each of `rows`."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _json(values: Sequence[str | tuple[str, str]]) -> str:
    return json.dumps(values)


@contextmanager
def alone_at(work: int) -> Iterator[bool]:
    """Say whether no other process does this work just now, and let none begin it before the block ends.

    On SQLite, where one worker serves, it is always so.
    """
    if not on_postgresql():
        yield True
        return
    [(mine,)] = select("SELECT pg_try_advisory_lock(%s)", work)
    try:
        yield bool(mine)
    finally:
        if mine:
            select("SELECT pg_advisory_unlock(%s)", work)


def one_writer() -> None:
    """Let one transaction at a time post, until it ends. SQLite's IMMEDIATE already does."""
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x676F6E67])
