"""Listing an organisation: who may propose, what its subject is told, when and by whom it is decided."""

from datetime import date
from uuid import uuid4

import pytest
from cast import AT, OPERATOR
from listing_rows import abnormal, listed, qiao
from proceedings import (
    DAY,
    DECIDING,
    HOUR,
    NUMBER,
    QIAO_ACTS,
    decided,
    known_qiao,
    lin,
    listed_here,
    market,
    noticed,
    proposal,
    proposed,
    zhao,
)
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Party, Who
from gongxin.core.disclosure import Audience
from gongxin.core.use import WhyNotUsed
from gongxin.flows.answer_listing import (
    AnsweredAlready,
    NotAsked,
    TooLate,
    ask_hearing,
    object_to,
    record_hearing,
)
from gongxin.flows.case_steps import NotResponsible, NotToldYet, OnePersonTwice, TooSoon, WordsMissing
from gongxin.flows.correct import AnotherRecordThere, FieldsAtFault
from gongxin.flows.decide_listing import NotHeard
from gongxin.flows.deliver import note_opened
from gongxin.flows.list_subject import (
    ClosedMeanwhile,
    GroundGone,
    ListedAlready,
    ListInert,
    NotAnOrganisation,
    NotOfSubject,
    ProposedAlready,
    RecordUnusable,
    ToldAlready,
    drop,
    give_notice,
    propose,
)
from gongxin.flows.listing_rights import DecidedByAPerson, NotCompetent
from gongxin.flows.notice_words import notice_in_words
from gongxin.flows.withdraw import withdraw_entries
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.ledger.models import Entry
from gongxin.registry.lists.models import Listing, Proceeding
from gongxin.registry.log.models import Act
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.listings import in_force_of
from gongxin.registry.publication.queries import records_of

pytestmark = pytest.mark.django_db


def test_an_organisation_is_listed_by_a_second_person_once_its_time_to_object_is_over() -> None:
    one = noticed(known_qiao())

    entry = decided(one)

    listing = Listing.objects.get()
    assert (listing.way, listing.list_id) == ("decided", "abnormal-operation")
    assert listing.decision_number == NUMBER
    assert (listing.notice_id, listing.entry_id) == (one.notice_id, entry.id)
    assert (listing.proposed_by, listing.decided_by) == ("user:lin", "user:mei")
    assert (entry.proposed_by, entry.decided_by, entry.submission_id) == ("user:lin", "user:mei", None)
    assert [found.record_id for found in in_force_of([qiao()], at=DECIDING)] == [entry.record_id]
    assert Act.objects.filter(object_id=entry.id).count() == 1
    views = records_of(qiao(), audience=Audience.PUBLIC, at=DECIDING)
    [shown] = [view for view in views if view.document_number == NUMBER]
    assert shown.fields["listing_body"] == market().name


def test_the_subject_is_told_beforehand_of_basis_reasons_measures_and_its_rights() -> None:
    one = noticed(known_qiao())

    text = notice_in_words(Notice.objects.get(id=one.notice_id), language="zh-hans")
    said = "\n".join(text.paragraphs)

    assert one.objections_until == date(2026, 12, 1)
    for words in (
        "企业信息公示暂行条例",
        "未公示2025年度报告",
        "2026年11月30日",
        "可能依法采取的措施",
        "听取陈述",
    ):
        assert words in said


def test_the_decision_tells_of_cause_basis_measures_exit_and_remedy() -> None:
    listed_here()

    told = Notice.objects.get(kind="listing.decided")
    text = notice_in_words(told, language="zh-hans")
    said = text.title + "\n".join(text.paragraphs)

    for words in (NUMBER, "未按规定期限公示年度报告", "未提出异议", "申请移出", "行政复议", "措施"):
        assert words in said
    assert notice_in_words(told, language="en").title.startswith("Decision")


def test_nobody_decides_while_the_subject_may_still_object() -> None:
    one = noticed(known_qiao())

    with pytest.raises(TooSoon) as refused:
        decided(one, at=DECIDING - DAY)
    assert refused.value.first == date(2026, 12, 1)


