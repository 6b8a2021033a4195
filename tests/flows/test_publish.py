"""What shows, from when, until when; and what an officer decides about what was held."""

from datetime import UTC, datetime, timedelta

import pytest
from cast import AT, LIN, QIAO, ZHAO, code_of
from sending import PENALTY, an_agency, csv_of, penalty, recalled, sent
from withdrawing import withdraw_record

from gongxin.core.disclosure import Audience, Visibility
from gongxin.flows.decide_held import decide_held
from gongxin.flows.publish import NotWaiting
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.publication.figures import public_figures
from gongxin.registry.publication.newest import newest_published
from gongxin.registry.publication.queries import record, records_of
from gongxin.registry.publication.search import Answer, search
from gongxin.registry.publication.standing import pending
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

END = datetime(2027, 10, 11, 16, 0, tzinfo=UTC)  # 2027-10-12 00:00 in Shanghai, a year after the decision

HOUR = timedelta(hours=1)


def shown(at=AT, audience=Audience.PUBLIC, now=None):
    subject_id = subject_of_code(QIAO, at=now or at)
    return [] if subject_id is None else records_of(subject_id, audience=audience, at=at, now=now)


def test_a_general_penalty_shows_for_a_year_and_ends_at_midnight_in_shanghai():
    sent(csv_of(penalty()))

    (seen,) = shown()

    assert (seen.penalty_class, seen.publish_until) == ("general", END)
    assert len(shown(at=END - timedelta(microseconds=1))) == 1
    assert shown(at=END) == []


def test_an_ended_penalty_leaves_a_tombstone_at_its_own_address_and_nothing_else():
    sent(csv_of(penalty()))
    (seen,) = shown()

    gone = record(seen.subject_id, seen.record_id, audience=Audience.PUBLIC, at=END)

    assert gone.visibility is Visibility.TOMBSTONE
    assert (gone.fields, gone.document_number, gone.agency_name, gone.ended_at) == ({}, "", "", END)


def test_a_warning_alone_is_withheld_and_leaves_no_public_trace():
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    subject_id = subject_of_code(QIAO, at=AT)

    (own,) = shown(audience=Audience.SUBJECT)

    assert (own.publication, own.reason) == ("withheld", "minor")
    assert shown() == []
    assert record(subject_id, own.record_id, audience=Audience.PUBLIC, at=AT) is None
    assert search("乔木", at=AT) == Answer([], 0, capped=False)
    assert search(QIAO, at=AT) == Answer([], 0, capped=False)
    assert public_figures(at=AT) == {"subjects": 0, "licences": 0, "penalties": 0}
    assert newest_published("penalty", at=AT) == []


def test_the_legal_representative_of_a_penalised_firm_is_masked_to_a_stranger():
    sent(csv_of(penalty()))

    assert shown()[0].fields["CF_FRDB"] == "乔*"
    assert shown(audience=Audience.SUBJECT)[0].fields["CF_FRDB"] == "乔某"


def test_what_the_page_said_on_a_past_day_is_for_the_auditor_once_the_record_has_ended():
    sent(csv_of(penalty()))

    (then,) = shown(at=AT, now=END + timedelta(days=1))
    (audited,) = shown(at=AT, now=END + timedelta(days=1), audience=Audience.AUDITOR)

    assert then.visibility is Visibility.TOMBSTONE
    assert audited.fields["CF_SY"]


def test_the_decision_says_by_when_it_was_due_and_how_late_it_is():
    sent(csv_of(penalty()))  # decided Monday 12 October 2026, seven working days end on the 21st

    (seen,) = shown()

    assert (seen.due_on.isoformat(), seen.late_working_days, seen.provisional) == ("2026-10-21", 23, False)


