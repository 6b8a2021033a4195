"""A whole sandbox in processes of its own, as another system's developer meets it: website and worker."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from gongxin.core.demonstration.places import ECOLOGY

GONGXIN = Path(sys.executable).parent / "gongxin"


@dataclass(frozen=True)
class Sandbox:
    """Where it answers, and the key of the fictional ecology bureau."""

    address: str
    key: str

    @property
    def environment(self) -> dict[str, str]:
        return {"GONGXIN": self.address, "KEY": self.key}


@contextmanager
def live_sandbox(**changes: str) -> Iterator[Sandbox]:
    """Yield a running sandbox with a small demonstration province; `changes` are settings of it."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="gongxin-sandbox-"))
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gongxin.project.settings",
            "GONGXIN_HOME": home,
            "GONGXIN_DATABASE_URL": stack.enter_context(_database()),
            "GONGXIN_SANDBOX": "True",
            **changes,
        }
        del environment["GONGXIN_NOW"]
        for words in (("init", "--quiet"), ("demo", "--subjects", "20", "--json")):
            subprocess.run([GONGXIN, *words], env=environment, check=True, capture_output=True)
        key = _said(environment, "key", "add", "--agency", ECOLOGY.code)
        server = stack.enter_context(_running(environment, "serve", "--port", "0"))
        stack.enter_context(_running(environment, "worker"))
        assert server.stdout is not None
        yield Sandbox(server.stdout.readline().split()[-1].rstrip("/"), key)


def blocks_of(document: Path) -> list[str]:
    """Return what a document tells a shell to do, in order."""
    return re.findall(r"^```sh\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S)


def _said(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([GONGXIN, *words], env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@contextmanager
def _database() -> Iterator[str]:
    """Yield the URL of a database for one sandbox: SQLite in its home, or a new one on the tests' server."""
    server = os.environ.get("GONGXIN_TEST_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"sandbox_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@contextmanager
def _running(environment: dict[str, str], *words: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen([GONGXIN, *words], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)
