"""What a subject says beside its record: everyone reads it; checked for numbers, taken back at will."""

from uuid import UUID

import pytest
from cast import AT, OPERATOR, PASSWORD, QIAO, firm_code
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.disclosure import Audience
from gongxin.core.policy import Role
from gongxin.flows.enrol import add_user
from gongxin.flows.grant_mandate import grant
from gongxin.flows.state_beside import (
    ActsForAnother,
    HoldsPersonalNumber,
    NoSuchStatement,
    NothingSaid,
    TooLong,
    state_beside,
    withdraw_statement,
)
from gongxin.registry.accounts.models import User
from gongxin.registry.cases.models import Statement
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
SAID = "罚款已于十月缴清，排污信息已补充公开。"


def shown(code: str = QIAO) -> RecordView:
    subject_id = subject_of_code(code, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0]


@pytest.fixture
def record() -> RecordView:
    sent(csv_of(penalty()))
    return shown()


@pytest.fixture
def qiao(record: RecordView) -> User:
    user = add_user(
        name="qiao", password=PASSWORD, role=Role.ORGANISATION_OFFICER, agency=None, actor=OPERATOR, at=AT
    )
    grant(
        user=user, subject_id=record.subject_id, kind="legal-representative", ground="营业执照",
        from_on=AT.date(), until_on=None, actor=OPERATOR, at=AT,
    )  # fmt: skip
    return user


def stated(user: User, record: RecordView, text: str = SAID, *, record_id: UUID | None = None) -> Statement:
    return state_beside(
        subject_id=record.subject_id, record_id=record_id or record.record_id, text=text, by=user.pk,
        actor=Actor(ActorKind.USER, str(user.pk)), at=AT,
    )  # fmt: skip


def withdrawn(user: User, record: RecordView) -> None:
    withdraw_statement(
        subject_id=record.subject_id, record_id=record.record_id, by=user.pk,
        actor=Actor(ActorKind.USER, str(user.pk)), at=AT,
    )  # fmt: skip


def test_everyone_reads_it_with_the_record(qiao: User, record: RecordView) -> None:
    stated(qiao, record)

    assert shown().statement == SAID


def test_a_second_one_takes_the_place_of_the_first(qiao: User, record: RecordView) -> None:
    stated(qiao, record, "第一句")
    stated(qiao, record, "第二句")

    assert shown().statement == "第二句"
    assert Statement.objects.filter(withdrawn_at=None).count() == 1


def test_taken_back_it_is_gone_and_cannot_be_taken_back_twice(qiao: User, record: RecordView) -> None:
    stated(qiao, record)
    withdrawn(qiao, record)

    assert shown().statement == ""
    with pytest.raises(NoSuchStatement):
        withdrawn(qiao, record)


def test_it_goes_with_the_record(qiao: User, record: RecordView) -> None:
    stated(qiao, record)
    assert record.publish_until is not None

    views = records_of(record.subject_id, audience=Audience.PUBLIC, at=AT, now=record.publish_until)

    assert [view.statement for view in views] == [""]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("请联系 13800138000", HoldsPersonalNumber),
        ("  \n ", NothingSaid),
        ("说" * 501, TooLong),
    ],
)
def test_what_cannot_stand_there_is_refused(
    qiao: User, record: RecordView, text: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        stated(qiao, record, text)
    assert not Statement.objects.exists()


def test_nobody_speaks_beside_another_firms_record(qiao: User, record: RecordView) -> None:
    other = firm_code(2)
    sent(csv_of(penalty(CF_XDR_SHXYM=other, CF_XDR_MC="示范丁香机械有限公司", CF_WSH="示环罚〔2026〕13号")))

    with pytest.raises(ActsForAnother):
        stated(qiao, shown(other))
    assert shown(other).statement == ""
