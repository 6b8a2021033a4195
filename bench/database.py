"""Fresh databases for benches, and the peer: the same rows, copied by the database's fastest means."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

TABLES = (
    "accounts_agency",
    "intake_submission",
    "intake_unlinkedrow",
    "subjects_subject",
    "subjects_organisation",
    "subjects_identifier",
    "subjects_subjectname",
    "ledger_entry",
    "ledger_number",
    "publication_decision",
    "publication_showing",
    "notices_notice",
    "notices_delivery",
    "lists_listing",
    "log_act",
)


class Bench:
    """One initialised database, and how to count and copy it."""

    def __init__(self, settings: dict[str, Any], url: str) -> None:
        self.settings = settings
        self.url = url

    @property
    def vendor(self) -> str:
        from django.db import connection

        return connection.vendor

    def agency(self, code: str) -> Any:
        from gongxin.registry.accounts.models import Agency

        return Agency.objects.get_or_create(
            code=code, defaults={"id": uuid4(), "name": "示范市市场监督管理局"}
        )[0]

    def counts(self) -> dict[str, int]:
        self._use()
        from django.db import connection

        with connection.cursor() as cursor:
            found = {}
            for table in TABLES:
                cursor.execute(f"SELECT COUNT(*) FROM {table}")
                found[table] = cursor.fetchone()[0]
        return found

    def copy_from(self, other: "Bench") -> float:
        """Copy every row of `other`, search index included; return the seconds of the inserting alone."""
        self._use()
        from django.db import connection

        connection.ensure_connection()
        return self._sqlite(other) if connection.vendor == "sqlite" else self._postgresql(other)

    def _use(self) -> None:
        from django.db import connection

        connection.close()
        connection.settings_dict.update(self.settings)

    def _sqlite(self, other: "Bench") -> float:
        from django.db import connection

        raw = connection.connection
        raw.execute("ATTACH DATABASE ? AS other", [str(other.settings["NAME"])])
        tokens = _tokens(raw.execute("SELECT id, normal, searchable FROM other.subjects_subjectname"))
        began = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            raw.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table}")
        raw.executemany("INSERT INTO subjects_nameindex (rowid, tokens) VALUES (?, ?)", tokens)
        raw.execute("COMMIT")
        return time.perf_counter() - began

    def _postgresql(self, other: "Bench") -> float:
        import psycopg
        from django.db import connection

        held = {}
        with psycopg.connect(other.url) as source, source.cursor() as reader:
            for table in TABLES:
                with reader.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                    held[table] = [bytes(block) for block in copy]
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            for table in TABLES:
                with cursor.cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                    for block in held[table]:
                        copy.write(block)
            cursor.execute("COMMIT")
        return time.perf_counter() - began


def _tokens(names: Any) -> list[tuple[int, str]]:
    from gongxin.core.search_tokens import search_tokens

    return [(number, " ".join(search_tokens(normal))) for number, normal, searchable in names if searchable]


@contextmanager
def fresh_database(url: str, folder: Path, *, like: Path | None = None) -> Iterator[Bench]:
    """Yield an initialised, empty database: a file in `folder`, or a new one on the server of `url`.

    `like` is a home that was initialised before, to copy instead of initialising another; on a server its
    file `database` names the template.
    """
    template = (like / "database").read_text() if like and url else ""
    shutil.copytree(like, folder) if like else folder.mkdir(parents=True)
    target, drop = (f"sqlite:///{folder}/gongxin.sqlite3", None) if not url else _new_on_server(url, template)
    os.environ |= {
        "GONGXIN_HOME": str(folder),
        "GONGXIN_DATABASE_URL": target,
        "DJANGO_SETTINGS_MODULE": "gongxin.project.settings",
    }
    try:
        made = _connected(target, folder)
        if like is None:
            _initialise(folder)
        yield made
    finally:
        if drop:
            _psql(url, drop)
        shutil.rmtree(folder, ignore_errors=True)


def _connected(target: str, folder: Path) -> Bench:
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import connection

    if not apps.ready:
        django.setup()
    from gongxin.project import environment

    made = environment.database(target, home=folder)
    connection.close()
    connection.settings_dict.update(made)
    settings.GONGXIN_HOME = folder
    return Bench(made, target)


def _initialise(folder: Path) -> None:
    from django.core.management import call_command

    from gongxin.core.actors import Actor, ActorKind
    from gongxin.flows.load_law import load_packaged_law
    from gongxin.interfaces.clock import now
    from gongxin.registry.sealing import make_keys

    make_keys(folder)
    call_command("migrate", verbosity=0)
    load_packaged_law(actor=Actor(ActorKind.COMMAND, "bench"), at=now())


def _new_on_server(url: str, template: str = "") -> tuple[str, str]:
    name = f"gongxin_bench_{uuid4().hex[:12]}"
    _psql(url, f'CREATE DATABASE "{name}" TEMPLATE "{template or "template1"}"')
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}")), f'DROP DATABASE "{name}" WITH (FORCE)'


def _psql(url: str, statement: str) -> None:
    subprocess.run(["psql", "-q", "-d", url, "-c", statement], check=True)