def test_the_time_to_object_begins_when_the_notice_arrives() -> None:
    subject_id = known_qiao()
    one = give_notice(proceeding_id=proposed(subject_id).id, who=lin(), at=AT)

    with pytest.raises(NotToldYet):
        decided(one)

    note_opened(subject_id=subject_id, notice_id=one.notice_id or uuid4(), actor=QIAO_ACTS, at=AT + 2 * DAY)
    with pytest.raises(TooSoon) as refused:
        decided(one)
    assert refused.value.first == date(2026, 12, 3)


def test_nobody_decides_about_what_nobody_was_told_of() -> None:
    with pytest.raises(NotToldYet):
        decided(proposed(known_qiao()))


def test_who_proposed_a_listing_cannot_decide_it() -> None:
    with pytest.raises(OnePersonTwice):
        decided(noticed(known_qiao()), who=lin())


def test_the_centre_may_be_the_second_person_of_an_office_of_one() -> None:
    assert decided(noticed(known_qiao()), who=zhao()).decided_by == "user:zhao"


def test_the_platform_itself_proposes_nobody() -> None:
    subject_id = known_qiao()
    for actor in (OPERATOR, Actor(ActorKind.JOB, "worker"), Actor(ActorKind.KEY, "k")):
        with pytest.raises(DecidedByAPerson):
            propose(proposal(subject_id), who=Who(actor, Party.CENTRE), at=AT)
    assert not Proceeding.objects.exists()


def test_only_a_body_the_law_names_may_list() -> None:
    subject_id = known_qiao()
    bureau = Agency.objects.create(id=uuid4(), code="11990100MB0000099", name="示范市体育局", region="990100")

    with pytest.raises(NotCompetent):
        proposed(subject_id, agency=bureau)
    with pytest.raises(NotResponsible):
        propose(proposal(subject_id), who=Who(lin().actor, Party.AGENCY, bureau.id), at=AT)


def test_nobody_is_proposed_for_a_list_that_binds_nobody_yet() -> None:
    with pytest.raises(ListInert):
        proposed(known_qiao(), list_id="serious-violation", ground="food-safety")


def test_nobody_is_proposed_on_a_ground_nobody_has_read_or_that_is_none() -> None:
    subject_id = known_qiao()
    for ground in ("unreachable", "no-such-ground"):
        with pytest.raises(GroundGone):
            proposed(subject_id, ground=ground)


def test_a_proposal_says_why() -> None:
    with pytest.raises(WordsMissing):
        proposed(known_qiao(), reasons="\u200b ")


def test_a_penalty_founds_a_proposal_only_once_review_and_suit_are_over() -> None:
    subject_id = known_qiao()
    [usable] = [one.record_id for one in Entry.objects.filter(subject_id=subject_id)]
    assert proposed(subject_id, records=[usable]).records == [usable.hex]


def test_a_penalty_that_may_still_be_contested_founds_no_proposal() -> None:
    market()
    sent(csv_of(penalty()))
    entry = Entry.objects.get()
    with pytest.raises(RecordUnusable) as refused:
        proposed(qiao(), records=[entry.record_id])
    assert refused.value.why is WhyNotUsed.NOT_FINAL


def test_another_subjects_record_founds_nothing() -> None:
    with pytest.raises(NotOfSubject):
        proposed(known_qiao(), records=[uuid4()])


def test_nobody_who_is_no_organisation_is_proposed() -> None:
    market()
    with pytest.raises(NotAnOrganisation):
        proposed(uuid4())


def test_one_proceeding_is_open_about_an_organisation_and_a_list() -> None:
    subject_id = known_qiao()
    proposed(subject_id)
    with pytest.raises(ProposedAlready):
        proposed(subject_id)


def test_who_stands_on_a_list_is_not_proposed_for_it_again() -> None:
    subject_id = known_qiao()
    listed(abnormal())
    with pytest.raises(ListedAlready):
        proposed(subject_id)


def test_a_notice_is_given_once() -> None:
    one = noticed(known_qiao())
    with pytest.raises(ToldAlready):
        give_notice(proceeding_id=one.id, who=lin(), at=AT)


