"""Matching over many names: who is found, how fast in a process, a served request, a table, a cold start.

Beside the served questions stands the same route asked for a person, whom nobody looks up: what a request
costs before anything is looked for. `--names FILE` takes real names, as `bin/bench search` does.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.database import fresh_database
from bench.files import FIRMS_PER_HUNDRED, penalties
from bench.ingest import submit
from bench.questions import Known, body_of, damaged, questions, shortened
from bench.running import GONGXIN, address_of, gongxin, running
from bench.search import AGENCY, registrations

SEED = 7
SOUGHT, FOUND_AMONG = 2000, 20
CONNECTIONS, SECONDS, WARMING = 6, 20.0, 5.0  # three to a worker keep it busy; more only wait
TABLE_ROWS = 10_000
RESOLVED = 300
STARTS = 9
PERSON = "林甲乙"  # is answered without a look


def measure(*, rows: int, database: str, names: str, folder: Path) -> dict[str, Any]:
    """Return the figures of matching against `rows` names."""
    known, file = registrations(names, rows, folder)
    with fresh_database(database, folder / "home") as ours:
        done, _ = submit(file, class_id="registration", agency=ours.agency(AGENCY))
        environment = dict(os.environ)
        gongxin(environment, "init", "--quiet")
        return {
            "database": ours.vendor,
            "names": done.posted,
            **_found(known),
            **_resolving(),
            **_served(environment, known, folder),
            **_table(environment, known, folder),
            **_cold(environment, folder),
        }


def _found(known: Sequence[Known]) -> dict[str, Any]:
    """Return how many names with one fault are among the first twenty, and how long each took."""
    dice = random.Random(SEED)
    sought = dice.sample(known, min(SOUGHT, len(known)))
    characters = "".join(name for name, _ in sought)
    replaced = [(damaged(name, dice, characters=characters), code) for name, code in sought]
    dropped = [(shortened(name, dice), code) for name, code in sought]
    as_written, of_replaced, of_dropped = (_recall(each) for each in (sought, replaced, dropped))
    return {
        "recall_at_20": of_replaced[0],
        "recall_at_20_dropped": of_dropped[0],
        "recall_at_20_as_written": as_written[0],
        "candidates_p50_ms": _percentile(of_replaced[1], 50),
        "candidates_p99_ms": _percentile(of_replaced[1], 99),
    }


def _recall(sought: Sequence[Known]) -> tuple[float, list[float]]:
    """Return the share of those found among the first twenty, and the milliseconds each took."""
    from gongxin.interfaces.clock import now
    from gongxin.registry.subjects.candidates import candidates
    from gongxin.registry.subjects.queries import subject_of_code

    met, times = 0, []
    for name, code in sought:
        subject_id = subject_of_code(code, at=now())
        if subject_id is None:
            raise AssertionError(code)
        began = time.perf_counter()
        found = candidates(name, at=now(), limit=FOUND_AMONG)
        times.append((time.perf_counter() - began) * 1000)
        met += subject_id.hex in {one.subject_id for one in found}
    return round(met / len(sought), 4), times


def _percentile(times: Sequence[float], percent: int) -> float:
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 2)


def _resolving() -> dict[str, float]:
    """Return how long one record takes to begin a subject, and the next to find it, committed."""
    # Fictional firms, none of them in the file of real names.
    firms = {row[2]: row[0] for row in penalties(rows=RESOLVED * 100 // FIRMS_PER_HUNDRED)}
    found = {}
    for which in ("new", "known"):
        times = [_resolved_ms(code, name) for code, name in firms.items()]
        found |= {f"{which}_record_p{percent}_ms": _percentile(times, percent) for percent in (50, 99)}
    return found


def _resolved_ms(code: str, name: str) -> float:
    from django.db import transaction

    from gongxin.flows.resolve import Resolution, row_to_resolve
    from gongxin.interfaces.clock import now, today
    from gongxin.registry.catalogue.queries import active_class

    information_class = active_class("penalty", on=today())
    began = time.perf_counter()
    with transaction.atomic():
        row = row_to_resolve(checked=(code, *[None] * 4, code[8:17]), name=name, operator="")
        plan = Resolution(information_class, now())
        plan.learn([row])
        plan.place(row)
        plan.save()
    return (time.perf_counter() - began) * 1000


def _served(environment: dict[str, str], known: Sequence[Known], folder: Path) -> dict[str, Any]:
    asked = questions(known, many=20_000, seed=SEED)
    # Requests of an address are counted as ever, and as many as come are let in.
    unlimited = environment | {"GONGXIN_API_LIMIT_ADDRESS": "1000000000"}
    with running(unlimited, "serve", "--port", "0", "--workers", "2") as server:
        address = address_of(server)
        nothing = _load(address, [("person", (PERSON, ""))], folder, seconds=SECONDS / 4)
        before = _cpu_seconds(server.pid)
        found = _load(address, asked, folder, seconds=SECONDS)
        used = _cpu_seconds(server.pid) - before
    return {
        "connections": CONNECTIONS,
        "served_cpu_ms": round(1000 * used / (found["requests_per_second"] * (SECONDS + WARMING)), 2),
        **{f"served_{name}": figure for name, figure in found.items()},
        "nothing_looked_up_per_second": nothing["requests_per_second"],
        "ratio": round(found["requests_per_second"] / nothing["requests_per_second"], 3),
    }


def _cpu_seconds(process: int) -> float:
    """Return what the server's own processes have used of the processor: little of it is others' doing."""
    used = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        used += sum(map(int, told[11:13])) if int(told[1]) == process else 0
    return used / os.sysconf("SC_CLK_TCK")


def _load(
    address: str, asked: Sequence[tuple[str, Known]], folder: Path, *, seconds: float
) -> dict[str, Any]:
    file, place = folder / "questions.txt", urlsplit(address)
    file.write_text("".join(f"{kind}\t{body_of(question)}\n" for kind, question in asked), "utf-8")
    how = {"connections": CONNECTIONS, "seconds": seconds, "warming": WARMING}
    told = {"host": place.hostname, "port": place.port, "questions": str(file), "how": how}
    words = [sys.executable, "-m", "bench.load", json.dumps(told)]
    done = subprocess.run(words, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _table(environment: dict[str, str], known: Sequence[Known], folder: Path) -> dict[str, Any]:
    """Return how many rows a second `gongxin match` screens, its start included."""
    file, out = folder / "table.csv", folder / "screened.csv"
    rows = [question for _, question in questions(known, many=TABLE_ROWS, seed=SEED + 1)]
    file.write_text("名称,代码\n" + "".join(f"{name},{code}\n" for name, code in rows), "utf-8")
    began = time.perf_counter()
    told = gongxin(environment, *_screening(file, out))
    return {
        "table_rows_per_second": round(TABLE_ROWS / (time.perf_counter() - began)),
        "table_outcomes": json.loads(told)["outcomes"],
    }


def _screening(file: Path, out: Path) -> list[str]:
    return ["match", str(file), "--name", "名称", "--code", "代码", "-o", str(out), "--json"]


def _cold(environment: dict[str, str], folder: Path) -> dict[str, int]:
    """Return the milliseconds of commands from nothing to their end, beside a bare Python."""
    file, out = folder / "one.csv", folder / "one-screened.csv"
    file.write_text("名称,代码\n示范乔木机械有限公司,\n", "utf-8")
    commands: dict[str, list[str]] = {
        "names": [str(GONGXIN), "names", "parse", "河南省大河商贸有限公司", "--json"],
        "match": [str(GONGXIN), *_screening(file, out)],
        "python": [sys.executable, "-c", "pass"],
    }
    return {f"{name}_cold_ms": _median_ms(_runner(words, environment)) for name, words in commands.items()}


def _runner(words: Sequence[str], environment: dict[str, str]) -> Callable[[], object]:
    return lambda: subprocess.run(words, env=environment, capture_output=True, check=True)


def _median_ms(run: Callable[[], object]) -> int:
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return round(statistics.median(times) * 1000)
