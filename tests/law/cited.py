"""Reads law cases. Each case cites what it rests on; one that does not is an error before any test runs."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongxin.core.sources import sources

FOLDER = Path(__file__).parent


class CitesNothing(Exception):
    """A case of `tests/law` must name an instrument of `law/sources.yaml`, with its article where known."""


def cases(name: str) -> list[Any]:
    """Return the cases of one file for `parametrize`. Raises CitesNothing."""
    return [pytest.param(case, id=case["case"]) for case in read(name)]


def read(name: str) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    for case in written:
        check_citation(name, case)
    return written


def check_citation(name: str, case: dict[str, Any]) -> None:
    """Accept `article: S-HN 20(2); S-XZFY 20`: keys of sources and articles. Raises CitesNothing."""
    cited = [one.split() for one in str(case.get("article", "")).split(";")]
    if not all(one and one[0] in sources() for one in cited):
        raise CitesNothing(f"{name}: {case['case']}: {case.get('article')}")
