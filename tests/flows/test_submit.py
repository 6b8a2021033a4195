"""From an agency's file to the ledger: what is posted, folded, linked, held, and kept of it."""

from datetime import timedelta

import pytest
from cast import AT, QIAO, QIAO_NAME, firm_code
from sending import csv_of, penalty, received, sent, worked

from gongxin.flows import lease, post
from gongxin.flows.submit import IdempotencyConflict, advance
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.intake.spool import SpoolCutShort, kept_folder, spool_path
from gongxin.registry.ledger.models import Entry
from gongxin.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db

COUNTS = ("posted", "unchanged", "superseded", "unlinked", "held")


def counts(submission):
    return {name: getattr(submission, name) for name in COUNTS if getattr(submission, name)}


def test_every_row_is_counted_once_and_every_accepted_row_has_one_fate():
    done = sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号"), penalty(CF_WSH="", CF_SY="缺文号")))

    assert (done.rows, done.accepted, done.rejected, done.out_of_scope) == (3, 2, 1, 0)
    assert counts(done) == {"posted": 2}
    assert Entry.objects.count() == 2


def test_an_identical_file_changes_nothing():
    first = sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号")))

    again = sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕13号")), at=AT + timedelta(minutes=1))

    assert again.id != first.id
    assert counts(again) == {"unchanged": 2}
    assert Entry.objects.count() == 2


def test_a_corrected_row_supersedes_and_the_old_version_stays():
    sent(csv_of(penalty()))

    done = sent(csv_of(penalty(CF_SY="更正后的事实")), at=AT + timedelta(hours=1))

    assert counts(done) == {"superseded": 1}
    old, new = Entry.objects.order_by("recorded_at")
    assert (old.superseded_at, new.superseded_at) == (AT + timedelta(hours=1), None)
    assert old.record_id == new.record_id


def test_two_kinds_of_brackets_in_a_document_number_are_one_decision():
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕12号")))

    done = sent(csv_of(penalty(CF_WSH="示环罚【2026】12号")), at=AT + timedelta(minutes=1))

    assert counts(done) == {"superseded": 1}
    assert Entry.objects.filter(superseded_at=None).count() == 1


def test_a_clearly_different_name_is_linked_by_its_code_but_held():
    sent(csv_of(penalty()))

    done = sent(csv_of(penalty(CF_XDR_MC="示范完全不同餐饮管理中心", CF_WSH="示环罚〔2026〕99号")))

    assert counts(done) == {"held": 1}
    assert Subject.objects.count() == 1
    assert Entry.objects.get(held_reason="name-differs").subject_id == Subject.objects.get().id


def test_a_row_without_a_code_waits_unlinked_even_under_a_known_name():
    sent(csv_of(penalty()))

    done = sent(b"\xe7\xba\xb3\xe7\xa8\x8e\xe4\xba\xba\xe8\xaf\x86\xe5\x88\xab\xe5\x8f\xb7,"
                + f"纳税人名称,评价年度,税务机关\n410100123456789,{QIAO_NAME},2025,示范市税务局\n".encode(),
                class_id="tax-a-level")  # fmt: skip

    assert counts(done) == {"unlinked": 1}
    assert UnlinkedRow.objects.get().reason == "no-code"
    assert Subject.objects.count() == 1


def test_an_unlinked_row_that_is_sent_again_queues_nothing_twice():
    file = (
        f"纳税人识别号,纳税人名称,评价年度,税务机关\n410100123456789,{QIAO_NAME},2025,示范市税务局\n".encode()
    )
    sent(file, class_id="tax-a-level")

    assert counts(sent(file, class_id="tax-a-level")) == {"unchanged": 1}
    assert UnlinkedRow.objects.count() == 1


def test_two_rows_of_one_key_and_one_content_fold_and_both_count_as_accepted():
    done = sent(csv_of(penalty(), penalty()))

    assert (done.rows, done.accepted) == (2, 2)
    assert counts(done) == {"posted": 1, "unchanged": 1}


def test_a_refused_file_says_why_and_leaves_nothing():
    done = sent(b"%PDF-1.7 not a table", file_name="报送.csv")

    assert done.state == "refused"
    assert done.refusal_zh
    assert not spool_path(done.id).exists()
    assert not kept_folder(done.id).exists()


def test_the_spool_and_its_key_are_erased_after_the_check():
    waiting = received(csv_of(penalty()))
    assert spool_path(waiting.id).exists()
    assert QIAO.encode() not in spool_path(waiting.id).read_bytes()

    done = worked(waiting)

    assert not spool_path(done.id).exists()
    assert done.spool_key is None


