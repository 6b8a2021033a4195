"""The scripts people and CI run: they parse, and their last line tells the truth."""

import ast
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from guards.source_tree import REPO

SCRIPTS = [
    path for path in [*(REPO / "bin").iterdir(), REPO / ".ci/run"] if path.suffix == "" and path.is_file()
]

REPORT = """<?xml version="1.0"?><testsuites><testsuite tests="{tests}" failures="{failures}"
 errors="{errors}" skipped="{skipped}" time="1.5"/></testsuites>"""


def parses(script: Path) -> bool:
    text = script.read_text("utf-8")
    if script.suffix == ".py" or "python" in text.splitlines()[0]:
        return ast.parse(text) is not None
    return subprocess.run(["bash", "-n", str(script)], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_parses(script: Path) -> None:
    assert parses(script)


def test_a_planted_fault_in_a_script_is_caught(tmp_path: Path) -> None:
    (tmp_path / "planted").write_text("#!/usr/bin/env bash\nif true; then\n")

    assert not parses(tmp_path / "planted")


def both_passes(*reports: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, str(REPO / "bin/both_passes.py"), "75", *map(str, reports)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_the_last_line_adds_up_both_passes_in_pytests_form(tmp_path: Path) -> None:
    reports = [tmp_path / "sqlite.xml", tmp_path / "postgresql.xml"]
    reports[0].write_text(REPORT.format(tests=12, failures=1, errors=0, skipped=2))
    reports[1].write_text(REPORT.format(tests=5, failures=0, errors=1, skipped=0))

    said = both_passes(*reports)

    assert said.stdout.strip("=\n ") == "1 failed, 1 error, 13 passed, 2 skipped in 75.00s (1:15)"


def test_a_pass_that_left_no_report_is_not_taken_for_a_success(tmp_path: Path) -> None:
    (tmp_path / "sqlite.xml").write_text(REPORT.format(tests=1, failures=0, errors=0, skipped=0))

    assert both_passes(tmp_path / "sqlite.xml").returncode == 0
    assert both_passes(tmp_path / "sqlite.xml", tmp_path / "gone.xml").returncode == 1
    assert both_passes().returncode == 1


def test_a_home_in_use_is_neither_started_twice_nor_wiped(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "made-by-bin-run").touch()
    with (tmp_path / "home.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = subprocess.run(
            [REPO / "bin/run", "--fresh"],
            env={**os.environ, "GONGXIN_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )

    assert said.returncode == 2
    assert "already running" in said.stderr
    assert (home / "made-by-bin-run").exists()
