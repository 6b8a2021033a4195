"""Below `interfaces` every function is told the moment or the day; one module reads the clock."""

import re
from collections.abc import Iterator
from pathlib import Path

from guards.source_tree import PACKAGE, calls_in, python_files

_READS_THE_CLOCK = re.compile(
    r"(^|\.)(now|utcnow|today|localdate|localtime|time_ns|time|monotonic_now|gmtime)$"
)
# Constructors and durations that bear such a name but read nothing.
_HARMLESS = {"time", "clock.now", "clock.today", "now", "today"}
_THE_CLOCK = PACKAGE / "interfaces/clock.py"
# The age of a file on disk is told by the machine's own clock, whatever GONGXIN_NOW says.
_AGE_OF_FILES = (PACKAGE / "interfaces/jobs/worker.py", "time.time")


def clock_readings(text: str) -> Iterator[str]:
    imports_it = "from time import" in text or "from django.utils.timezone import" in text
    for call in calls_in(text):
        if _READS_THE_CLOCK.search(call) and (call not in _HARMLESS or imports_it):
            yield call


def test_lower_layers_never_read_the_clock() -> None:
    files = python_files("core", "engine", "registry", "flows", "project", "law")

    found = {str(path): list(clock_readings(path.read_text("utf-8"))) for path in files}

    assert {path: calls for path, calls in found.items() if calls} == {}


def test_within_interfaces_one_module_reads_it() -> None:
    files = [path for path in python_files("interfaces") if path != _THE_CLOCK]

    found = [(path, call) for path in files for call in clock_readings(path.read_text("utf-8"))]

    assert [reading for reading in found if reading != _AGE_OF_FILES] == []


def test_every_way_of_reading_the_clock_is_caught(tmp_path: Path) -> None:
    planted = (
        "import datetime, time\nfrom django.utils import timezone\n",
        "a = datetime.datetime.now()\n",
        "b = datetime.date.today()\n",
        "c = time.time()\n",
        "d = timezone.now()\n",
    )

    assert len(list(clock_readings("".join(planted)))) == 4
    assert list(clock_readings("from time import time\nx = time()\n")) == ["time"]
    assert list(clock_readings("x = datetime.combine(on, time())\ny = clock.now()\n")) == []
