"""Ingest: from a file to committed and searchable rows, against the same final rows bulk-inserted.

The peer is the database itself: every final row of every table the ingest filled, copied into an
empty database of the same tables and indexes by the fastest means it has (INSERT … SELECT from an
attached file on SQLite; COPY on PostgreSQL).
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.database import Bench, fresh_database
from bench.files import write_penalties

AGENCY = "11990101MB00000123"


def measure(*, rows: int, database: str, folder: Path) -> dict[str, Any]:
    """Return the figures of one ingest of `rows` penalties and of its peer."""
    path = folder / "penalties.csv"
    write_penalties(path, rows=rows)
    with fresh_database(database, folder / "ours") as ours:
        seconds, longest = _ingest(path, ours)
        counts = ours.counts()
        with fresh_database(database, folder / "peer") as peer:
            peer_seconds = peer.copy_from(ours)
            if peer.counts() != counts:
                raise AssertionError("the peer did not copy the same rows")
    return {
        "database": ours.vendor,
        "rows": rows,
        "rows_per_second": round(rows / seconds),
        "seconds": round(seconds, 2),
        "peer_rows_per_second": round(rows / peer_seconds),
        "ratio": round(peer_seconds / seconds, 3),
        "longest_transaction_ms": round(longest * 1000),
        "final_rows": sum(counts.values()),
    }


def _ingest(path: Path, ours: Bench) -> tuple[float, float]:
    """Return the seconds of the whole flow, and the longest posting transaction's."""
    from gongxin.flows import post

    longest = 0.0
    post_batch: Callable[..., None] = post.post_batch

    def timed(*args: Any, **named: Any) -> None:
        nonlocal longest
        began = time.perf_counter()
        post_batch(*args, **named)
        longest = max(longest, time.perf_counter() - began)

    post.post_batch = timed
    try:
        done, seconds = submit(path, class_id="penalty", agency=ours.agency(AGENCY))
    finally:
        post.post_batch = post_batch
    if done.state != "done" or done.accepted != done.rows:
        raise AssertionError(f"{done.state}: {done.accepted} of {done.rows} accepted: {done.problems}")
    return seconds, longest


def submit(
    path: Path, *, class_id: str, agency: Any, progress: Callable[[str, int, int], None] | None = None
) -> tuple[Any, float]:
    """Submit a file as the command does; return the finished submission and the seconds it took."""
    from gongxin.core.actors import Actor, ActorKind
    from gongxin.flows import lease
    from gongxin.flows.submit import advance, receive
    from gongxin.interfaces.clock import now, today
    from gongxin.registry.intake.spool import new_spool

    began = time.perf_counter()
    spool = new_spool()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            spool.write(piece)
    spool.close()
    submission = receive(
        agency=agency,
        class_id=class_id,
        file_name=path.name,
        spool=spool,
        mapping=None,
        idempotency_key=None,
        actor=Actor(ActorKind.COMMAND, "bench"),
        at=now(),
        on=today(),
    )
    lease.claim(submission_id=submission.id, worker="bench", at=now())
    done = advance(submission_id=submission.id, worker="bench", clock=now, progress=progress)
    return done, time.perf_counter() - began
