"""Kill it anywhere: nothing lost, nothing doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLING = Path(__file__).with_name("killing.py")
CLEAN = {"lost": 0, "doubled": 0, "partial": 0, "unfinished": 0, "spools": 0, "checking": 0}


RECALLED = {"lost": 0, "doubled": 0, "partial": 0, "unfinished": 0, "told": 0}


def killing(*, rounds, mutant=False, recall=False):
    url = os.environ.get("GONGXIN_TEST_DATABASE_URL", "")
    words = [
        sys.executable,
        str(KILLING),
        str(rounds),
        "7",
        url,
        *(["--mutant"] if mutant else []),
        *(["--recall"] if recall else []),
    ]
    environment = {key: value for key, value in os.environ.items() if key != "GONGXIN_NOW"}
    done = subprocess.run(words, capture_output=True, text=True, timeout=1500, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_two_hundred_kills_lose_and_double_nothing():
    left = killing(rounds=200)

    assert left.pop("kills") >= 200
    assert left.pop("files") > 3
    assert left == CLEAN


@pytest.mark.slow
def test_posting_without_transactions_would_be_caught():
    left = killing(rounds=80, mutant=True)

    assert {key: left[key] for key in CLEAN} != CLEAN


@pytest.mark.slow
def test_sixty_kills_of_recalls_leave_nothing_standing_and_withdraw_nothing_twice():
    left = killing(rounds=60, recall=True)

    assert left.pop("kills") >= 60
    assert left.pop("files") > 3
    assert left == RECALLED


@pytest.mark.slow
def test_recalling_without_transactions_would_be_caught():
    left = killing(rounds=40, mutant=True, recall=True)

    assert {key: left[key] for key in RECALLED} != RECALLED
