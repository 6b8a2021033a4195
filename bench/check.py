"""Check: every row of a penalty file against its class, against frictionless on the same rows.

Each side runs in a process of its own, in turn, so that one's memory and caches are not the other's;
start-up and imports are not counted. frictionless is given a schema of comparable rules (required,
length, pattern, accepted values, dates, numbers, unique key) and the first rows of the same file: it
reads row by row, so its rows per second do not depend on how many there are.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from bench.files import COLUMNS, write_penalties

ROUNDS = 3
THEIR_ROWS = 20_000
ON = date(2026, 11, 23)
_REQUIRED = {
    "CF_XDR_MC", "CF_XDR_LB", "CF_WSH", "CF_WFXW", "CF_SY", "CF_YJ", "CF_CFLB", "CF_NR", "CF_JDRQ", "CF_YXQ",
    "CF_CFJG", "CF_CFJGDM", "CF_SJLY", "CF_SJLYDM",
}  # fmt: skip
_CODES = {"CF_XDR_SHXYM", "CF_CFJGDM", "CF_SJLYDM"}
_DATES = {"CF_JDRQ", "CF_YXQ", "CF_GSJZQ"}
_AMOUNTS = {"CF_NR_FK", "CF_NR_WFFF"}
_KEY = ["CF_CFJGDM", "CF_WSH", "CF_XDR_SHXYM"]


def measure(*, rows: int, folder: Path) -> dict[str, Any]:
    """Return medians of rows per second, their ratios, and the largest memory of our side in MiB."""
    clean, failing, part = (folder / name for name in ("clean.csv", "failing.csv", "part.csv"))
    write_penalties(clean, rows=rows)
    write_penalties(failing, rows=rows, failing=True)
    with clean.open(encoding="utf-8") as whole, part.open("w", encoding="utf-8") as out:
        out.writelines(islice(whole, min(rows, THEIR_ROWS) + 1))
    tasks = {"ours": clean, "failing": failing, "keeping": clean, "frictionless": part}
    runs: dict[str, list[dict[str, float]]] = {task: [] for task in tasks}
    for _ in range(ROUNDS):
        for task, path in tasks.items():
            runs[task].append(_in_a_process(task, path))
    speed = {task: median(run["rows"] / run["seconds"] for run in found) for task, found in runs.items()}
    return {
        "rows": rows,
        "columns": len(COLUMNS),
        "rows_per_second": {task: round(value) for task, value in speed.items()},
        "times_frictionless": round(speed["ours"] / speed["frictionless"], 1),
        "failing_share_of_clean": round(speed["failing"] / speed["ours"], 2),
        "peak_mib": {task: round(max(run["mib"] for run in found)) for task, found in runs.items()},
        "frictionless_rows": min(rows, THEIR_ROWS),
    }


def _in_a_process(task: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.check", task, str(path)], check=True, capture_output=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _ours(path: Path, keep: Path | None) -> Callable[[], int]:
    from gongxin.core.lawbook import information_class
    from gongxin.engine.check import check_file

    penalty = information_class("penalty")

    def check() -> int:
        with path.open("rb") as source:
            outcome = check_file(
                source, filename=path.name, information_class=penalty, mapping=None, on=ON, keep=keep
            )
        return outcome.rows

    return check


def _theirs(path: Path) -> Callable[[], int]:
    from frictionless import Resource, Schema, system

    schema = Schema.from_descriptor({"fields": [_field(name) for name in COLUMNS], "primaryKey": _KEY})

    def check() -> int:
        with system.use_context(trusted=True):
            report = Resource(path=str(path), schema=schema).validate()
        if not report.valid:
            raise ValueError("the clean file must pass")
        return int(report.tasks[0].stats["rows"])

    return check


def _field(name: str) -> dict[str, Any]:
    """Return the comparable rules of one column in the Table Schema's words."""
    rules: dict[str, Any] = {"required": True} if name in _REQUIRED else {}
    if name in _DATES:
        return {"name": name, "type": "date", "constraints": rules}
    if name in _AMOUNTS:
        return {"name": name, "type": "number", "constraints": {**rules, "minimum": 0}}
    rules["maxLength"] = 4000
    if name in _CODES:
        rules["pattern"] = "[0-9A-HJ-NPQRTUWXY]{18}"
    if name == "CF_XDR_LB":
        rules["enum"] = ["法人及非法人组织", "自然人", "个体工商户"]
    return {"name": name, "type": "string", "constraints": rules}


def _run(task: str, path: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        keep = Path(folder) / "keep" if task == "keeping" else None
        check = _theirs(path) if task == "frictionless" else _ours(path, keep)
        began = time.perf_counter()
        rows = check()
        seconds = time.perf_counter() - began
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "seconds": seconds, "mib": mib}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_run(sys.argv[1], Path(sys.argv[2]))))
