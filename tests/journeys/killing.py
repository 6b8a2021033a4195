"""Kills a worker with SIGKILL at random moments, over and over, and counts what is left.

Run as a program of its own, so that a fork costs milliseconds and the test's database is not touched:
`python killing.py ROUNDS SEED DATABASE_URL [--mutant] [--recall]` prints one JSON object. The mutant works
without transactions; it must be caught, or the rounds prove nothing. With --recall each file is posted in
peace and its recall is killed.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

ROWS, BATCH_ROWS = 40, 5
WORKER = "killed-worker"


def main() -> None:
    rounds, seed, url = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    # The bench's way to a fresh database on either engine.
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
    from laid_once import INITIALISED, laid_home

    from bench.database import fresh_database

    with (
        tempfile.TemporaryDirectory(prefix="gongxin-kill-") as folder,
        fresh_database(url, Path(folder) / "home", like=laid_home(*INITIALISED)),
    ):
        chance, recall = random.Random(seed), "--recall" in sys.argv
        print(json.dumps(_rounds(rounds, chance, mutant="--mutant" in sys.argv, recall=recall)))


def _rounds(rounds: int, chance: random.Random, *, mutant: bool, recall: bool) -> dict[str, Any]:
    from django.db import connection

    from gongxin.flows import post
    from gongxin.flows import recall as recalling
    from gongxin.registry.intake.queries import waiting

    post.FIRST_BATCH_ROWS = post.LARGEST_BATCH_ROWS = recalling.BATCH = BATCH_ROWS
    prepare = _send_and_recall if recall else _send
    prepare(1)
    kills, files, whole = 0, 1, _whole_run()
    if mutant:
        post.transaction.atomic = lambda *_, **__: nullcontext()  # type: ignore[assignment]
    while kills < rounds:
        if waiting() == 0:
            files += 1
            prepare(files)
        connection.close()
        kills += _killed(whole * chance.uniform(0.1, 1.1))
    for _ in range(20):
        if waiting() == 0:
            break
        _work()
    left = _left_of_recalls(files) if recall else _left(files)
    return {"kills": kills, "files": files, **left}


def _send(number: int) -> None:
    from sending import received

    received(rows_of(number))


def rows_of(number: int) -> bytes:
    """Return the file of that number: rows of different decisions about different firms."""
    from cast import firm_code
    from sending import csv_of, penalty

    rows = [
        penalty(
            CF_WSH=f"示环罚〔2026〕{number}-{row}号",
            CF_XDR_SHXYM=firm_code(number * ROWS + row),
            CF_XDR_MC=f"示范第{number}之{row}机械有限公司",
        )
        for row in range(ROWS)
    ]
    return csv_of(*rows)


def _send_and_recall(number: int) -> None:
    from cast import AT, LIN

    from gongxin.flows.recall import begin_recall
    from gongxin.registry.intake.models import Submission

    _send(number)
    _work()
    done = Submission.objects.get(state="done")
    begin_recall(submission=done, reason="报错目录", actor=LIN, at=AT)


def _whole_run() -> float:
    """Return the seconds a child needs for a file when nobody kills it: the measure of all later moments."""
    from django.db import connection

    connection.close()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            _work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return time.perf_counter() - began


def _killed(after_seconds: float) -> int:
    """Let a child work and kill it; return 1 if it was still alive then."""
    child = os.fork()
    if child == 0:
        try:
            _work()
        except BaseException:  # noqa: BLE001 (a mutant may fail in any way; the counts will tell)
            os._exit(1)
        os._exit(0)
    time.sleep(after_seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return int(os.WIFSIGNALED(status))


def _work() -> None:
    from gongxin.flows import lease
    from gongxin.flows.submit import advance
    from gongxin.interfaces.clock import now
    from gongxin.registry.intake.models import Submission
    from gongxin.registry.intake.queries import WORK_STATES

    submission = Submission.objects.filter(state__in=WORK_STATES).first()
    if submission is not None and lease.claim(submission_id=submission.id, worker=WORKER, at=now()):
        advance(submission_id=submission.id, worker=WORKER, clock=now)


def _left(files: int) -> dict[str, Any]:
    """Return what is wrong with what is left: rows lost or doubled, submissions or spools left over."""
    from django.db.models import Sum

    from gongxin.registry.intake.models import Submission
    from gongxin.registry.intake.spool import erase_abandoned, home
    from gongxin.registry.ledger.models import Entry, Number
    from gongxin.registry.log.models import Act
    from gongxin.registry.publication.models import Decision
    from gongxin.registry.subjects.models import Identifier, Subject, SubjectName

    # As a worker does when it starts: a sealed file may outlive its key by the moment of a kill.
    erase_abandoned(older_than_seconds=-1, now_seconds=time.time())
    wanted = files * ROWS
    entries = Entry.objects.count()
    counted = Submission.objects.aggregate(posted=Sum("posted"))["posted"] or 0
    others = {
        "decisions": Decision.objects.count(),
        "acts": Act.objects.count(),
        "numbers": Number.objects.count(),
        "subjects": Subject.objects.count(),
        "names": SubjectName.objects.count(),
        "identifiers": Identifier.objects.filter(scheme="unified").count(),
    }
    return {
        "lost": max(0, wanted - entries),
        "doubled": max(0, entries - wanted),
        "partial": sum(count != entries for count in others.values()) + (counted != wanted),
        "unfinished": Submission.objects.exclude(state="done").count(),
        "spools": len(list((home() / "spool").glob("*"))),
        "checking": len(list((home() / "kept").glob("*.checking"))),
    }


def _left_of_recalls(files: int) -> dict[str, Any]:
    """Return what is wrong with what is left of recalls: records still standing, or withdrawn twice."""
    from django.db.models import Sum

    from gongxin.registry.audit.models import AuditEvent
    from gongxin.registry.intake.models import Submission
    from gongxin.registry.ledger.models import Entry, Fingerprint
    from gongxin.registry.publication.models import Decision

    wanted = files * ROWS
    withdrawn = Entry.objects.filter(kind="withdrawal", superseded_at=None).count()
    others = {
        "fingerprints": Fingerprint.objects.count(),
        "endings": Decision.objects.filter(outcome="ended").count(),
        "counted": Submission.objects.aggregate(taken=Sum("taken_back"))["taken"],
    }
    return {
        "lost": Entry.objects.exclude(kind="withdrawal").filter(superseded_at=None).count(),
        "doubled": Entry.objects.filter(kind="withdrawal").count() - wanted,
        "partial": sum(count != withdrawn for count in others.values()),
        "unfinished": Submission.objects.exclude(state="recalled").count(),
        "told": AuditEvent.objects.filter(action="submission.recalled").count() - files,
    }


if __name__ == "__main__":
    main()
