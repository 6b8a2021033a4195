"""The database or the disk fails in the middle of a load, or workers race: nothing lost, nothing doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OUTAGES = Path(__file__).with_name("outages.py")
CLEAN = {"lost": 0, "doubled": 0, "partial": 0, "unfinished": 0, "spools": 0, "checking": 0}
TWO_BATCHES = 10


def outage(kind):
    url = os.environ.get("GONGXIN_TEST_DATABASE_URL", "")
    environment = {key: value for key, value in os.environ.items() if key != "GONGXIN_NOW"}
    done = subprocess.run([sys.executable, str(OUTAGES), kind, url], capture_output=True, text=True,
                          timeout=600, env=environment, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(("kind", "code"), [("gone", "database-unavailable"), ("full", "disk-full")])
def test_what_fails_in_mid_load_is_said_in_two_lines_and_the_load_is_finished_afterwards(kind, code):
    left = outage(kind)

    assert (left.pop("exit"), left.pop("code"), left.pop("lines")) == (2, code, 2)
    assert (left.pop("state"), left.pop("through"), left.pop("failures")) == ("posting", TWO_BATCHES, 0)
    assert left == CLEAN


def test_workers_that_race_for_the_same_files_post_each_row_once():
    left = outage("race")

    assert left.pop("ended") == [0, 0, 0]
    assert left == CLEAN
