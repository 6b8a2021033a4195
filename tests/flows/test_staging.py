"""An agency's own database writes rows; they go the way of any other, and receipts go back."""

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import AT, BUREAU, OPERATOR, REGULATOR
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.test.utils import CaptureQueriesContext
from guards.source_tree import REPO
from sending import an_agency, penalty

from gongxin.core.legal_day import legal_day
from gongxin.core.staging import GAP_WAIT
from gongxin.flows import staging
from gongxin.flows.lease import Stopped
from gongxin.flows.staging import read_some
from gongxin.flows.submit import receive
from gongxin.interfaces.jobs import worker as job
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import StagingCursor, StagingReceipt, StagingRecord, Submission
from gongxin.registry.intake.spool import new_spool
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
    def failed(_agency_code: str, failure: Exception) -> None:
        raise failure

    return read_some(actor=OPERATOR, at=at, on=legal_day(at), failed=failed)


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


def test_of_a_row_that_was_not_taken_only_its_number_stays() -> None:
    an_agency()
    write(1, penalty(), class_id="孙某人的身份证号码")
    write(2, penalty(), operation="孙某人的身份证号码")
    write(3, penalty())

    work()

    rows = StagingRecord.objects.order_by("sequence").values_list("class_id", "operation", "payload")
    assert list(rows) == [("", "", ""), ("", "", ""), ("penalty", "add", "")]
    assert outcomes() == {1: "refused", 2: "refused", 3: "accepted"}


@pytest.mark.parametrize("code", ["41010519900101002X", "13800138000", "家住示范市杏花里8号"])
def test_rows_under_what_is_no_bodys_code_are_deleted_and_told_by_their_count(
    code: str, caplog: pytest.LogCaptureFixture
) -> None:
    an_agency()
    write(1, penalty(), agency=code)
    write(1, penalty(CF_WSH="甲1号"))

    work()

    assert list(StagingReceipt.objects.values_list("agency_code", "outcome")) == [(REGULATOR, "accepted")]
    assert list(StagingRecord.objects.values_list("agency_code", flat=True)) == [REGULATOR]
    assert list(StagingCursor.objects.values_list("agency_code", flat=True)) == [REGULATOR]
    (told,) = AuditEvent.objects.filter(action="staging.nobodys-rows-deleted")
    assert (told.object_id, told.detail) == ("", {"rows": 1})
    assert "1 rows under what is no body's code" in caplog.text
    assert code not in caplog.text


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


def test_numbers_that_name_another_submission_already_are_answered_and_stop_nobody() -> None:
    agency = an_agency()
    other = new_spool()
    other.write(b"{}")
    other.close()
    receive(
        agency=agency, class_id="penalty", file_name="a.jsonl", spool=other, mapping=None,
        idempotency_key=f"staging-{REGULATOR}-1-1", actor=OPERATOR, at=AT, on=legal_day(AT),
    )  # fmt: skip
    write(1, penalty())

    work()
    write(2, penalty())
    work(AT + timedelta(minutes=1))

    assert outcomes() == {1: "refused", 2: "accepted"}
    receipt = StagingReceipt.objects.get(sequence=1)
    assert (receipt.codes, receipt.submission) == ("number-used", None)
    assert receipt.words


def test_a_sender_whose_rows_break_something_stops_nobody_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    an_agency()
    an_agency(BUREAU, "示范市林业局")
    first, second = sorted([REGULATOR, BUREAU])
    write(1, penalty(CF_WSH="甲1号"), agency=first)
    write(1, penalty(CF_WSH="乙1号"), agency=second)
    sound, said = staging._read, penalty()["CF_XDR_MC"]

    def breaking(agency_code: str, *rest: Any) -> bool:
        if agency_code == first:
            raise ValueError(said)
        return sound(agency_code, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(staging, "_read", breaking)
        work()

    assert list(StagingReceipt.objects.values_list("agency_code", "outcome")) == [(second, "accepted")]
    assert caplog.text.count(f"the staging table of '{first}' failed: ValueError") == 1
    assert said not in caplog.text
    work()
    assert StagingReceipt.objects.filter(outcome="accepted").count() == 2


def test_receipts_are_settled_though_nothing_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    agency = an_agency()
    write(1, penalty())
    assert read()
    Submission.objects.filter(agency=agency).update(state="refused", refusal_code="a-reason")

    def broken(**_: object) -> bool:
        raise ValueError

    monkeypatch.setattr(job, "read_some", broken)
    work()

    assert outcomes() == {1: "refused"}


@pytest.mark.parametrize("failure", [OperationalError, InterfaceError, Stopped])
def test_what_concerns_the_whole_worker_is_no_failure_of_a_sender(
    monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    write(1, penalty())

    def away(*_: object) -> bool:
        raise failure

    monkeypatch.setattr(staging, "_read", away)
    with pytest.raises(failure):
        read_some(actor=OPERATOR, at=AT, on=legal_day(AT), failed=lambda _code, _failure: None)


def test_each_sender_has_its_turn_however_much_the_first_has_written() -> None:
    an_agency()
    an_agency(BUREAU, "示范市林业局")
    write(1, penalty(CF_WSH="甲1号"))
    write(1, penalty(CF_WSH="乙1号"), agency=BUREAU)

    assert read()

    assert set(StagingReceipt.objects.values_list("agency_code", flat=True)) == {REGULATOR, BUREAU}


def test_no_more_payloads_are_loaded_at_once_than_may_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    an_agency()
    for number in range(1, 6):
        write(number, penalty(CF_WSH=f"甲{number}号"))
    write(6, "x" * 10_000)
    monkeypatch.setattr(staging, "LONGEST_PAYLOAD", 1_500)
    monkeypatch.setattr(staging, "MOST_HELD_BYTES", 2 * len(json.dumps(penalty()).encode()))
    held: list[list[int]] = []
    sorted_out = staging._sorted_out

    def seen(run: Sequence[StagingRecord], *rest: Any) -> Any:
        held.append([len(row.payload) for row in run])
        return sorted_out(run, *rest)

    monkeypatch.setattr(staging, "_sorted_out", seen)
    with CaptureQueriesContext(connection) as asked:
        work()

    assert len(held) > 2
    assert max(sum(one) for one in held) <= staging.MOST_HELD_BYTES
    assert max(map(max, held)) == 1_501
    whole = re.compile(r'SELECT [^(]*"payload"[^(]*FROM "staging_record"')
    assert [one["sql"] for one in asked if whole.match(one["sql"])] == []
    assert outcomes() == dict.fromkeys(range(1, 6), "accepted") | {6: "refused"}


def test_of_what_comes_too_late_no_payload_is_loaded() -> None:
    an_agency()
    write(5, penalty())
    work()
    write(4, "x" * 10_000)

    with CaptureQueriesContext(connection) as asked:
        assert read()

    loading = [one["sql"] for one in asked if one["sql"].startswith("SELECT") and '"payload"' in one["sql"]]
    assert loading == []
    assert outcomes()[4] == "too-late"


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
