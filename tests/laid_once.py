"""Homes that take long to lay are laid once a run, by whichever worker needs one first, and copied by all.

Their folder belongs to the run: `settings_of_tests` makes it in the first process, the others inherit it.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from bench.running import environment_of, gongxin

FOLDER = "LAID_ONCE"
DATABASE = "database"
INIT = ("init", "--quiet")
INITIALISED = (INIT,)
PROVINCE = (INIT, ("demo", "--subjects", "60", "--seed", "7", "--json"))


def server() -> str:
    """Return the URL of the tests' PostgreSQL, "" on SQLite."""
    return os.environ.get("GONGXIN_TEST_DATABASE_URL", "")


def on_server(name: str) -> str:
    return urlsplit(server())._replace(path=f"/{name}").geturl()


def laid_home(*commands: tuple[str, ...], moment: str = "", in_a_file: bool = False) -> Path:
    """Return a home as the commands leave it at `moment`, or today: to be copied, never used itself.

    On PostgreSQL its database is a template on the tests' server, which the file `database` names, unless
    SQLite is asked for.
    """
    on_a_server = bool(server()) and not in_a_file
    name = f"{' '.join(map(' '.join, commands))} {moment} {'server' if on_a_server else 'file'}"

    def lay(home: Path) -> None:
        home.mkdir()
        environment = environment_of(home) | {"GONGXIN_NOW": moment}
        if on_a_server:
            environment["GONGXIN_DATABASE_URL"] = on_server(_new_template(home))
        for words in commands:
            gongxin(environment, *words)

    return _laid_once(name, lay)


def copy_home(home: Path, like: Path) -> None:
    """This will make `home` a copy of what was laid."""
    shutil.copytree(like, home, dirs_exist_ok=True)


def _laid_once(name: str, lay: Callable[[Path], None]) -> Path:
    made = Path(os.environ[FOLDER]) / name
    with made.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            half = made.with_name(uuid4().hex)
            lay(half)
            half.rename(made)
    return made


def _new_template(home: Path) -> str:
    name = f"laid_once_{uuid4().hex[:12]}"
    (home / DATABASE).write_text(name)
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return name


def forget(folder: Path) -> None:
    """This will remove what was laid in `folder`, and the templates on the server."""
    for note in folder.glob(f"*/{DATABASE}"):
        with psycopg.connect(server(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {note.read_text()}")  # type: ignore[call-overload]
    shutil.rmtree(folder, ignore_errors=True)
