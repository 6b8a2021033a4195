"""A database of its own for a platform that runs in processes of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from laid_once import on_server, server


@contextmanager
def own_database(like: Path) -> Iterator[str]:
    """Yield the URL of a database like that of `like`: SQLite in a copy of it, or a new one on the server."""
    if not server():
        yield ""
        return
    name, template = f"platform_{uuid4().hex[:12]}", (like / "database").read_text()
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
        yield on_server(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]