def test_the_subject_objects_and_whoever_decides_has_it_before_them() -> None:
    subject_id = known_qiao()
    one = noticed(subject_id)

    object_to(
        proceeding_id=one.id,
        acting_for=subject_id,
        text="已于十一月二日公示。",
        actor=QIAO_ACTS,
        at=AT + HOUR,
    )

    assert Notice.objects.get(kind="listing.objected").agency == market()
    assert Proceeding.objects.get().objection == "已于十一月二日公示。"
    with pytest.raises(AnsweredAlready):
        object_to(proceeding_id=one.id, acting_for=subject_id, text="再说一次", actor=QIAO_ACTS, at=AT + HOUR)


def test_nobody_answers_for_another_subject() -> None:
    one = noticed(known_qiao())
    with pytest.raises(NotResponsible):
        object_to(proceeding_id=one.id, acting_for=uuid4(), text="不同意", actor=QIAO_ACTS, at=AT)


def test_who_asks_to_be_heard_is_heard_before_anything_is_decided() -> None:
    subject_id = known_qiao()
    one = noticed(subject_id)
    ask_hearing(proceeding_id=one.id, acting_for=subject_id, actor=QIAO_ACTS, at=AT + HOUR)

    with pytest.raises(NotHeard):
        decided(one)
    record_hearing(
        proceeding_id=one.id, heard_on=date(2026, 11, 27), record="当事人陈述……", who=lin(), at=AT + 4 * DAY
    )

    assert decided(one).document_number


def test_a_hearing_is_asked_for_in_its_time_and_written_down_only_if_asked_for() -> None:
    subject_id = known_qiao()
    one = noticed(subject_id)
    with pytest.raises(TooLate):
        ask_hearing(proceeding_id=one.id, acting_for=subject_id, actor=QIAO_ACTS, at=DECIDING)
    with pytest.raises(NotAsked):
        record_hearing(proceeding_id=one.id, heard_on=AT.date(), record="……", who=lin(), at=AT)


def test_who_was_told_late_may_ask_to_be_heard_as_long_as_the_time_from_then_runs() -> None:
    subject_id = known_qiao()
    one = proposed(subject_id)
    give_notice(proceeding_id=one.id, who=lin(), at=AT)

    told = ask_hearing(proceeding_id=one.id, acting_for=subject_id, actor=QIAO_ACTS, at=DECIDING)

    assert told.hearing_asked_at == DECIDING


def test_a_proposal_given_up_lists_nobody_and_who_was_told_hears_of_it() -> None:
    one = noticed(known_qiao())

    drop(proceeding_id=one.id, reason="年度报告已经公示。", who=lin(), at=AT + DAY)

    assert Notice.objects.filter(kind="listing.dropped").count() == 1
    with pytest.raises(ClosedMeanwhile):
        decided(one)
    assert not Listing.objects.exists()


def test_a_proposal_given_up_before_anybody_was_told_stays_unsaid() -> None:
    drop(proceeding_id=proposed(known_qiao()).id, reason="填错对象。", who=lin(), at=AT)
    assert not Notice.objects.filter(kind__startswith="listing.").exists()


def test_a_decision_without_what_its_class_asks_for_is_refused_field_by_field() -> None:
    with pytest.raises(FieldsAtFault) as refused:
        decided(noticed(known_qiao()), fields={})
    assert {fault.field for fault in refused.value.faults} == {"cause"}


def test_a_decision_cannot_write_over_who_is_listed_by_whom() -> None:
    entry = decided(noticed(known_qiao()), fields={"cause": "1", "name": "他人", "listing_body": "他局"})
    assert "他人" not in (entry.content or "")
    assert "他局" not in (entry.content or "")


def test_what_was_withdrawn_does_not_come_back_by_a_new_decision_of_the_same_day() -> None:
    one = listed_here()
    withdraw_entries([one], ground="有误", proposed_by="user:lin", decided_by="user:mei", at=DECIDING)
    again = noticed(qiao(), at=AT)

    with pytest.raises(AnotherRecordThere):
        decided(again)


def test_every_step_stands_in_the_audit() -> None:
    listed_here()
    acts = AuditEvent.objects.filter(action__startswith="listing.").order_by("at", "id")
    assert [one.action for one in acts] == ["listing.proposed", "listing.noticed", "listing.decided"]
    assert [one.actor for one in acts] == ["lin", "lin", "mei"]
