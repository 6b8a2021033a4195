"""What the environment tells us: one reader per kind of value, refusing what it cannot understand."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongxin.core.catalogue import Label

# The address itself is never repeated: a password may stand anywhere in it.
NO_DATABASE_OF_OURS = Label(
    "GONGXIN_DATABASE_URL 须以 sqlite:/// 或 postgresql:// 开头",
    "GONGXIN_DATABASE_URL must start with sqlite:/// or postgresql://",
)
MISWRITTEN = Label(
    "GONGXIN_DATABASE_URL 须写作 postgresql://用户:密码@主机:端口/库名，"
    "密码中的 / ? # @ : 写作 %2F %3F %23 %40 %3A",
    "GONGXIN_DATABASE_URL must read postgresql://USER:PASSWORD@HOST:PORT/NAME,"
    " with every / ? # @ : of a password written as %2F %3F %23 %40 %3A",
)


class SettingRefused(ImproperlyConfigured):
    """An environment variable holds something this program cannot use."""

    def __init__(self, message: Label) -> None:
        super().__init__(message.en)
        self.message = message


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    """Return the flag `name`, False if unset: exactly `True` or `False`, or it is a typing error."""
    value = text(name, "False")
    if value not in {"True", "False"}:
        raise SettingRefused(
            Label(
                f"{name} 须为 True 或 False，而非 {value!r}", f"{name} must be True or False, not {value!r}"
            )
        )
    return value == "True"


def number(name: str, default: int) -> int:
    """Return the whole number `name`, zero or more."""
    value = os.environ.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()):
        raise SettingRefused(
            Label(f"{name} 须为整数，而非 {value!r}", f"{name} must be a whole number, not {value!r}")
        )
    return int(value)


def home() -> Path:
    """Return GONGXIN_HOME: where the database (by default), keys, spool and kept rows lie."""
    return Path(text("GONGXIN_HOME") or Path.home() / ".gongxin").expanduser().absolute()


def package_folder() -> Path:
    """Return the folder of the installed package."""
    return Path(__file__).resolve().parents[1]


def database(url: str, *, home: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry for `url`; an empty one is SQLite under `home`."""
    if not url:
        return _sqlite(str(home / "gongxin.sqlite3"))
    if url.startswith("sqlite:///"):
        return _sqlite(str(Path(url.removeprefix("sqlite:///")).absolute()))
    if url.startswith(("postgresql://", "postgres://")):
        return _postgresql(url)
    raise SettingRefused(NO_DATABASE_OF_OURS)


def _sqlite(name: str) -> dict[str, Any]:
    # IMMEDIATE: a deferred transaction that read first cannot upgrade, whatever the busy timeout.
    # mmap_size: the most SQLite maps; of a million subjects a search reads four thousand scattered pages.
    # recursive_triggers: without it INSERT OR REPLACE deletes past the append-only triggers.
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-131072; PRAGMA mmap_size=2147418112;"
        "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=268435456; PRAGMA wal_autocheckpoint=10000"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "CONN_MAX_AGE": None,
    }


def _postgresql(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingRefused(MISWRITTEN) from None  # what was raised quotes the address
    name = unquote(parts.path.lstrip("/"))
    # A bare / ? # or @ in a password cuts the address in a wrong place; the rest then passes for a name.
    if not name or parts.fragment or {"/", "@"} & set(name):
        raise SettingRefused(MISWRITTEN)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        # jit=off: our questions take milliseconds, compiling one takes half a second.
        "OPTIONS": {"connect_timeout": 5, "options": "-c jit=off", **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
