"""What the source asks for its own record: one proposes, a second confirms, and it is so at that instant."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, BUREAU, LIN, QIAO, ZHAO
from sending import an_agency, csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Kind, Party, Who, Words
from gongxin.core.disclosure import Audience
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.flows.case_acts import take_act
from gongxin.flows.case_steps import (
    DecidedBeforeItsRecord,
    NotResponsible,
    OnePersonTwice,
    TakenMeanwhile,
    WordsMissing,
)
from gongxin.flows.correct import FieldsAtFault
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewPoint
from gongxin.flows.source_change import (
    ChangedSince,
    Proposal,
    propose_correction,
    propose_withdrawal,
)
from gongxin.flows.suspended import NoSuchCause, NotShowing, suspend
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.models import Case, Clock, Part, Step
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LATER = AT + HOUR
OFFICER = Who(ZHAO, Party.CENTRE)
HEAD = Actor(ActorKind.USER, "head")
DECIMAL_POINT = NewPoint("CF_NR_FK", "2", "0.2", "少写小数点")


@pytest.fixture
def fined() -> Version:
    sent(csv_of(penalty()))
    return Version.objects.get()


def clerk() -> Who:
    return Who(LIN, Party.AGENCY, Agency.objects.get(name="示范市生态环境局").id)


def head() -> Who:
    return Who(HEAD, Party.AGENCY, clerk().agency_id)


def proposal(record: Version, **given: object) -> Proposal:
    told = {"change": KindOfVersion.SUBSTANTIVE, "reason": "原处罚决定已被法院判决撤销。", **given}
    return Proposal(record.subject_id, record.record_id, **told)  # type: ignore[arg-type]


def withdrawal(record: Version, **given: object) -> Case:
    return propose_withdrawal(proposal(record, **given), form_id=uuid4(), who=clerk(), at=AT)


def correction(record: Version, **fields: str) -> Case:
    asked = proposal(record, change=KindOfVersion.CLERICAL, reason="金额少写小数点。", fields=fields)
    return propose_correction(asked, form_id=uuid4(), who=clerk(), at=AT)


def suspended(record: Version, cause: str = "leak", who: Who = OFFICER) -> Case:
    return suspend(
        subject_id=record.subject_id, record_id=record.record_id, cause=cause,
        reason="公示内容含有个人身份证号。", form_id=uuid4(), who=who, at=AT,
    )  # fmt: skip


def taken(
    kind: Kind,
    act: str,
    who: Who = OFFICER,
    *,
    words: Words = NO_WORDS,
    at=LATER,
    part_id: UUID | None = None,
) -> Step:
    part = Part.objects.get(kind=kind.value) if part_id is None else Part.objects.get(id=part_id)
    return take_act(kind, act, part_id=part.id, seen=part.steps_taken, who=who, words=words, at=at)


def shown(at=LATER) -> list[RecordView]:
    subject_id = subject_of_code(QIAO, at=at)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=at)


def test_a_proposed_withdrawal_changes_nothing_until_a_second_person_confirms(fined: Version) -> None:
    withdrawal(fined)
    assert len(shown()) == 1

    taken(Kind.WITHDRAWAL, "confirm")

    assert shown() == []
    standing = Version.objects.get(superseded_at=None)
    assert (standing.kind, standing.proposed_by, standing.decided_by) == (
        "withdrawal",
        LIN.written,
        ZHAO.written,
    )
    part = Part.objects.get()
    assert (part.outcome, part.reason) == ("carried-out", "原处罚决定已被法院判决撤销。")
    assert all((part.basis, part.remedy))


def test_its_subject_is_told_of_the_withdrawal_with_what_can_be_done(fined: Version) -> None:
    withdrawal(fined)

    step = taken(Kind.WITHDRAWAL, "confirm")

    told = Notice.objects.get(id=step.notice_id)
    assert told.agency is None
    assert all(told.facts[name] for name in ("reason", "basis", "remedy"))


@pytest.mark.parametrize("act", ["confirm", "decline"])
def test_who_proposed_cannot_be_the_second_person(fined: Version, act: str) -> None:
    withdrawal(fined)

    with pytest.raises(OnePersonTwice):
        taken(Kind.WITHDRAWAL, act, clerk(), words=Words(reason="x"))


def test_the_head_of_the_body_may_be_the_second_person(fined: Version) -> None:
    withdrawal(fined)

    assert taken(Kind.WITHDRAWAL, "confirm", head()).actor == HEAD.written


def test_another_body_neither_proposes_nor_confirms(fined: Version) -> None:
    bureau = an_agency(BUREAU, "示范市城市管理局")
    other = Who(Actor(ActorKind.USER, "wu"), Party.AGENCY, bureau.id)

    with pytest.raises(NotResponsible):
        propose_withdrawal(proposal(fined), form_id=uuid4(), who=other, at=AT)
    withdrawal(fined)
    with pytest.raises(NotResponsible):
        taken(Kind.WITHDRAWAL, "confirm", other)


def test_two_second_persons_at_once_confirm_it_once(fined: Version) -> None:
    withdrawal(fined)
    part = Part.objects.get()
    taken(Kind.WITHDRAWAL, "confirm")

    with pytest.raises(TakenMeanwhile):
        take_act(
            Kind.WITHDRAWAL, "confirm", part_id=part.id, seen=part.steps_taken, who=head(), words=NO_WORDS,
            at=LATER,
        )  # fmt: skip


def test_the_three_working_days_run_from_the_day_of_the_revocation(fined: Version) -> None:
    withdrawal(fined, revoked_on=date(2026, 11, 19))  # a Thursday

    clock = Clock.objects.get()
    assert (clock.limit, clock.begun_on.isoformat(), clock.due_on.isoformat()) == (
        "withdraw-revoked", "2026-11-19", "2026-11-24",
    )  # fmt: skip


@pytest.mark.parametrize(
    "day", [date(2026, 11, 24), date(2026, 10, 11)], ids=["to-come", "before-the-record"]
)
def test_an_act_is_not_revoked_before_it_was_done_nor_tomorrow(fined: Version, day: date) -> None:
    with pytest.raises(DecidedBeforeItsRecord):
        withdrawal(fined, revoked_on=day)


def test_a_proposal_says_why(fined: Version) -> None:
    with pytest.raises(WordsMissing):
        withdrawal(fined, reason=" ")


def test_what_is_declined_leaves_the_record_as_it_was(fined: Version) -> None:
    withdrawal(fined)

    taken(Kind.WITHDRAWAL, "decline", words=Words(reason="判决尚未生效。"))

    assert len(shown()) == 1
    assert Part.objects.get().reason == "判决尚未生效。"


def test_declining_needs_a_reason_of_its_own(fined: Version) -> None:
    withdrawal(fined)

    with pytest.raises(WordsMissing):
        taken(Kind.WITHDRAWAL, "decline")


def test_a_record_under_objection_can_be_withdrawn_and_the_objection_is_overtaken(fined: Version) -> None:
    object_to(
        subject_id=fined.subject_id,
        asked=[Asked(fined.record_id, wish="correct", points=(DECIMAL_POINT,))],
        form_id=uuid4(), entry=Entry.COUNTER, statement="", evidence=(), who=OFFICER, at=AT,
    )  # fmt: skip
    withdrawal(fined)

    taken(Kind.WITHDRAWAL, "confirm")

    overtaken = Part.objects.get(kind="objection")
    assert (overtaken.outcome, bool(overtaken.reason and overtaken.remedy)) == ("overtaken", True)
    step = Step.objects.get(act="record-ended")
    assert Notice.objects.get(id=step.notice_id).facts["reason"] == overtaken.reason
    assert not Part.objects.filter(closed_at=None).exists()


def test_a_confirmed_correction_reads_as_proposed(fined: Version) -> None:
    correction(fined, CF_NR_FK="0.2")
    assert shown()[0].fields["CF_NR_FK"] == "2"

    taken(Kind.CORRECTION, "confirm")

    assert shown()[0].fields["CF_NR_FK"] == "0.2"
    assert Version.objects.get(superseded_at=None).kind == "clerical"


def test_a_correction_that_breaks_a_rule_is_not_even_proposed(fined: Version) -> None:
    with pytest.raises(FieldsAtFault):
        correction(fined, CF_JDRQ="昨天")

    assert not Case.objects.exists()


def test_a_correction_of_what_has_changed_since_must_be_proposed_anew(fined: Version) -> None:
    correction(fined, CF_NR_FK="0.2")
    sent(csv_of(penalty(CF_NR_FK="3")), at=LATER)

    with pytest.raises(ChangedSince):
        taken(Kind.CORRECTION, "confirm", at=LATER + HOUR)


def test_one_person_suspends_at_once_and_subject_and_source_are_told(fined: Version) -> None:
    suspended(fined)

    assert shown() == []
    assert {bool(one.agency) for one in Notice.objects.all()} == {True, False}


def test_a_suspension_is_lifted_by_a_second_person_for_the_rest_of_the_period(fined: Version) -> None:
    (before,) = shown(AT)
    suspended(fined)

    taken(Kind.SUSPENSION, "lift", head(), words=Words(reason="所涉号码已更正。"))

    assert [seen.publish_until for seen in shown()] == [before.publish_until]


@pytest.mark.parametrize("act", ["confirm", "lift"])
def test_who_suspended_neither_confirms_nor_lifts(fined: Version, act: str) -> None:
    suspended(fined)

    with pytest.raises(OnePersonTwice):
        taken(Kind.SUSPENSION, act, words=Words(reason="x"))


def test_a_confirmed_suspension_stays_and_ends_with_the_correction(fined: Version) -> None:
    suspended(fined)
    taken(Kind.SUSPENSION, "confirm", head())
    assert shown() == []
    correction(fined, CF_SY="当事人未按规定公开排污信息，现已全部改正。")

    taken(Kind.CORRECTION, "confirm")

    assert len(shown()) == 1


def test_a_correction_does_not_lift_a_suspension_nobody_has_looked_at(fined: Version) -> None:
    suspended(fined)
    correction(fined, CF_SY="当事人未按规定公开排污信息，现已全部改正。")

    taken(Kind.CORRECTION, "confirm")

    assert shown() == []


def test_the_withdrawal_of_a_suspended_record_closes_the_suspension(fined: Version) -> None:
    suspended(fined, "revoked-act", clerk())
    withdrawal(fined)

    taken(Kind.WITHDRAWAL, "confirm")

    assert Part.objects.get(kind="suspension").outcome == "overtaken"


def test_a_suspension_nobody_confirms_in_time_stays(fined: Version) -> None:
    suspended(fined)

    assert shown(AT + timedelta(days=7)) == []


def test_nothing_is_suspended_for_another_cause_nor_twice(fined: Version) -> None:
    with pytest.raises(NoSuchCause):
        suspended(fined, "the-firm-asked")
    suspended(fined)
    taken(Kind.SUSPENSION, "confirm", head())
    with pytest.raises(NotShowing):
        suspended(fined)
