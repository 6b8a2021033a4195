"""At 500 lines a file is asked which two things it is; nine in ten stay under 350."""

import subprocess

from guards.source_tree import REPO

MOST = 500
USUALLY = 350


def too_long(lengths: dict[str, int]) -> list[str]:
    return sorted(name for name, length in lengths.items() if length >= MOST)


def share_of_long(lengths: dict[str, int]) -> float:
    return sum(length > USUALLY for length in lengths.values()) / len(lengths)


def _lengths() -> dict[str, int]:
    tracked = subprocess.run(["git", "ls-files"], cwd=REPO, capture_output=True, text=True, check=True)
    endings = (".py", ".html", ".css", ".js", ".md", ".sh", ".toml")
    names = [n for n in tracked.stdout.splitlines() if n.endswith(endings) or n.startswith("bin/")]
    paths = {name: REPO / name for name in names}
    return {n: p.read_text("utf-8").count("\n") for n, p in paths.items() if p.is_file()}


def test_every_file_is_under_500_lines() -> None:
    assert too_long(_lengths()) == []


def test_nine_files_in_ten_are_under_350() -> None:
    assert share_of_long(_lengths()) <= 0.1


def test_a_planted_long_file_is_caught() -> None:
    assert too_long({"fine.py": 499, "planted.py": 500}) == ["planted.py"]
    assert share_of_long({"a.py": 351, "b.py": 10}) == 0.5
