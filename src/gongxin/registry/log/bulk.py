"""Public acts by the thousand."""

from collections.abc import Sequence

from gongxin.registry import bulk

ACT_COLUMNS = ("id", "subject_id", "object_id", "commitment", "salt", "hidden")


def append(rows: Sequence[tuple[object, ...]], *, kind: str, at: str) -> None:
    """Append acts of one kind and instant, in the order of ACT_COLUMNS, in the transaction of their cause."""
    bulk.insert("log_act", ACT_COLUMNS, rows, same={"kind": kind, "at": at})


def forget_salts(ids: Sequence[str]) -> None:
    """Erase the salts of some acts (ids in hexadecimal): their commitments can be opened no more."""
    statement = "UPDATE log_act SET salt = NULL WHERE id = %s AND salt IS NOT NULL"
    bulk.execute_many(statement, [(one,) for one in ids])
