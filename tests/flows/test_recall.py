"""A recall is the worker's, batch by batch: nothing lost, nothing doubled, wherever it is cut short."""

from datetime import timedelta

import pytest
from cast import AT, LIN, QIAO, ZHAO, firm_code
from sending import csv_of, penalty, recalled, sent, worked

from gongxin.core.disclosure import Audience
from gongxin.core.submissions import NotAStep
from gongxin.flows import lease, recall
from gongxin.flows.link import ReplacedSince, link_row, unlink_row
from gongxin.flows.recall import begin_recall
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.intake.queries import waiting
from gongxin.registry.ledger.models import Entry, Fingerprint
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def rows(count):
    return csv_of(*(penalty(CF_WSH=f"示环罚〔2026〕{n}号", CF_XDR_SHXYM=firm_code(n),
                            CF_XDR_MC=f"示范第{n}机械有限公司") for n in range(count)))  # fmt: skip


def asked(submission):
    begin_recall(submission=submission, reason="报错目录", actor=LIN, at=LATER)
    return Submission.objects.get(id=submission.id)


def test_a_recall_asked_for_is_a_workers_job_and_recorded_with_who_asked():
    submission = asked(sent(rows(3)))

    assert (submission.state, waiting()) == ("recalling", 1)
    assert lease.claim_next(worker="worker-1", at=LATER) == submission.id
    begun = AuditEvent.objects.get(action="submission.recall-begun")
    assert (begun.actor, begun.detail) == (LIN.name, {"reason": "报错目录"})


def test_it_is_taken_back_in_batches_and_goes_on_after_the_last_one(monkeypatch):
    monkeypatch.setattr(recall, "BATCH", 2)
    submission = asked(sent(rows(7)))
    withdraw, batches = recall.withdraw_entries, []

    def dies_in_the_third(entries, **named):
        batches.append(len(entries))
        withdraw(entries, **named)
        if len(batches) == 3:
            raise ConnectionError("the database has gone")

    monkeypatch.setattr(recall, "withdraw_entries", dies_in_the_third)
    with pytest.raises(ConnectionError):
        worked(submission, at=LATER)
    monkeypatch.setattr(recall, "withdraw_entries", withdraw)
    left = Submission.objects.get()
    assert (left.state, left.taken_back, Fingerprint.objects.count()) == ("recalling", 4, 4)

    done = worked(left, at=LATER + timedelta(minutes=5), worker="worker-2")

    assert (done.state, done.taken_back) == ("recalled", 7)
    assert batches == [2, 2, 2]
    assert Entry.objects.filter(kind="withdrawal", superseded_at=None).count() == 7
    assert Entry.objects.exclude(kind="withdrawal").filter(superseded_at=None).count() == 0
    assert (Fingerprint.objects.count(), Decision.objects.filter(outcome="ended").count()) == (7, 7)
    ended = AuditEvent.objects.get(action="submission.recalled")
    assert (ended.actor, ended.detail) == (LIN.name, {"records": 7, "reason": "报错目录"})


def test_a_worker_that_lost_its_lease_takes_nothing_more_back():
    submission = asked(sent(rows(3)))
    assert lease.claim(submission_id=submission.id, worker="worker-1", at=LATER)
    assert lease.claim(submission_id=submission.id, worker="worker-2", at=LATER + timedelta(minutes=5))

    with pytest.raises(lease.LeaseLost):
        recall.take_back(submission=submission, worker="worker-1", clock=lambda: LATER, progress=None)

    assert Fingerprint.objects.count() == 0


def test_rows_nobody_linked_are_taken_back_too(monkeypatch):
    monkeypatch.setattr(recall, "BATCH", 1)
    lines = [f"41010012345678{n},示范第{n}机械有限公司,2025,示范市税务局" for n in range(3)]
    file = "\n".join(["纳税人识别号,纳税人名称,评价年度,税务机关", *lines]).encode()

    done = recalled(sent(file, class_id="tax-a-level"), at=LATER)

    assert (done.state, done.taken_back) == ("recalled", 0)
    assert set(UnlinkedRow.objects.values_list("state", flat=True)) == {"recalled"}


def test_a_row_that_was_linked_waits_again_when_its_recalled_file_is_sent_again():
    firm = Entry.objects.get(submission=sent(csv_of(penalty()))).subject_id
    line = "410100123456781,示范乔木机械有限公司,2025,示范市税务局"
    file = f"纳税人识别号,纳税人名称,评价年度,税务机关\n{line}".encode()
    row = UnlinkedRow.objects.get(submission=sent(file, class_id="tax-a-level"))
    link_row(row=row, subject_id=firm, ground="核对登记档案", actor=ZHAO, at=AT + timedelta(minutes=1))

    assert recalled(Submission.objects.get(id=row.submission_id), at=LATER).taken_back == 1
    again = sent(file, class_id="tax-a-level", at=LATER + timedelta(hours=1))

    assert (again.unlinked, again.unchanged) == (1, 0)
    with pytest.raises(ReplacedSince):
        unlink_row(row=row, subject_id=firm, ground="两家企业", actor=ZHAO, at=LATER)


def test_a_mixed_batch_is_withdrawn_and_set_back_record_by_record():
    sent(csv_of(penalty()))
    wrong = sent(
        csv_of(penalty(CF_SY="报错"), penalty(CF_WSH="示环罚〔2026〕99号")), at=AT + timedelta(minutes=1)
    )

    recalled(wrong, at=LATER)

    (seen,) = records_of(subject_of_code(QIAO, at=LATER), audience=Audience.PUBLIC, at=LATER)
    assert "报错" not in seen.fields["CF_SY"]
    assert Fingerprint.objects.count() == 1


@pytest.mark.parametrize("state", ["received", "posting", "recalling", "recalled", "refused"])
def test_what_is_not_over_or_over_already_cannot_be_recalled(state):
    submission = sent(rows(1))
    Submission.objects.update(state=state)
    submission.state = state

    with pytest.raises(NotAStep):
        begin_recall(submission=submission, reason="报错目录", actor=LIN, at=LATER)


def test_two_who_recall_at_once_begin_one_recall():
    submission = sent(rows(1))
    asked(submission)

    with pytest.raises(NotAStep):
        begin_recall(submission=submission, reason="报错目录", actor=LIN, at=LATER)


def seen():
    return records_of(subject_of_code(QIAO, at=LATER), audience=Audience.PUBLIC, at=LATER)


def sent_after(minutes, **changes):
    return sent(csv_of(penalty(**changes)), at=AT + timedelta(minutes=minutes))


def test_what_a_recall_took_back_is_not_set_back_by_the_recall_of_a_later_batch():
    first, second = sent_after(0, CF_SY="第一次"), sent_after(1, CF_SY="第二次")

    recalled(first, at=AT + timedelta(minutes=2))
    recalled(second, at=LATER)

    assert seen() == []


def test_what_was_set_back_is_taken_back_with_the_batch_that_had_brought_it():
    first, second = sent_after(0, CF_SY="第一次"), sent_after(1, CF_SY="第二次")
    recalled(second, at=AT + timedelta(minutes=2))
    assert [record.fields["CF_SY"] for record in seen()] == ["第一次"]

    recalled(first, at=LATER)

    assert seen() == []
