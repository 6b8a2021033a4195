"""A database of its own for a platform that runs in processes of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg


@contextmanager
def own_database() -> Iterator[str]:
    """Yield the URL of a database for one platform: SQLite in its home, or a new one on the tests' server."""
    server = os.environ.get("GONGXIN_TEST_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"platform_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]
