"""A subject's page and its JSON, twenty records each, asked one after the other by one client."""

import time
from pathlib import Path
from typing import Any

from bench.database import fresh_database
from bench.files import COLUMNS, is_minor, penalties
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
        _shows_all(document)
        return {
            "database": ours.vendor,
            "records": RECORDS,
            **{f"page_{key}": value for key, value in _timed(page).items()},
            **{f"json_{key}": value for key, value in _timed(document).items()},
        }


def _files(rows: int) -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows of a subject of which RECORDS are shown, and those of the others."""
    made = list(penalties(rows=rows + 2 * RECORDS))
    fined = [row for row in made if not is_minor(row)][:RECORDS]  # a warning alone is not published
    name, code = made[0][0], made[0][2]
    others = [row for row in made[2 * RECORDS :] if row[2] != code]
    return [[name, row[1], code, *row[3:]] for row in fined], others


def _addresses(code: str) -> tuple[str, str]:
    from gongxin.interfaces.clock import now
    from gongxin.registry.subjects.queries import subject_of_code

    subject_id = subject_of_code(code, at=now())
    return f"/subjects/{subject_id}/", f"/api/v1/subjects/{subject_id}/records"


def _shows_all(document: str) -> None:
    from django.test import Client

    shown = len(Client(SERVER_NAME="localhost").get(document).json()["records"])
    if shown != RECORDS:
        raise AssertionError(f"{shown} records show, not {RECORDS}")


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
