"""A worker with nothing else to do keeps the figures; whatever breaks there, files are worked on."""

import logging

import pytest
from cast import AT
from sending import csv_of, penalty, received

from gongxin.core.submissions import State
from gongxin.interfaces.jobs import worker
from gongxin.registry.intake.models import Submission
from gongxin.registry.quality.models import QualityMonth
from gongxin.registry.quality.queries import NOW

pytestmark = pytest.mark.django_db


def test_a_worker_counts_once_nothing_waits() -> None:
    received(csv_of(penalty()))

    worker.run_worker(once=True, clock=lambda: AT, name="worker-1")

    assert Submission.objects.get().state == State.DONE
    assert set(QualityMonth.objects.values_list("month", flat=True)) <= {"2026-11", NOW}
    assert QualityMonth.objects.exists()


def test_a_count_that_breaks_is_logged_and_stops_no_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(worker, "count_due", broken)
    received(csv_of(penalty()))

    with caplog.at_level(logging.ERROR):
        worker.run_worker(once=True, clock=lambda: AT, name="worker-1")

    assert Submission.objects.get().state == State.DONE
    assert "the count of quality failed: RuntimeError" in caplog.text
