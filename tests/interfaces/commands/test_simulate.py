"""gongxin simulate: a province lives through its days in a place of its own, the same for one seed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gongxin.interfaces.commands.main import main

PROGRAM = "import sys; from gongxin.interfaces.commands.main import main; sys.exit(main())"
BEGINS, ENDS = "2026-03-31", "2026-04-14"  # from two days before a catalogue is in force, over Qingming


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return lived(tmp_path_factory.mktemp("home"), "11")


def lived(home: Path, seed: str) -> dict[str, Any]:
    """Return what the command says, run as a program: a home of its own, and this one left alone."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("GONGXIN", "DJANGO"))
    }
    words = ["simulate", "--seed", seed, "--from", BEGINS, "--to", ENDS, "--json"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env={**environment, "GONGXIN_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(home.iterdir()) == []
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_nothing_shows_at_or_after_its_end_nor_once_it_was_repaired(report: dict[str, Any]) -> None:
    assert (report["shown_after_its_end"], report["shown_after_repair"]) == ([], [])
    assert report["records"] > 10


def test_every_clock_is_kept_or_missed_or_still_runs(report: dict[str, Any]) -> None:
    assert {one["ended"] for one in report["clocks"]} >= {"kept"}
    assert {one["ended"] for one in report["clocks"]} <= {"kept", "missed", "running"}
    assert sum(sum(counts.values()) for counts in report["limits"].values()) == len(report["clocks"])


def test_the_same_seed_lives_the_same_days(report: dict[str, Any], tmp_path: Path) -> None:
    assert lived(tmp_path, "11") == report


@pytest.mark.parametrize(("begins", "ends"), [("2026-04-02", "2026-04-01"), ("2026-02-30", "2026-04-01")])
def test_days_out_of_order_or_that_are_none_are_refused(begins: str, ends: str) -> None:
    assert main(["simulate", "--from", begins, "--to", ends]) == 2


def test_days_before_any_catalogue_are_refused_with_the_first_usable_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["simulate", "--from", "2026-01-05", "--to", "2026-03-31"]) == 2
    assert "最早可用的一天是 2026-04-01" in capsys.readouterr().err
