"""The story of docs/one-record.md, step by step, through the ways in that people use."""

import io
import re
import shutil
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from cast import QIAO, QIAO_NAME, REGULATOR
from desk_cast import Cast, desk_cast
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from sending import csv_of, penalty

from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import Submission
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.models import Decision

pytestmark = pytest.mark.django_db

BODY = {
    "CF_CFJG": "示范市市场监督管理局",
    "CF_CFJGDM": REGULATOR,
    "CF_SJLY": "示范市市场监督管理局",
    "CF_SJLYDM": REGULATOR,
}
QIAOS = penalty(CF_WSH="示市监罚〔2026〕12号", CF_JDRQ="2026-11-16", **BODY)
NO_SUCH_DAY = penalty(CF_WSH="示市监罚〔2026〕13号", CF_JDRQ="2026-02-30", **BODY)
A_PERSONS = penalty(
    CF_XDR_MC="林甲乙", CF_XDR_LB="自然人", CF_XDR_SHXYM="", CF_WSH="示市监罚〔2026〕14号", **BODY
)


@pytest.fixture
def cast() -> Cast:
    for folder in ("spool", "kept"):
        shutil.rmtree(Path(settings.GONGXIN_HOME) / folder, ignore_errors=True)
    return desk_cast()


@pytest.fixture
def lin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.lin, backend="django.contrib.auth.backends.ModelBackend")
    return client


def files(folder: str) -> list[Path]:
    return [path for path in (Path(settings.GONGXIN_HOME) / folder).rglob("*") if path.is_file()]


def kept_text(path: Path) -> str:
    return str(pq.read_table(path).to_pydict()) if path.suffix == ".parquet" else path.read_text("utf-8")


def test_one_record_goes_from_the_clerks_file_to_the_public_page_and_ends_on_its_day(
    lin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sun = Client()

    _received_and_promised(lin)
    _checked(lin)
    _resolved_and_posted()
    _decided_with_its_dates()
    address = _seen_by_a_stranger(sun)
    _every_step_is_in_the_audit()
    _ended_at_the_instant_its_period_ends(sun, address, monkeypatch)


def _received_and_promised(lin: Client) -> None:
    body = csv_of(QIAOS, NO_SUCH_DAY, A_PERSONS)
    answer = lin.post("/desk/upload/", {"class": "penalty", "file": SimpleUploadedFile("处罚.csv", body)})

    submission = Submission.objects.get()
    (sealed,) = files("spool")
    assert answer["Location"] == f"/desk/submissions/{submission.id}/"
    assert submission.state == "received"
    assert QIAO.encode() not in sealed.read_bytes()


def _checked(lin: Client) -> None:
    run_worker(once=True, clock=clock.now, name="worker-of-tests")

    done = Submission.objects.get()
    report = lin.get(f"/desk/submissions/{done.id}/problems.xlsx")
    cells = [str(cell.value) for row in _first_sheet(b"".join(report)).iter_rows() for cell in row]
    assert (done.rows, done.accepted, done.rejected, done.out_of_scope) == (3, 1, 1, 1)
    assert files("spool") == []
    assert "2026-02-30" in cells
    assert "林甲乙" not in "".join(kept_text(path) for path in files("kept"))


def _first_sheet(workbook: bytes) -> "openpyxl.worksheet.worksheet.Worksheet":
    return openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]


def _resolved_and_posted() -> None:
    entry = Entry.objects.get()

    assert Submission.objects.get().posted == 1
    assert entry.subject.identifiers.filter(scheme="unified", value=QIAO).exists()
    assert (entry.kind, entry.superseded_at, entry.submission) == ("original", None, Submission.objects.get())


def _decided_with_its_dates() -> None:
    decision = Decision.objects.get()

    # Monday 16 November, decided; seven working days on, Wednesday the 25th. A fine is general.
    assert (decision.outcome, decision.penalty_class) == ("published", "general")
    assert str(decision.due_on) == "2026-11-25"
    assert decision.late_working_days == 0
    assert decision.rule
    assert decision.source
    assert decision.publish_until is not None


def _seen_by_a_stranger(sun: Client) -> str:
    results = sun.get("/search/", {"q": "乔木"}).content.decode()
    (subject,) = set(re.findall(r'href="(/subjects/[0-9a-f-]+/)"', results))
    page = sun.get(subject).content.decode()
    answer = sun.get("/api/v1/search", {"q": QIAO}).content.decode()

    for word in (QIAO_NAME, "示市监罚〔2026〕12号", "示范市市场监督管理局", "0990-1000001", "异议"):
        assert word in page, word
    assert QIAO_NAME in answer
    assert "林甲乙" not in page + answer + results
    return subject + f"records/{Entry.objects.get().record_id}/"


def _every_step_is_in_the_audit() -> None:
    acts = AuditEvent.objects.filter(object_kind="submission").values_list("action", flat=True)

    assert set(acts) == {"submission.received", "submission.checked", "submission.posted"}


def _ended_at_the_instant_its_period_ends(sun: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    end = Decision.objects.get().publish_until
    assert end is not None

    monkeypatch.setenv("GONGXIN_NOW", f"{end.isoformat()}")
    ended = sun.get(address)

    assert ended.status_code == 410
    assert "示市监罚" not in ended.content.decode()
    assert Entry.objects.get().superseded_at is None
