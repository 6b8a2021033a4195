"""Doubtful links are looked for while nothing waits, and now and then among files without end."""

import threading
import time

import pytest
from cast import AT, QIAO_NAME
from sending import csv_of, penalty, received, sent

from gongxin.flows import find_doubts
from gongxin.interfaces.jobs.worker import _Worker, run_worker
from gongxin.registry.subjects.models import Doubt

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> _Worker:
    sent(csv_of(penalty()))
    rows = f"410105123456789,{QIAO_NAME},2025,示范市税务局"
    file = f"纳税人识别号,纳税人名称,评价年度,税务机关\n{rows}"
    sent(file.encode(), class_id="tax-a-level")
    return _Worker("worker-1", lambda: AT, threading.Event())


def test_an_idle_worker_goes_on_until_nothing_is_left_to_find(worker: _Worker) -> None:
    assert worker.work_once()
    assert Doubt.objects.count() == 1
    assert not worker.work_once()


def test_once_means_until_nothing_is_left_to_find(worker: _Worker) -> None:
    run_worker(once=True, clock=lambda: AT, name="worker-1")

    assert Doubt.objects.count() == 1


def test_files_without_end_leave_it_one_turn_a_while(worker: _Worker) -> None:
    for each in range(3):
        received(csv_of(penalty(CF_WSH=f"示环罚〔2026〕{each}号")))

    worker.work_once()
    assert not Doubt.objects.exists()
    worker.found_at = time.monotonic() - 600
    worker.work_once()
    assert Doubt.objects.count() == 1


def test_a_search_that_breaks_rests_and_stops_nothing(
    worker: _Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> bool:
        raise ValueError

    monkeypatch.setattr(find_doubts, "pair_namesakes", broken)

    assert not worker.work_once()
    assert time.monotonic() - worker.found_at < 5
