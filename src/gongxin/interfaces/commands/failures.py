"""What stops a command through no fault of its own, in words: no database, no room, an unreadable now.

Each sentence says what failed, where to look and what to do. The driver's own words are never repeated:
they may quote a row or a password.
"""

import errno
import os
import sqlite3
from collections.abc import Mapping
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.interfaces.clock import UnreadableNow

# By name, so that a quick command need not import Django to know that this is not its error. A fault in
# our own statements (ProgrammingError, IntegrityError) is a bug and stays one.
_DATABASE_FAILURES = frozenset({"OperationalError", "InterfaceError", "DatabaseError"})
_DATABASE_MODULES = ("django.db", "psycopg", "sqlite3")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_NOTADB: "database-damaged",
    sqlite3.SQLITE_CORRUPT: "database-damaged",
    sqlite3.SQLITE_BUSY: "database-busy",
    sqlite3.SQLITE_LOCKED: "database-busy",
}
_OF_POSTGRESQL = {"53100": "disk-full"}

DISK_FULL = Label(
    "磁盘空间或配额已用尽：用 df 查看数据库、GONGXIN_HOME 与临时文件夹所在的磁盘，腾出空间后重新运行",
    "The disk is full or its quota is used up: look with `df` at the disks of the database, of GONGXIN_HOME"
    " and of the temporary folder, make room and run this again",
)


def code_of(error: BaseException) -> str | None:
    """Return the failure's code, or None if `error` is a bug and should be seen as one."""
    if isinstance(error, UnreadableNow):
        return "unreadable-now"
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return "disk-full"
    return code_of_database(error) if _is_of_the_database(error) else None


def code_of_database(error: BaseException) -> str:
    """Return the code of what the driver said, which lies behind the error Django makes of it."""
    said = error.__cause__ or error
    # The low byte is the kind; the rest says which system call it was.
    of_sqlite = _OF_SQLITE.get(getattr(said, "sqlite_errorcode", 0) & 0xFF)
    return of_sqlite or _OF_POSTGRESQL.get(getattr(said, "sqlstate", None) or "") or "database-unavailable"


def words_for(code: str) -> Label:
    """Return what to say of a failure with this code."""
    if code == "unreadable-now":
        return _unreadable_now()
    if code == "disk-full":
        return DISK_FULL
    from django.conf import settings

    return _about_the_database(code, place_of_database(), file=_is_a_file(settings.DATABASES["default"]))


def place_of_database() -> str:
    """Return which database is meant, without user or password."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if _is_a_file(database):
        return str(database["NAME"])
    host = database["OPTIONS"].get("host") or database["HOST"] or "localhost"
    return f"{host}:{database['PORT'] or 5432}/{database['NAME']}"


def _is_a_file(database: Mapping[str, Any]) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _about_the_database(code: str, place: str, *, file: bool) -> Label:
    if code == "database-damaged":
        return Label(
            f"{place} 不是数据库或已损坏：核对 GONGXIN_DATABASE_URL 所指的文件，或从备份恢复，再重新运行",
            f"{place} is not a database, or is damaged: see which file GONGXIN_DATABASE_URL names, or restore"
            " it from a backup, then run this again",
        )
    if code == "database-busy":
        return Label(
            f"数据库 {place} 一直被另一程序占用：查看哪个程序在写入，待其结束后重新运行",
            f"The database {place} is kept busy by another program: see which one writes to it and run this"
            " again when it is done",
        )
    if file:
        return Label(
            f"数据库文件 {place} 无法打开或写入：查看该文件及其文件夹是否存在、属于谁、可否写入，再重新运行",
            f"The database file {place} cannot be opened or written: see whether it and its folder are there,"
            " whose they are and whether they can be written, then run this again",
        )
    return Label(
        f"数据库 {place} 无法连接：查看该服务是否在运行，GONGXIN_DATABASE_URL 的地址、用户名、密码是否正确"
        "（原因见该服务的日志），再重新运行",
        f"The database {place} cannot be reached: see whether the server runs, and whether address, user and"
        " password in GONGXIN_DATABASE_URL are right (its log says why), then run this again",
    )


def _is_of_the_database(error: BaseException) -> bool:
    kind = type(error)
    return kind.__name__ in _DATABASE_FAILURES and kind.__module__.startswith(_DATABASE_MODULES)


def _unreadable_now() -> Label:
    told = os.environ.get("GONGXIN_NOW", "")
    return Label(
        f"GONGXIN_NOW 看不懂：{told}，例如 2026-05-03 或 2026-05-03T10:00:00+08:00；不用它时请清除",
        f"GONGXIN_NOW cannot be read: {told}; write 2026-05-03 or 2026-05-03T10:00:00+08:00, or unset it",
    )