def test_a_held_record_is_published_by_an_officer_with_a_ground():
    sent(csv_of(penalty()))
    sent(csv_of(penalty(CF_XDR_MC="示范完全不同餐饮管理中心", CF_WSH="示环罚〔2026〕99号")))
    (waiting,) = pending(at=AT, limit=9)
    assert waiting.name_as_sent == "示范完全不同餐饮管理中心"
    assert len(shown()) == 1

    decide_held(
        subject_id=waiting.subject_id,
        record_id=waiting.record_id,
        publish=True,
        ground="已核对登记档案，名称为曾用名",
        actor=ZHAO,
        at=AT + timedelta(hours=1),
    )

    assert pending(at=AT + timedelta(hours=1), limit=9) == []
    assert len(shown(at=AT + timedelta(hours=1))) == 2


def test_a_record_nobody_holds_cannot_be_decided_again():
    sent(csv_of(penalty()))
    (seen,) = shown()

    with pytest.raises(NotWaiting):
        decide_held(subject_id=seen.subject_id, record_id=seen.record_id, publish=True, ground="x",
                    actor=ZHAO, at=AT)  # fmt: skip


def test_a_recalled_batch_disappears_at_once_and_comes_back_only_held():
    batch = sent(csv_of(penalty()))

    assert recalled(batch, at=AT + timedelta(hours=1)).taken_back == 1

    assert shown(at=AT + timedelta(hours=1)) == []
    again = sent(csv_of(penalty()), at=AT + timedelta(hours=2))
    assert (again.held, again.posted) == (1, 0)
    assert shown(at=AT + timedelta(hours=2)) == []


def test_a_withdrawn_record_shows_no_more():
    sent(csv_of(penalty()))
    (seen,) = shown()

    withdraw_record(
        subject_id=seen.subject_id, record_id=seen.record_id, ground="决定已撤销", proposed_by=LIN,
        decided_by=ZHAO, at=AT,
    )  # fmt: skip

    assert shown(at=AT + timedelta(seconds=1)) == []


def test_two_characters_of_its_name_find_the_firm():
    sent(csv_of(penalty()))

    answer = search("乔木", at=AT)

    assert [hit.code for hit in answer.hits] == [QIAO]
    assert (answer.total, answer.capped) == (1, False)


def test_recalling_a_correction_lets_the_earlier_version_stand_again():
    sent(csv_of(penalty()))
    wrong = sent(csv_of(penalty(CF_SY="报错的事实")), at=AT + timedelta(hours=1))

    recalled(wrong, at=AT + timedelta(hours=2))

    (seen,) = shown(at=AT + timedelta(hours=2))
    assert seen.fields["CF_SY"] == PENALTY["CF_SY"]
    assert (seen.publish_until, seen.publication) == (END, "published")


def test_nobody_changes_what_another_body_has_sent():
    sent(csv_of(penalty()))
    bureau = an_agency(code=code_of("11990100MB0000002"), name="示范市市场监督管理局")

    done = sent(csv_of(penalty(CF_SY="别的单位改写的事实")), at=AT + timedelta(hours=1), agency=bureau)

    assert (done.unlinked, done.superseded) == (1, 0)
    assert UnlinkedRow.objects.get().reason == "another-agencys-record"
    assert shown(at=AT + timedelta(hours=1))[0].fields["CF_SY"] == PENALTY["CF_SY"]


def test_the_held_queue_begins_with_what_is_due_and_ends_with_what_has_no_day():
    sent(csv_of(penalty()))
    taxpayer = f"纳税人识别号,纳税人名称,评价年度,税务机关\n{QIAO},远山宾馆集团股份公司,2025,示范市税务局\n"
    sent(taxpayer.encode(), class_id="tax-a-level", at=AT + timedelta(hours=1))
    for hour, day in ((2, "2026-11-20"), (3, "2026-11-12")):
        row = penalty(CF_XDR_MC="远山宾馆集团股份公司", CF_WSH=f"示环罚〔2026〕{hour}号", CF_JDRQ=day)
        sent(csv_of(row), at=AT + timedelta(hours=hour))

    def due(**page):
        return [one.due_on and one.due_on.isoformat() for one in pending(at=AT + 5 * HOUR, **page)]

    assert due(limit=9) == ["2026-11-23", "2026-12-01", None]
    assert due(limit=2) == ["2026-11-23", "2026-12-01"]
    assert due(limit=2, offset=2) == [None]
