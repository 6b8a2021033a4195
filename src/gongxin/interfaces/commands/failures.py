"""What stops a command through no fault of its own, in words: no database, no room, an unreadable now."""

import errno
import os

from gongxin.core.catalogue import Label
from gongxin.interfaces.clock import UnreadableNow

# By name, so that a quick command need not import Django to know that this is not its error. A fault in
# our own statements (ProgrammingError, IntegrityError) is a bug and stays one.
_DATABASE_FAILURES = frozenset({"OperationalError", "InterfaceError", "DatabaseError"})
_DATABASE_MODULES = ("django.db", "psycopg", "sqlite3")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

DATABASE_GONE = Label("数据库没有应答或无法写入", "The database does not answer or cannot be written")
DISK_FULL = Label("磁盘空间或配额已用尽", "The disk is full or its quota is used up")


def code_of(error: BaseException) -> str | None:
    """Return the failure's code, or None if `error` is a bug and should be seen as one."""
    if isinstance(error, UnreadableNow):
        return "unreadable-now"
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return "disk-full"
    return "database-unavailable" if _is_of_the_database(error) else None


def words_for(error: BaseException) -> Label | None:
    """Return what to say of `error`; never the driver's own words, which may quote a row."""
    code = code_of(error)
    if code == "unreadable-now":
        return _unreadable_now()
    return {"disk-full": DISK_FULL, "database-unavailable": DATABASE_GONE}.get(code or "")


def _is_of_the_database(error: BaseException) -> bool:
    kind = type(error)
    return kind.__name__ in _DATABASE_FAILURES and kind.__module__.startswith(_DATABASE_MODULES)


def _unreadable_now() -> Label:
    told = os.environ.get("GONGXIN_NOW", "")
    return Label(
        f"GONGXIN_NOW 看不懂：{told}，例如 2026-05-03 或 2026-05-03T10:00:00+08:00",
        f"GONGXIN_NOW cannot be read: {told}; write 2026-05-03 or 2026-05-03T10:00:00+08:00",
    )
