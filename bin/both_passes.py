"""Adds up pytest runs (their JUnit files) into one last line in pytest's form; `bin/test` prints it."""

import sys
from pathlib import Path
from xml.etree import ElementTree

WORDS = ("failed", "error", "passed", "skipped")


def counts(report: str) -> dict[str, int]:
    """Return how many tests of one run ended which way. Raises KeyError for what is no JUnit file."""
    suites = list(ElementTree.fromstring(report).iter("testsuite"))  # noqa: S314 (pytest just wrote it)
    attributes = {"failed": "failures", "error": "errors", "skipped": "skipped", "all": "tests"}
    found = {word: sum(int(s.attrib[name]) for s in suites) for word, name in attributes.items()}
    found["passed"] = found["all"] - found["failed"] - found["error"] - found["skipped"]
    return found


def summary(runs: list[dict[str, int]], seconds: int) -> str:
    """Return one line for all `runs` together."""
    totals = {word: sum(run[word] for run in runs) for word in WORDS}
    said = ", ".join(f"{number} {word}" for word, number in totals.items() if number)
    return f" {said or 'no tests ran'} in {seconds}.00s ({seconds // 60}:{seconds % 60:02}) ".center(80, "=")


if __name__ == "__main__":
    reports = [Path(name) for name in sys.argv[2:]]
    runs = [counts(report.read_text(encoding="utf-8")) for report in reports if report.exists()]
    sys.stdout.write(summary(runs, int(sys.argv[1])) + "\n")
    sys.exit(0 if runs and len(runs) == len(reports) else 1)
