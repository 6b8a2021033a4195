"""A submission stopped by a fault of ours: who reads what of it, and who sets it going again."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from desk_cast import GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import spool_path

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def stopped(cast: Cast, lin: Client, monkeypatch: pytest.MonkeyPatch) -> Submission:
    """A file of Lin's whose sealed bytes were damaged, tried until it was stopped, then mended."""
    file = SimpleUploadedFile("a.csv", tax_list(GOOD_ROW))
    lin.post("/desk/upload/", {"class": "tax-a-level", "file": file})
    submission = Submission.objects.get()
    sealed = spool_path(submission.id).read_bytes()
    spool_path(submission.id).write_bytes(b"not what was sealed")
    for hour in range(5):
        run_worker(once=True, clock=lambda hour=hour: AT + timedelta(hours=hour), name="w1")  # type: ignore[misc]
    spool_path(submission.id).write_bytes(sealed)
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T18:00:00+08:00")
    return Submission.objects.get()


def test_the_sender_reads_that_it_is_our_fault_and_under_which_number(
    lin: Client, stopped: Submission
) -> None:
    page = lin.get(f"/desk/submissions/{stopped.id}/").content.decode()

    assert f"已停止：平台方故障，编号 {stopped.id.hex}" in page
    assert "数据没有丢失" in page
    assert "htmx-2.min" not in page
    assert "恢复处理" not in page
    assert "已停止：平台方故障" in lin.get("/desk/submissions/").content.decode()
    assert lin.post(f"/desk/submissions/{stopped.id}/set-going/").status_code == 403


def test_the_officer_is_told_on_the_first_page_and_sets_it_going(zhao: Client, stopped: Submission) -> None:
    assert stopped.id.hex in zhao.get("/desk/").content.decode()
    assert "恢复处理" in zhao.get(f"/desk/submissions/{stopped.id}/").content.decode()

    answer = zhao.post(f"/desk/submissions/{stopped.id}/set-going/", follow=True)
    run_worker(once=True, clock=clock.now, name="w2")

    assert "已恢复" in answer.content.decode()
    assert (Submission.objects.get().state, Submission.objects.get().posted) == ("done", 1)
    assert stopped.id.hex not in zhao.get("/desk/").content.decode()
    again = zhao.post(f"/desk/submissions/{stopped.id}/set-going/", follow=True)
    assert "已不在停止状态" in again.content.decode()


def test_the_first_page_of_an_agency_does_not_ask_it_to_mend_our_fault(
    lin: Client, stopped: Submission
) -> None:
    assert "恢复处理" not in lin.get("/desk/").content.decode()
    assert stopped.id.hex not in lin.get("/desk/").content.decode()


def test_the_log_says_once_that_it_is_stopped_and_where_to_go(
    cast: Cast, lin: Client, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    with caplog.at_level(logging.ERROR):
        submission: Submission = request.getfixturevalue("stopped")
        run_worker(once=True, clock=clock.now, name="w1")

    assert caplog.text.count(f"submission {submission.id.hex} is stopped") == 1
    assert f"/desk/submissions/{submission.id}/" in caplog.text
