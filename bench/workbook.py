"""Workbook: a sender's workbook from arrival to her own copy with the cells marked.

Thirty columns, in every fifth row one to three cells at fault. Arrival, check, posting and copy run in a
process of its own, whose resident memory, that of its children added, is read some fifty times a second; what
they share is counted for each. Up to 20,000 rows the copy holds all of them, above that those at fault.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench.database import fresh_database
from bench.files import COLUMNS, penalties, spoilt
from bench.ingest import AGENCY, submit

SPOILT_EVERY = 5
_READINGS_PER_SECOND = 50


def measure(*, rows: int, database: str, folder: Path) -> dict[str, Any]:
    """Return the seconds of each step, what was found, and the most memory that was held at once."""
    path = folder / "penalties.xlsx"
    write_workbook(path, rows=rows)
    command = [sys.executable, "-m", "bench.workbook", str(path), database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        memory = _Memory(child.pid)
        memory.start()
        said, _ = child.communicate()
        memory.over.set()
        memory.join()
    if child.returncode:
        raise SystemExit(child.returncode)
    found: dict[str, Any] = json.loads(said)
    return {"rows": rows, "columns": len(COLUMNS), **found, "peak_mib": round(memory.peak / (1 << 20))}


def write_workbook(path: Path, *, rows: int) -> None:
    """This will write `rows` penalty rows of the 2018 form to `path`, every fifth with cells at fault."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("行政处罚")
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(penalties(rows=rows)):
            # Its own number for each, so that all that can be wrong is met.
            sheet.write_row(
                number + 1, 0, row if number % SPOILT_EVERY else spoilt(row, number // SPOILT_EVERY)
            )


class _Memory(threading.Thread):
    """Reads what a process and its children hold until `over`."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.peak, self.over = process, 0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(1 / _READINGS_PER_SECOND):
            self.peak = max(self.peak, _resident(self.process))


def _resident(process: int) -> int:
    """Return the resident bytes of `process` and all below it; one that has just ended has none."""
    folder = Path(f"/proc/{process}")
    try:
        pages = int((folder / "statm").read_text().split()[1])
        below = (folder / "task" / str(process) / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * 4096 + sum(_resident(int(child)) for child in below)


def _run(path: Path, database: str) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="gongxin-bench-") as folder,
        fresh_database(database, Path(folder) / "ours") as ours,
    ):
        told: list[float] = []
        began = time.perf_counter()
        done, _ = submit(
            path,
            class_id="penalty",
            agency=ours.agency(AGENCY),
            progress=lambda *_: told.append(time.perf_counter() - began),
        )
        sent = time.perf_counter() - began
        size = _copy(done)
        seconds = time.perf_counter() - began
        return {
            "seconds": round(seconds, 2),
            "counts_after": round((done.checked_at - done.received_at).total_seconds(), 2),
            "posted_after": round(sent, 2),
            "copy_seconds": round(seconds - sent, 2),
            "copy_bytes": size,
            "progress_told": len(told),
            "rejected": done.rejected,
            "problems": sum(done.problems.values()),
        }


def _copy(done: Any) -> int:
    from gongxin.interfaces.problem_report import report_of

    with report_of(done, file_format="xlsx") as report:
        return report.seek(0, 2)


if __name__ == "__main__":
    print(json.dumps(_run(Path(sys.argv[1]), sys.argv[2])))
