"""An objection from the form to the decision: marked, forwarded, answered point by point, and followed."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN, OPERATOR, QIAO, ZHAO
from django.db import connection
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Kind, Party, Who, Words
from gongxin.core.cases.kinds import NotTheirStep
from gongxin.core.cases.points import PointFault, PointsUnanswered
from gongxin.core.cases.reasons import BlankLeft
from gongxin.core.disclosure import Audience
from gongxin.flows.applicants import NotTheirSubject
from gongxin.flows.case_acts import take_act
from gongxin.flows.case_steps import DecidedBeforeItsRecord, NotResponsible, TakenMeanwhile
from gongxin.flows.copied_reply import CopiedReply
from gongxin.flows.correct import FieldsAtFault
from gongxin.flows.objection import NotOwnMatter, PointsNotInOrder, object_to
from gongxin.flows.open_case import AlreadyOpen, Asked, NewPoint
from gongxin.flows.silence import fall_silent_due
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.cases.models import Case, DecisionPaper, Part, Point
from gongxin.registry.cases.queries import parts_of, points_of
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import RecordView, record, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

CENTRE = Who(ZHAO, Party.CENTRE)
REASON = "经核对决定书原件，罚款金额应为零点二万元，系录入时漏写小数点。"
AMOUNT = NewPoint("CF_NR_FK", claimed="0.2", said="少写了小数点")
LONG_AFTER = AT + timedelta(days=20)


@pytest.fixture
def fined() -> RecordView:
    sent(csv_of(penalty()))
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0]


def clerk() -> Who:
    return Who(LIN, Party.AGENCY, Agency.objects.get(code=penalty()["CF_CFJGDM"]).id)


def officer_of(subject_id: UUID) -> Who:
    """Return Qiao, who acts for the firm."""
    user = User.objects.create(id=uuid4(), username="qiao", role="organisation-officer")
    Mandate.objects.create(
        id=uuid4(), user=user, subject_id=subject_id, kind="legal-representative", ground="营业执照",
        from_on=date(2026, 1, 1), granted_at=AT - timedelta(days=30), granted_by=OPERATOR.written,
    )  # fmt: skip
    return Who(Actor(ActorKind.USER, str(user.pk)), Party.APPLICANT)


def objected(
    record: RecordView, *points: NewPoint, wish: str = "correct", who: Who | None = None, **more: Any
) -> Part:
    asked = [Asked(record.record_id, wish, points or (AMOUNT,))]
    given = {"form_id": uuid4(), "entry": Entry.MINE, "statement": "", "evidence": (), "at": AT, **more}
    who = who or officer_of(record.subject_id)
    (part,) = parts_of(object_to(subject_id=record.subject_id, asked=asked, who=who, **given))
    return part


def forwarded(record: RecordView, *points: NewPoint, **named: Any) -> Part:
    part = objected(record, *points, **named)
    act(part, "forward", CENTRE, NO_WORDS)
    part.refresh_from_db()
    return part


def saying(reason: str = REASON, answers: Sequence[tuple[str, str]] = (), **detail: Any) -> Words:
    given: Mapping[str, Any] = {
        str(place): {"answer": answer, "text": text} for place, (answer, text) in enumerate(answers, 1)
    }
    return Words(
        reason=reason,
        basis="《河南省社会信用条例》第四十一条",
        remedy="可依法申请行政复议。",
        detail={**({"answers": given} if given else {}), **detail},
    )


YES, NO = ("accepted", ""), ("refused", "与决定书原件一致")


def act(part: Part, name: str, who: Who, words: Words, *, at: Any = AT, seen: int | None = None) -> None:
    take_act(Kind(part.kind), name, part_id=part.id, seen=seen, who=who, words=words, at=at)


def shown(view: RecordView, *, at: Any = AT) -> RecordView | None:
    return record(view.subject_id, view.record_id, audience=Audience.PUBLIC, at=at)


def standing(view: RecordView, *, at: Any = AT) -> RecordView:
    found = shown(view, at=at)
    assert found is not None
    return found


# Who may object, and what is asked of an objection.


def test_the_record_is_marked_at_once_and_the_system_says_what_it_holds(fined: RecordView) -> None:
    part = objected(fined, replace(AMOUNT, held="whatever the applicant writes here"))

    (point,) = points_of(part)
    assert (point.held, point.claimed) == ("2", "0.2")
    assert standing(fined).dispute == "open"


def test_a_stranger_does_not_object(fined: RecordView) -> None:
    stranger = Who(Actor(ActorKind.USER, str(uuid4())), Party.APPLICANT)

    with pytest.raises(NotTheirSubject):
        objected(fined, who=stranger)
    assert not Case.objects.exists()


def test_a_mandate_that_was_revoked_gives_no_right_to_object(fined: RecordView) -> None:
    qiao = officer_of(fined.subject_id)
    Mandate.objects.update(revoked_at=AT, revoked_by="user:zhao", revoke_reason="离职")

    with pytest.raises(NotTheirSubject):
        objected(fined, who=qiao)


def test_a_clerk_of_the_source_does_not_object_for_the_firm(fined: RecordView) -> None:
    with pytest.raises(NotTheirSubject):
        objected(fined, who=clerk())


def test_the_counter_takes_an_objection_down(fined: RecordView) -> None:
    assert objected(fined, who=CENTRE, entry=Entry.COUNTER).state == "received"


def test_a_form_sent_twice_is_one_case(fined: RecordView) -> None:
    form_id, qiao = uuid4(), officer_of(fined.subject_id)

    assert objected(fined, form_id=form_id, who=qiao).id == objected(fined, form_id=form_id, who=qiao).id
    assert (Case.objects.count(), Point.objects.count()) == (1, 1)


def test_a_second_objection_waits_for_the_first(fined: RecordView) -> None:
    first = objected(fined)

    with pytest.raises(AlreadyOpen) as refused:
        objected(fined, who=CENTRE, entry=Entry.COUNTER)
    assert refused.value.case_id == first.case_id


def test_what_cannot_be_examined_opens_no_case(fined: RecordView) -> None:
    with pytest.raises(PointsNotInOrder) as refused:
        objected(fined, NewPoint("CF_NR_FK", claimed=" 2 "), who=CENTRE, entry=Entry.COUNTER)
    assert [(one.place, one.fault) for one in refused.value.problems] == [(1, PointFault.AS_IT_STANDS)]
    assert standing(fined).dispute == "none"


# The centre forwards, and decides only what is its own.


def test_the_centre_does_not_decide_what_is_the_sources(fined: RecordView) -> None:
    part = objected(fined)

    with pytest.raises(NotOwnMatter):
        act(part, "uphold", CENTRE, saying())
    act(part, "forward", CENTRE, NO_WORDS)
    with pytest.raises(NotTheirStep):
        act(part, "uphold", CENTRE, saying(ground="linked-wrongly"))


def test_the_centre_takes_away_what_it_put_under_the_wrong_subject(fined: RecordView) -> None:
    part = objected(fined, NewPoint(said="不是本单位"), wish="remove")

    act(part, "uphold", CENTRE, saying(ground="linked-wrongly"))

    assert Version.objects.get(superseded_at=None).kind == "withdrawal"
    assert points_of(part)[0].answer == "accepted"


def test_the_centre_sends_back_what_does_not_say_what_it_contests(fined: RecordView) -> None:
    part = objected(fined)

    act(part, "refuse", CENTRE, saying(ground="not-said"))

    assert standing(fined).dispute == "refused"


# The source decides, point by point.


def test_upheld_the_record_is_corrected_at_that_instant(fined: RecordView) -> None:
    part = forwarded(fined)

    act(part, "uphold", clerk(), saying(answers=[YES], change="clerical"))

    view = standing(fined)
    assert (view.fields["CF_NR_FK"], view.record, view.dispute) == ("0.2", "corrected", "upheld")
    version = Version.objects.get(superseded_at=None)
    assert (version.kind, version.proposed_by, version.decided_by) == (
        "clerical", Case.objects.get().opened_by, LIN.written,
    )  # fmt: skip
    (point,) = points_of(part)
    assert (point.answer, point.answer_text) == ("accepted", REASON)


def test_the_source_writes_the_value_as_it_belongs(fined: RecordView) -> None:
    part = forwarded(fined, replace(AMOUNT, claimed="两千元"))

    act(part, "uphold", clerk(), saying(answers=[YES], fields={"CF_NR_FK": "0.2"}))

    assert standing(fined).fields["CF_NR_FK"] == "0.2"


def test_a_correction_that_breaks_the_rules_of_its_class_changes_nothing(fined: RecordView) -> None:
    part = forwarded(fined, replace(AMOUNT, claimed="两千元"))

    with pytest.raises(FieldsAtFault):
        act(part, "uphold", clerk(), saying(answers=[YES]))
    assert (standing(fined).fields["CF_NR_FK"], standing(fined).dispute) == ("2", "open")


def test_upheld_the_record_is_removed_and_leaves_its_fingerprint(fined: RecordView) -> None:
    part = forwarded(fined, NewPoint(said="决定已撤销"), wish="remove")

    act(part, "uphold", clerk(), saying("该决定已被撤销，移除。", answers=[YES]))

    view = shown(fined)
    assert view is not None
    assert view.visibility.value == "tombstone"
    sent(csv_of(penalty()), at=AT + timedelta(minutes=1))
    assert shown(fined, at=AT + timedelta(minutes=2)) == view or Version.objects.filter(
        superseded_at=None, held_reason="returns-after-withdrawal"
    )


def test_upheld_in_part_only_what_was_accepted_is_corrected(fined: RecordView) -> None:
    part = forwarded(fined, AMOUNT, NewPoint("CF_SY", claimed="另有隐情"))

    act(part, "uphold-in-part", clerk(), saying(answers=[YES, NO]))

    view = standing(fined)
    assert view.fields["CF_NR_FK"] == "0.2"
    assert view.fields["CF_SY"] == fined.fields["CF_SY"]
    assert [one.answer for one in points_of(part)] == ["accepted", "refused"]


def decided_on_paper() -> str:
    """Return what the newest paper says."""
    return "".join(DecisionPaper.objects.latest("number").paper["paragraphs"])


def test_the_paper_of_what_was_upheld_in_part_says_which_points_were(fined: RecordView) -> None:
    part = forwarded(fined, AMOUNT, NewPoint("CF_SY", claimed="另有隐情"))

    act(part, "uphold-in-part", clerk(), saying(answers=[YES, NO]))

    said = decided_on_paper()
    assert "异议部分成立，该信息就成立的部分已予更正。" in said
    assert "第1项（罚款金额" in said
    assert "）予以采纳；第2项（" in said
    assert "）不予采纳：与决定书原件一致。" in said
    assert "移除" not in said


def test_the_paper_of_what_was_removed_says_removed_and_of_what_was_corrected_corrected(
    fined: RecordView,
) -> None:
    act(forwarded(fined), "uphold", clerk(), saying(answers=[YES]))
    assert "异议成立，该信息已予更正。" in decided_on_paper()

    part = forwarded(
        standing(fined), NewPoint(said="决定已撤销"), wish="remove", who=CENTRE, entry=Entry.COUNTER
    )
    act(part, "uphold", clerk(), saying("该决定已被撤销，移除。", answers=[YES]))
    assert "异议成立，该信息已予移除" in decided_on_paper()


def test_a_refused_objection_is_given_as_a_paper_too(fined: RecordView) -> None:
    act(forwarded(fined), "refuse", clerk(), saying("与决定书原件一致。", answers=[NO]))

    assert "不予支持所提异议，该信息维持不变。" in decided_on_paper()


def test_refused_the_mark_goes_and_nothing_changes(fined: RecordView) -> None:
    part = forwarded(fined)

    act(part, "refuse", clerk(), saying("与决定书原件一致。", answers=[NO]))

    assert (standing(fined).dispute, standing(fined).fields) == ("refused", fined.fields)


def test_a_point_without_an_answer_leaves_the_case_undecided(fined: RecordView) -> None:
    part = forwarded(fined, AMOUNT, NewPoint("CF_SY", claimed="另有隐情"))

    with pytest.raises(PointsUnanswered):
        act(part, "uphold", clerk(), saying(answers=[YES]))
    assert standing(fined).dispute == "open"


def test_a_decision_is_not_dated_before_its_record(fined: RecordView) -> None:
    part = forwarded(fined)

    with pytest.raises(DecidedBeforeItsRecord):
        act(part, "uphold", clerk(), replace(saying(answers=[YES]), decided_on=date(2026, 10, 11)))


def test_a_prepared_reason_is_filled_in(fined: RecordView) -> None:
    part = forwarded(fined)

    with pytest.raises(BlankLeft):
        act(part, "refuse", clerk(), saying("经核对【文号】原件，一致。", answers=[NO]))


def test_another_body_does_not_decide(fined: RecordView) -> None:
    part = forwarded(fined)
    other = Agency.objects.create(id=uuid4(), code="another", name="示范市税务局", region="990100")

    with pytest.raises(NotResponsible):
        act(part, "uphold", Who(LIN, Party.AGENCY, other.id), saying(answers=[YES]))


def test_of_two_who_decide_at_once_the_second_is_told(fined: RecordView) -> None:
    part = forwarded(fined)
    seen = part.steps_taken
    act(part, "uphold", clerk(), saying(answers=[YES]), seen=seen)

    with pytest.raises(TakenMeanwhile):
        act(part, "refuse", clerk(), saying(answers=[NO]), seen=seen)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once need a server")
def test_two_connections_that_decide_at_once_make_one_decision(fined: RecordView) -> None:
    part = forwarded(fined)
    who, seen, ready, told = clerk(), part.steps_taken, threading.Barrier(2), []

    def decide(name: str, words: Words) -> None:
        ready.wait()
        try:
            act(part, name, who, words, seen=seen)
            told.append(name)
        except TakenMeanwhile:
            told.append("too late")
        finally:
            connection.close()

    both = [("uphold", saying(answers=[YES])), ("refuse", saying(answers=[NO]))]
    threads = [threading.Thread(target=decide, args=one) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told)[-1] == "upheld" or "too late" in told
    assert len(told) == 2
    assert Part.objects.get().outcome in {"upheld", "refused"}


# A reply that copies another says so.


def second_firm_fined() -> RecordView:
    from cast import firm_code

    code = firm_code(2)
    sent(csv_of(penalty(CF_XDR_SHXYM=code, CF_XDR_MC="示范柏木家具有限公司", CF_WSH="示环罚〔2026〕13号")))
    subject_id = subject_of_code(code, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0]


def test_a_copied_reply_is_refused_and_names_the_earlier_case(fined: RecordView) -> None:
    act(forwarded(fined, who=CENTRE, entry=Entry.COUNTER), "refuse", clerk(), saying(answers=[NO]))
    second = forwarded(second_firm_fined(), who=CENTRE, entry=Entry.COUNTER)
    copied = f" {REASON.replace('，', ', ')} 2026年"

    with pytest.raises(CopiedReply, match="异〔2026〕1号"):
        act(second, "refuse", clerk(), saying(copied, answers=[NO]))

    act(second, "refuse", clerk(), saying(copied, answers=[NO], same_as="异〔2026〕1号"))
    second.refresh_from_db()
    assert second.outcome == "refused"


# Silence.


def test_silence_suspends_tells_above_and_does_not_uphold(fined: RecordView) -> None:
    above = Agency.objects.create(id=uuid4(), code="above", name="示范省生态环境厅", region="990000")
    Agency.objects.filter(code=penalty()["CF_CFJGDM"]).update(supervisor=above)
    part = forwarded(fined)

    assert fall_silent_due(LONG_AFTER) == 1

    part.refresh_from_db()
    assert (part.state, part.closed_at) == ("silent", None)
    assert shown(fined, at=LONG_AFTER) is None
    subject_sees = record(fined.subject_id, fined.record_id, audience=Audience.SUBJECT, at=LONG_AFTER)
    assert subject_sees is not None
    assert (subject_sees.publication, subject_sees.reason, subject_sees.dispute) == (
        "suspended", "source-silent", "open",
    )  # fmt: skip
    assert Notice.objects.filter(agency=above, kind="case.told-above").count() == 1
    assert fall_silent_due(LONG_AFTER) == 0


def test_nothing_is_silent_on_the_last_day(fined: RecordView) -> None:
    forwarded(fined)

    assert fall_silent_due(AT + timedelta(days=9)) == 0
    assert shown(fined, at=AT + timedelta(days=9)) is not None
    assert fall_silent_due(AT + timedelta(days=10)) == 1


def test_refused_after_silence_the_record_shows_again_for_the_rest_of_its_period(fined: RecordView) -> None:
    part = forwarded(fined)
    fall_silent_due(LONG_AFTER)

    act(part, "refuse", clerk(), saying(answers=[NO]), at=LONG_AFTER + timedelta(hours=1))

    view = standing(fined, at=LONG_AFTER + timedelta(hours=1))
    assert view.publish_until == fined.publish_until


def test_upheld_after_silence_the_corrected_record_shows_again(fined: RecordView) -> None:
    part = forwarded(fined)
    fall_silent_due(LONG_AFTER)

    act(part, "uphold", clerk(), saying(answers=[YES]), at=LONG_AFTER + timedelta(hours=1))

    assert standing(fined, at=LONG_AFTER + timedelta(hours=1)).fields["CF_NR_FK"] == "0.2"


def test_taken_back_after_silence_the_record_shows_again(fined: RecordView) -> None:
    qiao = officer_of(fined.subject_id)
    part = forwarded(fined, who=qiao)
    fall_silent_due(LONG_AFTER)

    with pytest.raises(NotTheirSubject):
        act(part, "withdraw", Who(Actor(ActorKind.USER, str(uuid4())), Party.APPLICANT), saying("撤回"))
    act(part, "withdraw", qiao, saying("已经解决，撤回。"), at=LONG_AFTER + timedelta(hours=1))

    assert standing(fined, at=LONG_AFTER + timedelta(hours=1)).dispute == "none"


def test_a_province_may_switch_the_suspension_off(fined: RecordView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongxin.flows.silence.is_switched_on", lambda switch: False)
    part = forwarded(fined)

    assert fall_silent_due(LONG_AFTER) == 0

    part.refresh_from_db()
    assert (part.state, shown(fined, at=LONG_AFTER) is not None) == ("with-source", True)
    assert Part.objects.get().steps_taken == 3  # told above, once
    fall_silent_due(LONG_AFTER)
    assert Part.objects.get().steps_taken == 3


def test_a_paused_clock_does_not_fall_silent(fined: RecordView) -> None:
    from gongxin.flows.steer_case import pause

    part = forwarded(fined)
    pause(part_id=part.id, seen=2, who=clerk(), words=Words(reason="委托鉴定"), at=AT)

    assert fall_silent_due(LONG_AFTER) == 0
