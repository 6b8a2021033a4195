"""Takes the database or the room on its disk away in the middle of a load, and lets three workers race.

Run as a program of its own, as `killing.py` is: `python outages.py gone|full|race DATABASE_URL` prints one
JSON object. The failures are the drivers' own, not exceptions we raise in their name.
"""

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

BREAKS_IN_BATCH = 3
RACERS, RACED_FILES = 3, 4


def main() -> None:
    kind, url = sys.argv[1:3]
    # The bench's way to a fresh database on either engine.
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
    from laid_once import INITIALISED, laid_home

    from bench.database import fresh_database

    with tempfile.TemporaryDirectory(prefix="gongxin-outage-") as folder:
        home = Path(folder) / "home"
        with fresh_database(url, home, like=laid_home(*INITIALISED)):
            print(json.dumps(_race() if kind == "race" else _outage(kind, Path(folder))))


def _outage(kind: str, folder: Path) -> dict[str, Any]:
    from cast import REGULATOR
    from django.db import connection
    from killing import BATCH_ROWS, _left, rows_of
    from sending import an_agency

    from gongxin.flows import post
    from gongxin.registry.intake.models import Submission

    an_agency()
    file = folder / "报送.csv"
    file.write_bytes(rows_of(1))
    post.FIRST_BATCH_ROWS = post.LARGEST_BATCH_ROWS = BATCH_ROWS
    post.BATCH_TAKES = timedelta(hours=1)  # a slow machine posts no fewer rows at once
    whole = post.post_batch
    post.post_batch = _breaking(whole, {"gone": _take_database_away, "full": _take_room_away}[kind])
    said = _submit(file, REGULATOR)
    connection.close()
    broken = Submission.objects.get()
    halfway = {"state": broken.state, "through": broken.posted_through, "failures": broken.failures}
    post.post_batch = whole
    _work("after-the-outage", later=timedelta(minutes=5))
    return {**said, **halfway, **_left(1)}


def _breaking(whole: Callable[..., Any], take_away: Callable[[], None]) -> Callable[..., Any]:
    batches: list[int] = []

    def post_batch(*args: Any, **named: Any) -> Any:
        batches.append(1)
        if len(batches) == BREAKS_IN_BATCH:
            take_away()
        return whole(*args, **named)

    return post_batch


def _submit(file: Path, agency: str) -> dict[str, Any]:
    """Return how the command ended and what it said."""
    from gongxin.interfaces.commands.main import main as program

    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        ended = program(["submit", str(file), "--class", "penalty", "--agency", agency, "--json"])
    out.flush()
    answer = json.loads(out.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return {"exit": ended, "code": answer["error"]["code"], "lines": len(err.getvalue().splitlines())}


def _take_database_away() -> None:
    """Let the server end our connection; on SQLite let every statement be cut short."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(lambda: 1, 1)
        return
    another = connection.copy()
    with another.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    another.close()


def _take_room_away() -> None:
    """Let SQLite's file grow no further; let PostgreSQL say what it says on a full disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes it as: no larger than it is
        else:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$")


def _work(name: str, *, later: timedelta = timedelta()) -> None:
    from gongxin.interfaces.clock import now
    from gongxin.interfaces.jobs.worker import run_worker

    def clock() -> datetime:
        return now() + later

    run_worker(once=True, clock=clock, name=name)


def _race() -> dict[str, Any]:
    """Let workers that start at the same moment work off the same files."""
    from django.db import connection
    from killing import BATCH_ROWS, _left, _send

    from gongxin.flows import post

    post.FIRST_BATCH_ROWS = post.LARGEST_BATCH_ROWS = BATCH_ROWS
    for number in range(1, RACED_FILES + 1):
        _send(number)
    connection.close()
    children = [_racer(f"racer-{number}") for number in range(RACERS)]
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return {"ended": ended, **_left(RACED_FILES)}


def _racer(name: str) -> int:
    child = os.fork()
    if child == 0:
        try:
            _work(name)
        except BaseException:  # noqa: BLE001 (its exit code tells)
            os._exit(1)
        os._exit(0)
    return child


if __name__ == "__main__":
    main()