def test_sealed_bytes_that_were_cut_short_are_our_fault_and_not_an_empty_file():
    waiting = received(csv_of(penalty()))
    spool_path(waiting.id).write_bytes(b"")

    with pytest.raises(SpoolCutShort):
        worked(waiting)

    left = Submission.objects.get()
    assert (left.state, left.refusal_code, left.failures) == ("received", "", 1)


def test_posting_goes_on_after_the_last_committed_batch(monkeypatch):
    monkeypatch.setattr(post, "FIRST_BATCH_ROWS", 2)
    monkeypatch.setattr(post, "LARGEST_BATCH_ROWS", 2)
    waiting = received(csv_of(*(penalty(CF_WSH=f"示环罚〔2026〕{n}号", CF_XDR_SHXYM=firm_code(n),
                                        CF_XDR_MC=f"示范第{n}机械有限公司") for n in range(7))))  # fmt: skip
    post_batch, batches = post.post_batch, []

    def dies_in_the_third(*args, **named):
        batches.append(args)
        if len(batches) == 3:
            raise ConnectionError("the database has gone")
        post_batch(*args, **named)

    monkeypatch.setattr(post, "post_batch", dies_in_the_third)
    with pytest.raises(ConnectionError):
        worked(waiting)
    monkeypatch.setattr(post, "post_batch", post_batch)
    assert Submission.objects.get().posted_through == 4

    done = worked(Submission.objects.get(), at=AT + timedelta(minutes=5), worker="worker-2")

    assert (done.state, counts(done)) == ("done", {"posted": 7})
    assert Entry.objects.count() == 7


@pytest.mark.parametrize(
    ("rows", "times_too_long", "then"),
    [
        (1000, 1, 1000),
        (1000, 2.5, 500),  # no less than half: one long wait for the disk says little
        (1000, 1.25, 800),
        (1000, 0.8, 1250),
        (1000, 0.1, 2000),  # no more than twice
        (3000, 0.1, 4000),  # and never more than this
        (1, 4, 1),
    ],
)
def test_a_batch_is_as_large_as_its_time_allows(rows, times_too_long, then):
    assert post.next_batch_rows(rows, took=post.BATCH_TAKES * times_too_long) == then


def test_two_workers_cannot_take_one_submission():
    waiting = received(csv_of(penalty()))

    assert lease.claim(submission_id=waiting.id, worker="worker-1", at=AT)
    assert not lease.claim(submission_id=waiting.id, worker="worker-2", at=AT)


def test_a_worker_that_lost_its_lease_writes_nothing_more():
    waiting = received(csv_of(penalty()))
    lease.claim(submission_id=waiting.id, worker="worker-1", at=AT)
    later = AT + timedelta(minutes=5)
    assert lease.claim(submission_id=waiting.id, worker="worker-2", at=later)

    with pytest.raises(lease.LeaseLost):
        advance(submission_id=waiting.id, worker="worker-1", clock=lambda: later)

    assert Entry.objects.count() == 0


def test_an_idempotency_key_answers_with_the_first_submission_and_refuses_another_body():
    first = received(csv_of(penalty()), idempotency_key="batch-1")

    assert received(csv_of(penalty()), idempotency_key="batch-1").id == first.id
    with pytest.raises(IdempotencyConflict):
        received(csv_of(penalty(CF_SY="另一份")), idempotency_key="batch-1")


@pytest.mark.parametrize("batch", [1, 1000])
def test_one_record_twice_in_a_file_waits_for_a_person_wherever_the_batches_part(monkeypatch, batch):
    monkeypatch.setattr(post, "FIRST_BATCH_ROWS", batch)
    monkeypatch.setattr(post, "LARGEST_BATCH_ROWS", batch)
    number = "990102007010002"
    sent(csv_of(penalty(CF_XDR_GSZC=number)))
    again = {"CF_WSH": "示环罚〔2026〕13号"}
    by_number = {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": "0" * 17 + "X", "CF_XDR_GSZC": number}

    done = sent(
        csv_of(penalty(**again), penalty(**again, **by_number, CF_SY="另一种说法")),
        at=AT + timedelta(minutes=1),
    )

    assert counts(done) == {"posted": 1, "unlinked": 1}
    assert UnlinkedRow.objects.get().reason == "same-record-twice"
