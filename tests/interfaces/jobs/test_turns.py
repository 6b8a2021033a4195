"""Under load without end the staging table, the files and the figures still take turns."""

import threading
import time

import pytest
from cast import AT, BUREAU
from sending import csv_of, penalty, received

from gongxin.core.submissions import State
from gongxin.flows import staging
from gongxin.interfaces.jobs.worker import _Worker
from gongxin.registry.intake.models import StagingRecord, Submission
from gongxin.registry.quality.models import QualityMonth

pytestmark = pytest.mark.django_db
TEN_MINUTES = 600.0


@pytest.fixture
def worker() -> _Worker:
    return _Worker("worker-1", lambda: AT, threading.Event())


def rows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of a sender nobody registered: each is answered at once, so that none need wait for another."""
    monkeypatch.setattr(staging, "BATCH", 1)
    for sequence in range(1, 6):
        StagingRecord.objects.create(
            agency_code=BUREAU, sequence=sequence, class_id="penalty", operation="add", payload="{}"
        )


def unread() -> int:
    return StagingRecord.objects.filter(read_at=None).count()


def files_done() -> int:
    return Submission.objects.filter(state=State.DONE.value).count()


def files(number: int) -> None:
    for each in range(number):
        received(csv_of(penalty(CF_WSH=f"示环罚〔2026〕{each}号")))


def test_a_file_does_not_wait_for_a_staging_table_that_is_written_without_end(
    worker: _Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(1)
    rows_without_end(monkeypatch)

    worker.work_once()

    assert files_done() == 1
    assert unread() == 4


def test_the_staging_table_does_not_wait_for_files_without_end(
    worker: _Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows_without_end(monkeypatch)
    files(3)

    worker.work_once()
    worker.work_once()

    assert (unread(), files_done()) == (3, 2)


def test_figures_are_counted_though_files_never_stop_waiting(worker: _Worker) -> None:
    files(4)
    worker.work_once()
    counted_at_once = QualityMonth.objects.exists()
    worker.counted_at = time.monotonic() - TEN_MINUTES

    worker.work_once()
    worker.work_once()

    assert not counted_at_once
    assert files_done() == 3
    assert QualityMonth.objects.count() == 2  # one a turn: the running month, and what shows now


def test_once_no_figure_is_due_they_rest_for_ten_minutes_while_files_wait(worker: _Worker) -> None:
    files(6)
    worker.counted_at = time.monotonic() - TEN_MINUTES

    for _ in range(4):
        worker.work_once()

    assert time.monotonic() - worker.counted_at < TEN_MINUTES
    assert files_done() == 4
