"""A subject's page and its JSON, twenty records each, asked one after the other by one client."""

import time
from pathlib import Path
from typing import Any

from bench.database import fresh_database
from bench.files import COLUMNS, penalties
from bench.ingest import submit

AGENCY = "11990101MB00000123"
RECORDS = 20
ASKED = 300


def measure(*, rows: int, database: str, folder: Path) -> dict[str, Any]:
    """Return the figures of asking for one subject of twenty records among `rows` others."""
    file = folder / "penalties.csv"
    subject, others = _files(rows)
    file.write_text("\r\n".join(",".join(row) for row in [list(COLUMNS), *subject, *others]), "utf-8")
    with fresh_database(database, folder / "home") as ours:
        submit(file, class_id="penalty", agency=ours.agency(AGENCY))
        page, document = _addresses(subject[0][2])
        return {
            "database": ours.vendor,
            "records": RECORDS,
            **{f"page_{key}": value for key, value in _timed(page).items()},
            **{f"json_{key}": value for key, value in _timed(document).items()},
        }


def _files(rows: int) -> tuple[list[list[str]], list[list[str]]]:
    made = list(penalties(rows=rows + RECORDS))
    code, name = made[0][2], made[0][0]
    subject = [[name, row[1], code, *row[3:]] for row in made[:RECORDS]]
    return subject, made[RECORDS:]


def _addresses(code: str) -> tuple[str, str]:
    from gongxin.interfaces.clock import now
    from gongxin.registry.subjects.queries import subject_of_code

    subject_id = subject_of_code(code, at=now())
    return f"/subjects/{subject_id}/", f"/api/v1/subjects/{subject_id}/records"


def _timed(address: str) -> dict[str, float]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    times = []
    for number in range(ASKED + 20):
        began = time.perf_counter()
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")
        if number >= 20:
            times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {"p50_ms": round(times[ASKED // 2], 2), "p99_ms": round(times[int(ASKED * 0.99)], 2)}
