"""No answer of any kind of case copies an earlier one of its body, or of the centre, without saying so."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cast import AT, ZHAO
from repairing import RIPE, accepted, asked_for, body_of, decide, fined_thrice, part_about, records

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Kind, Party, Who, Words
from gongxin.core.cases.reasons import BlankLeft
from gongxin.flows.ask_further import ask_further
from gongxin.flows.case_acts import take_act
from gongxin.flows.copied_reply import CopiedReply
from gongxin.flows.decide_repair import not_accept, refuse, repair
from gongxin.flows.steer_case import hand_over
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.models import Part
from gongxin.registry.cases.queries import parts_of

pytestmark = pytest.mark.django_db

INCOMPLETE = Words(
    reason="申请材料缺少示环罚〔2026〕1号的缴款凭证，补齐后可以重新申请。",
    basis="《信用修复管理办法》",
    remedy="可依法申请行政复议。",
)
WRITTEN_ANEW = replace(INCOMPLETE, reason=INCOMPLETE.reason.replace("1号", " 2号 ") + "！")
OFFICER = Who(ZHAO, Party.CENTRE)
REVIEWER = Who(Actor(ActorKind.USER, "wen"), Party.CENTRE)


@pytest.fixture
def firm() -> UUID:
    return fined_thrice()


def asked_again(firm: UUID) -> Part:
    return part_about(asked_for(firm, records(firm)[RIPE]), RIPE)


def test_a_repair_is_not_turned_away_twice_in_the_same_words(firm: UUID) -> None:
    decide(not_accept, asked_again(firm), words=INCOMPLETE)
    part = asked_again(firm)

    with pytest.raises(CopiedReply, match="修〔2026〕1号"):
        decide(not_accept, part, words=WRITTEN_ANEW)
    assert Part.objects.get(id=part.id).closed_at is None

    decide(not_accept, part, words=replace(WRITTEN_ANEW, detail={"same_as": "修〔2026〕1号"}))
    assert Part.objects.get(id=part.id).outcome == "not-accepted"


def test_nor_refused_in_the_words_in_which_another_was_turned_away(firm: UUID) -> None:
    decide(not_accept, asked_again(firm), words=INCOMPLETE)
    case = asked_for(firm, records(firm)[RIPE])

    with pytest.raises(CopiedReply):
        decide(refuse, accepted(case, RIPE), words=INCOMPLETE)


def test_what_a_body_answered_stays_its_own_when_the_part_it_answers_now_came_from_another(
    firm: UUID,
) -> None:
    decide(not_accept, asked_again(firm), words=INCOMPLETE)
    part = asked_again(firm)
    other = Agency.objects.exclude(id=part.responsible_id).get()
    hand_over(part_id=part.id, seen=part.steps_taken, who=body_of(part), words=Words("移交"), to=other, at=AT)
    part.refresh_from_db()

    decide(not_accept, part, words=INCOMPLETE)  # the other body has never said so

    assert Part.objects.get(id=part.id).outcome == "not-accepted"


def test_a_repair_granted_may_say_what_another_said_but_leaves_nothing_blank(firm: UUID) -> None:
    granted = replace(INCOMPLETE, reason="经核查，义务已履行完毕，准予修复。")
    decide(not_accept, asked_again(firm), words=granted)
    part = accepted(asked_for(firm, records(firm)[RIPE]), RIPE)

    with pytest.raises(BlankLeft):
        decide(repair, part, words=replace(granted, reason="义务已于【日期】履行完毕。"))
    decide(repair, part, words=granted)

    assert Part.objects.get(id=part.id).outcome == "repaired"


def test_the_centre_does_not_answer_two_complaints_in_the_same_words(firm: UUID) -> None:
    answer = Words("经核查，平台处理无误。", "《河南省社会信用条例》第六十九条", "可以向上级主管部门反映。")
    complained_and_refused(firm, answer)

    with pytest.raises(CopiedReply, match="诉〔2026〕1号"):
        complained_and_refused(firm, answer)


def complained_and_refused(firm: UUID, answer: Words) -> None:
    case = ask_further(
        Kind.PLATFORM_COMPLAINT, subject_id=firm, record_ids=[], form_id=uuid4(), entry=Entry.COUNTER,
        statement="网页打不开。", evidence=[], who=OFFICER, at=AT,
    )  # fmt: skip
    (part,) = parts_of(case)
    take_act(Kind.PLATFORM_COMPLAINT, "refuse", part_id=part.id, seen=None, who=REVIEWER, words=answer, at=AT)
