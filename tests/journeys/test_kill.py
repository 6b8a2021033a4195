"""Kill it anywhere: nothing lost, nothing doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from laid_once import server

KILLING = Path(__file__).with_name("killing.py")
CLEAN = {"lost": 0, "doubled": 0, "partial": 0, "unfinished": 0, "spools": 0, "checking": 0}


# Of eight mutants that were killed six times only, seven were caught.
MUTANT = 30
RECALLED = {"lost": 0, "doubled": 0, "partial": 0, "unfinished": 0, "told": 0}


def killing(*, rounds, mutant=False, recall=False):
    words = [
        sys.executable,
        str(KILLING),
        str(rounds),
        "7",
        server(),
        *(["--mutant"] if mutant else []),
        *(["--recall"] if recall else []),
    ]
    environment = {key: value for key, value in os.environ.items() if key != "GONGXIN_NOW"}
    done = subprocess.run(words, capture_output=True, text=True, timeout=1500, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_two_hundred_kills_lose_and_double_nothing():
    rounds = 60 if server() else 200  # the moments are the same on both: which batch, and where in it

    left = killing(rounds=rounds)

    assert left.pop("kills") >= rounds
    assert left.pop("files") > 3
    assert left == CLEAN


@pytest.mark.slow
def test_posting_without_transactions_would_be_caught():
    left = killing(rounds=MUTANT, mutant=True)

    assert {key: left[key] for key in CLEAN} != CLEAN


@pytest.mark.slow
def test_sixty_kills_of_recalls_leave_nothing_standing_and_withdraw_nothing_twice():
    left = killing(rounds=60, recall=True)

    assert left.pop("kills") >= 60
    assert left.pop("files") > 3
    assert left == RECALLED


@pytest.mark.slow
def test_recalling_without_transactions_would_be_caught():
    left = killing(rounds=MUTANT, mutant=True, recall=True)

    assert {key: left[key] for key in RECALLED} != RECALLED
