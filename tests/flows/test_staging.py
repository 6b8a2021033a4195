"""An agency's own database writes rows; they go the way of any other, and receipts go back."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cast import AT, BUREAU, OPERATOR, REGULATOR
from django.db import IntegrityError, ProgrammingError, connection, transaction
from guards.source_tree import REPO
from sending import an_agency, penalty

from gongxin.core.legal_day import legal_day
from gongxin.core.staging import GAP_WAIT
from gongxin.flows import staging
from gongxin.flows.staging import read_some
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import StagingCursor, StagingReceipt, StagingRecord, Submission
from gongxin.registry.ledger.models import Entry

pytestmark = pytest.mark.django_db
STATEMENTS = re.findall(r"```sql\n(.*?)```", (REPO / "docs/staging-table.md").read_text("utf-8"), re.S)
INSERT = "INSERT INTO staging_record (agency_code, sequence, class_id, operation, payload)"


def write(sequence: int, payload: object, *, agency: str = REGULATOR, **given: str) -> None:
    """Write a row as a sender does, in SQL."""
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    values = [agency, sequence, given.get("class_id", "penalty"), given.get("operation", "add"), text]
    with connection.cursor() as cursor:
        cursor.execute(f"{INSERT} VALUES (%s, %s, %s, %s, %s)", values)


def work(at: datetime = AT) -> None:
    run_worker(once=True, clock=lambda: at, name="worker-of-tests")


def read(at: datetime = AT) -> bool:
    return read_some(actor=OPERATOR, at=at, on=legal_day(at))


def outcomes() -> dict[int, str]:
    return dict(StagingReceipt.objects.order_by("sequence").values_list("sequence", "outcome"))


def test_rows_become_a_submission_and_each_has_its_receipt() -> None:
    an_agency()
    write(1, penalty(CF_WSH="甲1号"))
    write(2, penalty(CF_WSH="甲2号", CF_JDRQ="昨天"))
    write(3, penalty(CF_WSH="甲3号", CF_XDR_LB="自然人", CF_XDR_SHXYM="", CF_XDR_MC="孙某人"))

    work()

    submission = Submission.objects.get()
    assert (submission.state, submission.file_name) == ("done", "staging-1-3.jsonl")
    assert (submission.accepted, submission.rejected, submission.out_of_scope) == (1, 1, 1)
    assert outcomes() == {1: "accepted", 2: "to-correct", 3: "out-of-scope"}
    wrong = StagingReceipt.objects.get(sequence=2)
    assert (wrong.submission, wrong.row) == (submission, 2)
    assert "CF_JDRQ.not-a-date" in wrong.codes.split("\n")
    assert wrong.words
    assert "昨天" not in wrong.words


def test_nothing_of_what_was_read_stays_in_the_table() -> None:
    an_agency()
    write(1, penalty())

    work()

    row = StagingRecord.objects.get()
    assert (row.payload, row.read_at) == ("", AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        StagingRecord.objects.update(payload="again")


def test_a_worker_killed_while_reading_has_read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    an_agency()
    write(1, penalty())

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(staging, "_close", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            read()
    assert (Submission.objects.count(), StagingReceipt.objects.count()) == (0, 0)
    work()
    work()

    assert (Submission.objects.count(), Entry.objects.count()) == (1, 1)
    assert outcomes() == {1: "accepted"}


def test_a_missing_number_is_waited_for_and_read_in_its_place() -> None:
    an_agency()
    write(1, penalty(CF_WSH="甲1号"))
    write(3, penalty(CF_WSH="甲1号", CF_NR_FK="3"))

    work()
    write(2, penalty(CF_WSH="甲1号", CF_NR_FK="4"))
    work(AT + timedelta(minutes=1))

    assert outcomes() == {1: "accepted", 2: "accepted", 3: "accepted"}
    assert '"CF_NR_FK":"3"' in (Entry.objects.get(superseded_at=None).content or "")
    assert AuditEvent.objects.filter(action="staging.gap-passed").count() == 0


def test_versions_of_one_record_written_at_once_are_taken_in_their_order() -> None:
    an_agency()
    write(1, penalty(CF_NR_FK="1"))
    write(2, penalty(CF_WSH="甲2号"))
    write(3, penalty(CF_NR_FK="3"), operation="replace")
    write(4, penalty(CF_NR_FK="4"), operation="replace")

    work()

    assert set(outcomes().values()) == {"accepted"}
    assert {one.file_name: one.rows for one in Submission.objects.all()} == {
        "staging-1-2.jsonl": 2, "staging-3-3.jsonl": 1, "staging-4-4.jsonl": 1,
    }  # fmt: skip
    standing = Entry.objects.get(superseded_at=None, document_number__contains="12")
    assert '"CF_NR_FK":"4"' in (standing.content or "")


def test_nothing_more_of_a_sender_is_read_while_its_last_rows_are_worked_on() -> None:
    an_agency()
    write(1, penalty(CF_NR_FK="1"))
    assert read()
    write(2, penalty(CF_NR_FK="2"))

    assert not read()
    work()

    assert outcomes() == {1: "accepted", 2: "accepted"}


def test_a_number_that_never_comes_is_passed_over_and_told() -> None:
    an_agency()
    write(1, penalty(CF_WSH="甲1号"))
    write(4, penalty(CF_WSH="甲4号"))

    work()
    work(AT + timedelta(minutes=9))
    before = outcomes()
    work(AT + timedelta(minutes=9) + GAP_WAIT)

    assert before == {1: "accepted"}
    assert outcomes() == {1: "accepted", 4: "accepted"}
    (told,) = AuditEvent.objects.filter(action="staging.gap-passed")
    assert told.detail == {"first": 2, "last": 3}


def test_what_comes_below_a_number_already_read_undoes_nothing() -> None:
    an_agency()
    write(5, penalty(CF_NR_FK="5"))
    work()

    write(4, penalty(CF_NR_FK="4"))
    work(AT + timedelta(minutes=1))

    assert outcomes() == {4: "too-late", 5: "accepted"}
    assert '"CF_NR_FK":"5"' in (Entry.objects.get().content or "")
    assert StagingRecord.objects.get(sequence=4).payload == ""


@pytest.mark.parametrize(
    ("payload", "given", "code"),
    [
        ("no JSON", {}, "not-an-object"),
        ("[1]", {}, "not-an-object"),
        ("{}", {}, "not-an-object"),
        ("[" * 5000, {}, "not-an-object"),
        ({"a": "x" * 600_000}, {}, "too-long"),
        (penalty(), {"operation": "delete"}, "unknown-operation"),
        (penalty(), {"operation": "withdraw-request"}, "withdraw-elsewhere"),
        (penalty(), {"class_id": "no-such-class"}, "unknown-class"),
        (penalty(), {"agency": BUREAU}, "unknown-agency"),
    ],
)
def test_what_cannot_be_taken_is_answered_and_stops_nobody(
    payload: object, given: dict[str, str], code: str
) -> None:
    an_agency()
    write(1, payload, **given)  # type: ignore[arg-type]
    write(2, penalty(), agency=given.get("agency", REGULATOR))
    write(9, penalty(CF_WSH="甲9号"))

    work()
    work(AT + 2 * GAP_WAIT)

    refused = StagingReceipt.objects.get(sequence=1)
    assert (refused.outcome, refused.codes, refused.submission) == ("refused", code, None)
    assert refused.words
    assert StagingReceipt.objects.get(sequence=9).outcome == "accepted"
    assert StagingRecord.objects.filter(read_at=None).count() == 0


def test_each_class_is_a_submission_of_its_own_and_each_agency_has_its_own_numbers() -> None:
    an_agency()
    an_agency(BUREAU, "示范市林业局")
    write(1, penalty(CF_WSH="甲1号"))
    write(2, {"纳税人名称": "示范甲机械有限公司"}, class_id="tax-a-level")
    write(3, penalty(CF_WSH="甲3号"))
    write(1, penalty(CF_WSH="乙1号"), agency=BUREAU)

    work()

    assert Submission.objects.count() == 4
    assert dict(StagingCursor.objects.values_list("agency_code", "read_through")) == {REGULATOR: 3, BUREAU: 1}


def test_a_run_with_no_known_header_is_refused_row_by_row_with_the_words_of_the_file() -> None:
    an_agency()
    write(1, {"甲": "1", "乙": "2"})

    work()

    receipt = StagingReceipt.objects.get()
    assert receipt.outcome == "refused"
    assert receipt.codes == Submission.objects.get().refusal_code
    assert receipt.words


def test_half_a_character_in_one_row_leaves_the_others_be() -> None:
    an_agency()
    write(1, '{"CF_WSH": "\\ud83d"}')
    write(2, penalty())

    work()

    assert StagingReceipt.objects.get(sequence=2).outcome in {"accepted", "to-correct", "refused"}
    assert StagingReceipt.objects.filter(outcome="received").count() == 0


def test_the_statements_of_the_document_work_and_keep_agencies_apart(tmp_path: Path) -> None:
    operator, role, insert, receipts = STATEMENTS
    an_agency()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(operator)
            cursor.execute(role)
            cursor.execute(f"SET ROLE gx_{REGULATOR.lower()}")
        cursor.execute(insert)
        if connection.vendor == "postgresql":
            _may_not(f"{INSERT} VALUES ('{BUREAU}', 1, 'penalty', 'add', '{{}}')")
            _may_not("SELECT payload FROM staging_record")
            _may_not("UPDATE staging_record SET payload = ''")
            _may_not("SELECT 1 FROM ledger_entry")
            cursor.execute("RESET ROLE")
    work()

    with connection.cursor() as cursor:
        cursor.execute(receipts)
        found = cursor.fetchall()
    assert [(row[0], row[3]) for row in found] == [(1, "accepted"), (2, "to-correct")]


def _may_not(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
