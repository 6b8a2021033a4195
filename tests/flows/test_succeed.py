"""Agencies are renamed and merged; what was theirs is their successor's, and nothing recorded changes."""

from datetime import timedelta

import pytest
from cast import AT, BUREAU, OPERATOR, QIAO, REGULATOR, code_of
from django.db import IntegrityError, transaction
from sending import an_agency, csv_of, penalty, recalled, received, sent

from gongxin.core.disclosure import Audience
from gongxin.core.succession import successions
from gongxin.flows.contact import change_contact
from gongxin.flows.succeed import SucceededByAnother, WouldBeItsOwnSuccessor, succeed_agency
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of, agency_of_code, successor_of
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.queries import submissions_of
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
MERGED = code_of("11990100MB0000003")


def three() -> tuple[Agency, Agency, Agency]:
    """Return the regulator, the bureau, and the body both will be merged into."""
    return (
        an_agency(REGULATOR, "示范市生态环境局"),
        an_agency(BUREAU, "示范市林业局"),
        an_agency(MERGED, "示范市自然资源局"),
    )


def succeed(old: Agency, new: Agency, **more: bool) -> bool:
    is_new = succeed_agency(agency=old, successor=new, actor=OPERATOR, at=AT, **more)
    old.refresh_from_db()
    return is_new


def test_a_body_renamed_twice_is_answered_for_by_the_last() -> None:
    first, second, last = three()

    succeed(first, second)
    succeed(second, last)

    assert agency_of_code(REGULATOR) == last
    assert agencies_of(last) == {first.id, second.id, last.id}
    assert agencies_of(first) == {first.id}
    assert AuditEvent.objects.filter(action="agency.succeeded").count() == 2


def test_two_merged_into_one_are_both_its_predecessors() -> None:
    first, second, merged = three()

    succeed(first, merged)
    succeed(second, merged)

    assert agencies_of(merged) == {first.id, second.id, merged.id}


def test_said_twice_it_is_recorded_once() -> None:
    first, second, _ = three()

    assert succeed(first, second)
    assert not succeed(first, second)
    assert AuditEvent.objects.filter(action="agency.succeeded").count() == 1


def test_nobody_becomes_their_own_successor_however_many_lie_between() -> None:
    first, second, last = three()
    succeed(first, second)
    succeed(second, last)

    for old, new in ((last, first), (first, first), (second, first)):
        with pytest.raises(WouldBeItsOwnSuccessor):
            succeed(old, new, instead=True)


def test_another_successor_takes_the_place_of_the_first_only_when_that_is_meant() -> None:
    first, second, last = three()
    succeed(first, second)

    with pytest.raises(SucceededByAnother) as refused:
        succeed(first, last)
    succeed(first, last, instead=True)

    assert refused.value.successor == second
    assert agency_of_code(REGULATOR) == last


def test_a_ring_that_came_into_the_database_otherwise_hangs_nothing() -> None:
    first, second, _ = three()
    Agency.objects.filter(id=first.id).update(successor=second)
    Agency.objects.filter(id=second.id).update(successor=first)

    assert successor_of(Agency.objects.get(id=first.id)) in {first, second}
    assert agencies_of(first) == {first.id, second.id}


def test_the_database_knows_no_agency_that_succeeds_itself() -> None:
    first, *_ = three()

    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(id=first.id).update(successor=first)


def test_what_is_sent_for_the_old_body_is_the_successors_and_says_so() -> None:
    old, new, _ = three()
    succeed(old, new)

    submission = sent(csv_of(penalty()), agency=old, at=LATER)

    sent_for, in_the_rows = successions(submission.successions)
    assert submission.agency == new
    assert (submission.state, submission.posted, submission.sent_for) == ("done", 1, REGULATOR)
    for words in (sent_for.words, in_the_rows.words):
        assert "示范市生态环境局" in words.zh
        assert "示范市林业局" in words.zh
        assert REGULATOR in words.en
        assert BUREAU in words.en
    assert in_the_rows.rows == 1


def test_rows_that_name_the_old_body_as_deciding_are_accepted_with_a_warning() -> None:
    old, new, _ = three()
    succeed(old, new)
    rows = [penalty(CF_WSH="甲1号"), penalty(CF_WSH="甲2号"), penalty(CF_WSH="甲3号", CF_CFJGDM=BUREAU)]

    submission = sent(csv_of(*rows), agency=new, at=LATER)

    (told,) = successions(submission.successions)
    assert (submission.accepted, told.code, told.rows) == (3, REGULATOR, 2)
    assert submission.sent_for == ""


def test_nothing_is_said_where_nobody_was_succeeded() -> None:
    assert sent(csv_of(penalty())).successions == []


def test_the_successor_corrects_and_recalls_what_its_predecessor_sent() -> None:
    old, new, _ = three()
    before = sent(csv_of(penalty(CF_WSH="甲1号"), penalty(CF_WSH="甲2号")), agency=old)
    succeed(old, new)

    corrected = sent(
        csv_of(penalty(CF_WSH="甲1号", CF_NR_FK="3", CF_NR="罚款人民币叁万元")), agency=new, at=LATER
    )
    taken = recalled(before, at=LATER + timedelta(hours=1))

    assert (corrected.superseded, corrected.unlinked) == (1, 0)
    assert (taken.state, taken.taken_back) == ("recalled", 1)
    assert Entry.objects.get(superseded_at=None, submission=corrected).agency_id == new.id
    assert {one.id for one in submissions_of(new.id)} == {before.id, corrected.id}


def test_a_file_without_the_deciding_bodys_code_sent_again_for_the_old_body_doubles_nothing() -> None:
    old, new, _ = three()
    rows = csv_of(penalty(CF_CFJGDM=""))
    before = sent(rows, agency=old)
    succeed(old, new)

    again = sent(rows, agency=old, at=LATER)

    assert (before.accepted, again.accepted) == (before.posted, again.unchanged)
    assert Entry.objects.count() == before.posted


def test_the_same_idempotency_key_still_answers_with_the_same_submission() -> None:
    old, new, _ = three()
    before = sent(csv_of(penalty()), agency=old, idempotency_key="k1")
    succeed(old, new)

    assert received(csv_of(penalty()), agency=old, idempotency_key="k1", at=LATER).id == before.id


def test_who_asks_about_a_record_of_a_body_that_is_no_more_is_sent_to_its_successor() -> None:
    first, second, last = three()
    sent(csv_of(penalty()), agency=first)
    Agency.objects.update(telephone="0990-1000001", address="示范市老街1号")
    succeed(first, second)
    Agency.objects.filter(id=last.id).update(telephone="0990-7000007")
    succeed(second, last)

    at_merging = Agency.objects.get(id=first.id)
    contact = {"telephone": "0990-8000008", "address": "示范市新街8号", "office_hours": ""}
    change_contact(agency=last, **contact, actor=OPERATOR, at=LATER)

    subject_id = subject_of_code(QIAO, at=LATER)
    assert subject_id is not None
    (view,) = records_of(subject_id, audience=Audience.PUBLIC, at=LATER)
    assert (at_merging.telephone, at_merging.address) == ("0990-7000007", "示范市老街1号")
    assert (view.agency_name, view.agency_telephone) == ("示范市生态环境局", "0990-8000008")
