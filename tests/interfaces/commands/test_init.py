"""gongxin init and what every other command says before it: in processes of their own, as in an office."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from laid_once import INITIALISED, copy_home, laid_home

REFUSED = 2
NEED_A_DATABASE = (
    ("search", "乔木"),
    ("show", "91990101MA06B97X1A"),
    ("agency", "add", "91990101MA06B97X1A", "某局"),
    ("key", "revoke", "1"),
    ("user", "add", "zhao", "--role", "officer"),
    ("demo",),
    ("serve",),
    ("worker", "--once"),
)


def gongxin(*words: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GONGXIN_HOME": str(home), "GONGXIN_DATABASE_URL": "", **settings}
    environment["DJANGO_SETTINGS_MODULE"] = "gongxin.project.settings"
    program = "import sys; from gongxin.interfaces.commands.main import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", NEED_A_DATABASE)
def test_a_command_that_needs_the_database_says_to_run_init_first(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = gongxin(*words, home=tmp_path / "home")

    assert said.returncode == REFUSED
    assert "先运行 gongxin init" in said.stderr
    assert "run `gongxin init` first" in said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "home").exists()


def test_init_makes_what_is_missing_and_the_second_time_nothing(tmp_path: Path) -> None:
    first = gongxin("init", home=tmp_path / "home")
    keys = {path.name: path.read_bytes() for path in (tmp_path / "home/keys").iterdir()}

    second = gongxin("init", home=tmp_path / "home")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert keys == {path.name: path.read_bytes() for path in (tmp_path / "home/keys").iterdir()}
    assert gongxin("search", "乔木", home=tmp_path / "home").stderr == ""


def test_keys_are_readable_by_their_owner_only() -> None:
    made = laid_home(*INITIALISED, in_a_file=True)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (made / "keys").iterdir()}

    assert modes == {0o600}


def test_a_setting_nobody_can_use_is_refused_in_words(tmp_path: Path) -> None:
    said = gongxin("init", home=tmp_path, GONGXIN_DATABASE_URL="mysql://somewhere/else")

    assert said.returncode == REFUSED
    assert "GONGXIN_DATABASE_URL" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_home_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    said = gongxin("init", home=tmp_path / "file/home")

    assert said.returncode == REFUSED
    assert "无法写入" in said.stderr


def test_a_guard_that_has_gone_stops_every_command_until_init_restores_and_records_it(tmp_path: Path) -> None:
    copy_home(tmp_path, laid_home(*INITIALISED, in_a_file=True))
    with sqlite3.connect(tmp_path / "gongxin.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_entry_keeps_update")

    refused = gongxin("search", "乔木", home=tmp_path)
    restored = gongxin("init", home=tmp_path)

    assert refused.returncode == REFUSED
    assert "lacks guards: ledger_entry_keeps_update" in refused.stderr
    assert "ledger_entry_keeps_update" in restored.stderr
    assert gongxin("search", "乔木", home=tmp_path).stderr == ""
    with sqlite3.connect(tmp_path / "gongxin.sqlite3") as database:
        acts = database.execute("SELECT action FROM audit_auditevent").fetchall()
    assert ("guards.restored",) in acts
