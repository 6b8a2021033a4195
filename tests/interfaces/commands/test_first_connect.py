"""What a command says when the database cannot be had: two lines, what failed, where to look, what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from interfaces.commands.test_init import REFUSED, gongxin
from laid_once import INITIALISED, copy_home, laid_home

SECRET = "lantern-7"
DRIVERS_WORDS = (
    "Traceback",
    "FATAL",
    "connection to server",
    "unable to open",
    "file is not",
    "Errno",
    SECRET,
)
POSTGRESQL = "postgresql://gongxin:lantern-7@"


def lines_of(*words: str, home: Path, **settings: str) -> list[str]:
    """Return the two lines a refused command says, after looking that nobody else speaks in them."""
    said = gongxin(*words, home=home, **settings)

    assert (said.returncode, said.stdout) == (REFUSED, ""), said.stderr
    assert not [word for word in DRIVERS_WORDS if word in said.stderr], said.stderr
    chinese, english = said.stderr.splitlines()
    assert not chinese.isascii()
    return [chinese, english]


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (POSTGRESQL + "127.0.0.1:9/gongxin", "127.0.0.1:9/gongxin"),
        (POSTGRESQL + "no-such-host.invalid/gongxin", "no-such-host.invalid:5432/gongxin"),
        (POSTGRESQL + "127.0.0.1:9/gongxin?no_such_option=1", "127.0.0.1:9/gongxin"),
    ],
)
def test_a_server_that_cannot_be_reached_is_named_with_what_to_look_at(
    tmp_path: Path, url: str, place: str
) -> None:
    chinese, english = lines_of("init", home=tmp_path, GONGXIN_DATABASE_URL=url)

    assert chinese.startswith(f"数据库 {place} 无法连接：查看该服务是否在运行")
    assert english.startswith(f"The database {place} cannot be reached: see whether the server runs")
    assert "GONGXIN_DATABASE_URL" in chinese
    assert "GONGXIN_DATABASE_URL" in english


def test_a_database_the_server_does_not_have_is_named_too(tmp_path: Path, db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    host, port = connection.settings_dict["OPTIONS"].get("host", ""), connection.settings_dict["PORT"]
    url = f"postgresql://gongxin:{SECRET}@:{port}/no_such_database?host={host}"

    assert "no_such_database" in lines_of("init", home=tmp_path, GONGXIN_DATABASE_URL=url)[1]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://gongxin:lantern-7@somewhere/else",
        "gongxin:lantern-7@somewhere/else",
        POSTGRESQL.replace("-7", "#7") + "somewhere:5432/gongxin",
        "postgresql://gongxin:7/lantern-7@somewhere/gongxin",
        "postgresql://gongxin:7?lantern-7@somewhere/gongxin",
        "postgresql://gongxin:lantern-7@somewhere:five/gongxin",
        "postgresql://gongxin:lantern-7@[somewhere/gongxin",
        "postgresql://gongxin:lantern-7@somewhere",
    ],
)
def test_an_address_nobody_can_use_is_refused_without_repeating_it(tmp_path: Path, url: str) -> None:
    chinese, english = lines_of("init", home=tmp_path, GONGXIN_DATABASE_URL=url)

    assert "GONGXIN_DATABASE_URL 须" in chinese
    assert "GONGXIN_DATABASE_URL must" in english
    assert "docs/settings.md" in english


def no_folder(place: Path) -> None:
    assert not place.parent.exists()


def not_a_database(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("a letter, and a long one, about something else" * 100)


def a_folder(place: Path) -> None:
    place.mkdir(parents=True)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (no_folder, "cannot be opened or written"),
        (a_folder, "cannot be opened or written"),
        (not_a_database, "is not a database, or is damaged"),
    ],
)
def test_a_file_that_cannot_be_a_database_is_named_with_what_to_look_at(
    tmp_path: Path, make: Callable[[Path], None], says: str
) -> None:
    place = tmp_path / "data" / "gongxin.sqlite3"
    make(place)

    chinese, english = lines_of("init", home=tmp_path / "home", GONGXIN_DATABASE_URL=f"sqlite:///{place}")

    assert str(place) in chinese
    assert f"{place} {says}" in english
    assert "run this again" in english


def test_a_database_not_initialised_is_named(tmp_path: Path) -> None:
    chinese, english = lines_of("search", "乔木", home=tmp_path)

    assert str(tmp_path / "gongxin.sqlite3") in chinese
    assert english.endswith("run `gongxin init` first")


def test_a_now_nobody_can_read_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    copy_home(tmp_path, laid_home(*INITIALISED, in_a_file=True))

    _, english = lines_of("search", "乔木", home=tmp_path, GONGXIN_NOW="garbage")

    assert english.startswith("GONGXIN_NOW cannot be read: garbage")
