"""A tip-off from the form to its closing: who may be its subject, what is kept, what is gone, and when."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cast import AT, BUREAU, LIN, OPERATOR, ZHAO
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, connection, transaction
from guards.source_tree import PACKAGE, python_files
from sending import an_agency
from tip_offs import CONTACT, NOBODY, TELLER, TEXT, qiao_firm, told

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.tip_offs import Outcome, State, channels
from gongxin.flows import tip_off_identity, tip_offs
from gongxin.flows.confirm_law import import_calendar
from gongxin.flows.judge import NotAnOrganisation
from gongxin.flows.tip_off_identity import NobodyNamed, read_identity
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.models import Subject
from gongxin.registry.tip_offs import sealed
from gongxin.registry.tip_offs.models import IdentityOpening, TipOff, TipOffStep
from gongxin.registry.tip_offs.queries import open_ones, totals
from gongxin.registry.tip_offs.sealed import Identity, reason_in, text_in

pytestmark = pytest.mark.django_db

WEN = Actor(ActorKind.USER, "wen")
WORKER = Actor(ActorKind.JOB, "worker")
SOMEBODY = Identity(TELLER, CONTACT)


def answered(tip_off: TipOff, outcome: Outcome = Outcome.UPHELD) -> TipOff:
    tip_offs.send(tip_off=tip_off, agency=an_agency(), actor=ZHAO, at=AT)
    tip_offs.answer(tip_off=tip_off, outcome=outcome, reason="已立案并责令停止排放。", actor=LIN, at=AT)
    return tip_off


def closed(tip_off: TipOff, outcome: Outcome = Outcome.UPHELD, *, at: datetime = AT) -> TipOff:
    tip_offs.close(tip_off=answered(tip_off, outcome), actor=ZHAO, at=at)
    return tip_off


def acts_of(tip_off: TipOff) -> list[str]:
    events = AuditEvent.objects.filter(object_id=tip_off.id.hex)
    return sorted(events.values_list("action", flat=True))


def test_a_tip_off_waits_for_the_centre_five_working_days() -> None:
    tip_off = told().tip_off

    assert (tip_off.state, tip_off.agency, tip_off.outcome) == (State.GIVEN, None, "")
    assert (tip_off.due_on, tip_off.provisional) == (datetime(2026, 11, 30, tzinfo=UTC).date(), False)
    assert text_in(tip_off) == TEXT


def test_a_form_sent_twice_gets_the_same_receipt_and_is_one_tip_off() -> None:
    form_id = uuid4()

    first, second = (
        told(form_id=form_id),
        told(form_id=form_id, text="又一次按下同一张表的递交按钮，内容改了。"),
    )

    assert (first.number, first.code, first.tip_off.id) == (second.number, second.code, second.tip_off.id)
    assert TipOff.objects.count() == 1
    assert acts_of(first.tip_off) == ["tip-off.given"]
    assert told().code != first.code


def test_neither_code_nor_form_can_be_read_in_the_row() -> None:
    form_id = uuid4()
    receipt = told(form_id=form_id)

    row = str(TipOff.objects.values().get())

    assert receipt.code not in row
    assert form_id.hex not in row
    assert str(form_id) not in row


def test_a_persons_number_is_starred_before_the_text_is_sealed() -> None:
    tip_off = told(text="厂长的手机是13800138000，他说身份证号110101199003070011，污水夜里排。").tip_off

    kept = text_in(tip_off) or ""

    assert "13800138000" not in kept
    assert "污水夜里排" in kept
    assert "*" * 11 in kept


def test_a_professional_is_nobodys_tip_off() -> None:
    person = Subject.objects.create(
        id=fresh_id(at=AT), kind="professional", database="natural-person", created_at=AT
    )

    with pytest.raises(NotAnOrganisation):
        told(about=person.id)

    assert not TipOff.objects.exists()


def test_the_database_itself_refuses_a_person_as_the_subject() -> None:
    tip_off = told().tip_off
    person = Subject.objects.create(
        id=fresh_id(at=AT), kind="professional", database="natural-person", created_at=AT
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        TipOff.objects.filter(id=tip_off.id).update(about_id=person.id)
        connection.check_constraints()


def test_it_goes_to_the_agency_is_answered_and_closed_with_every_step_kept() -> None:
    tip_off = closed(told().tip_off)

    steps = list(tip_off.steps.order_by("place"))
    assert [step.kind for step in steps] == ["given", "send", "answer", "close"]
    assert reason_in(steps[2]) == "已立案并责令停止排放。"
    assert (tip_off.outcome, tip_off.due_on) == ("upheld", None)
    assert acts_of(tip_off) == ["tip-off.answered", "tip-off.closed", "tip-off.given", "tip-off.sent"]


def test_an_agency_hands_back_what_is_not_its_own_and_another_gets_it() -> None:
    tip_off = told().tip_off
    regulator = an_agency()
    tip_offs.send(tip_off=tip_off, agency=regulator, actor=ZHAO, at=AT)
    tip_offs.hand_back(tip_off=tip_off, reason="属于生态环境局管辖", actor=LIN, at=AT)

    assert (tip_off.state, tip_off.agency) == (State.GIVEN, None)
    assert open_ones({regulator.id}, limit=9) == []

    bureau = an_agency(BUREAU, "示范市生态环境局")
    tip_offs.send(tip_off=tip_off, agency=bureau, actor=ZHAO, at=AT)
    assert [one.id for one in open_ones({bureau.id}, limit=9)] == [tip_off.id]


def test_an_answer_that_leaves_something_open_goes_back_to_the_agency() -> None:
    tip_off = answered(told().tip_off)

    tip_offs.ask_again(tip_off=tip_off, reason="请说明采样时间", actor=ZHAO, at=AT)

    assert (tip_off.state, tip_off.outcome) == (State.SENT, "")
    assert tip_off.agency is not None


def test_of_two_officers_who_decide_at_once_the_second_is_told() -> None:
    tip_off = told().tip_off
    seen_by_the_other = TipOff.objects.get(id=tip_off.id)
    tip_offs.refuse(tip_off=tip_off, ground="duplicate", actor=ZHAO, at=AT)

    with pytest.raises(tip_offs.NotPossibleNow):
        tip_offs.send(tip_off=seen_by_the_other, agency=an_agency(), actor=ZHAO, at=AT)

    assert TipOffStep.objects.filter(tip_off=tip_off).count() == 2


@pytest.mark.parametrize("channel", sorted(channels()))
def test_what_does_not_belong_here_is_routed_out_and_gone_at_once(channel: str) -> None:
    tip_off = told(identity=SOMEBODY).tip_off

    tip_offs.route_out(tip_off=tip_off, channel=channel, actor=ZHAO, at=AT)

    row = TipOff.objects.get(id=tip_off.id)
    assert (row.sealed_text, row.sealed_identity, row.about_id) == (None, None, None)
    assert (row.outcome, row.ground) == ("elsewhere", channel)
    assert row.number is not None  # the reporter may still ask, and is told the channel
    with pytest.raises(tip_offs.NotKept):
        tip_offs.read_text(tip_off=row, actor=ZHAO, at=AT)
    with pytest.raises(NobodyNamed):
        read_identity(tip_off=row, reason="复核", actor=WEN, at=AT)


def test_the_database_refuses_a_routed_out_tip_off_that_keeps_its_text() -> None:
    tip_off = told().tip_off
    kept = bytes(tip_off.sealed_text or b"")
    tip_offs.route_out(tip_off=tip_off, channel="private-conduct", actor=ZHAO, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        TipOff.objects.filter(id=tip_off.id).update(sealed_text=kept)


def test_reading_the_text_is_audited_and_is_no_look_its_subject_could_see() -> None:
    tip_off = told().tip_off

    assert tip_offs.read_text(tip_off=tip_off, actor=ZHAO, at=AT) == TEXT

    assert "tip-off.read" in acts_of(tip_off)
    assert not Look.objects.exists()


def test_no_audit_of_a_tip_off_says_about_whom() -> None:
    firm = qiao_firm()
    tip_off = closed(told(identity=SOMEBODY).tip_off)
    read_identity(tip_off=tip_off, reason="核实奖励", actor=WEN, at=AT)

    events = AuditEvent.objects.filter(object_kind="tip-off")
    said = " ".join(str(row) for row in events.values("object_id", "detail", "actor"))

    assert events.count() == 5
    assert firm.hex not in said
    assert str(firm) not in said


def test_who_gave_it_is_written_down_before_it_is_shown() -> None:
    tip_off = told(identity=SOMEBODY).tip_off

    assert read_identity(tip_off=tip_off, reason="核实奖励", actor=WEN, at=AT) == SOMEBODY

    (opening,) = IdentityOpening.objects.all()
    assert (opening.by, opening.reason, opening.tip_off_id) == ("user:wen", "核实奖励", tip_off.id)
    assert "tip-off.identity-read" in acts_of(tip_off)


@pytest.mark.parametrize("broken", ["write_event", "IdentityOpening"])
def test_where_the_log_fails_nobody_is_shown(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tip_off = told(identity=SOMEBODY).tip_off
    shown: list[Identity] = []

    def fails(*_given: object, **_named: object) -> None:
        raise OSError("the log is away")

    if broken == "write_event":
        monkeypatch.setattr(tip_off_identity, "write_event", fails)
    else:
        monkeypatch.setattr(IdentityOpening.objects, "create", fails)
    with pytest.raises(OSError, match="away"):
        shown.append(read_identity(tip_off=tip_off, reason="核实奖励", actor=WEN, at=AT))

    assert shown == []
    assert not IdentityOpening.objects.exists()


def test_an_opening_without_a_reason_is_refused_by_the_database() -> None:
    tip_off = told(identity=SOMEBODY).tip_off

    with pytest.raises(IntegrityError), transaction.atomic():
        read_identity(tip_off=tip_off, reason="", actor=WEN, at=AT)


def test_an_anonymous_tip_off_names_nobody_and_leaves_no_opening() -> None:
    tip_off = told(identity=NOBODY).tip_off

    with pytest.raises(NobodyNamed):
        read_identity(tip_off=tip_off, reason="核实奖励", actor=WEN, at=AT)

    assert not IdentityOpening.objects.exists()


def test_the_key_of_the_texts_opens_no_identity() -> None:
    tip_off = told(identity=SOMEBODY).tip_off
    identity = bytes(tip_off.sealed_identity or b"")

    with pytest.raises(InvalidTag):
        text_in(TipOff(id=tip_off.id, sealed_text=identity))
    with pytest.raises(InvalidTag):
        sealed.open_text(sealed.home(), identity, bound_to=f"who gave tip-off {tip_off.id.hex}")


def test_a_reward_is_noted_only_of_what_was_found_true() -> None:
    untrue = answered(told().tip_off, Outcome.NOT_UPHELD)
    with pytest.raises(tip_offs.NoReward):
        tip_offs.note_reward(tip_off=untrue, yuan=500, reason="举报有功", actor=ZHAO, at=AT)

    true = answered(told().tip_off)
    due = true.due_on
    tip_offs.note_reward(
        tip_off=true, yuan=500, reason="按奖励办法第三条", actor=ZHAO, at=AT + timedelta(days=1)
    )

    assert (true.reward_yuan, true.state, true.due_on) == (500, State.ANSWERED, due)


def test_two_years_after_closing_only_what_is_counted_is_left() -> None:
    tip_off = closed(told(identity=SOMEBODY).tip_off)
    day_before, day = (datetime(2028, 11, day, 4, 0, tzinfo=UTC) for day in (22, 23))

    assert tip_offs.erase_due(actor=WORKER, at=day_before) == 0
    assert tip_offs.erase_due(actor=WORKER, at=day) == 1
    assert tip_offs.erase_due(actor=WORKER, at=day) == 0

    row = TipOff.objects.values().get(id=tip_off.id)
    left = {name for name, value in row.items() if value not in (None, "", False)}
    assert left == {
        "id", "matter", "given_at", "state", "waits_since", "outcome", "closed_at", "erase_on", "erased_at",
    }  # fmt: skip
    assert [*TipOffStep.objects.values_list("reason", "agency")] == [(None, None)] * 4
    assert "tip-off.erased" in acts_of(tip_off)


def test_from_that_day_on_nobody_reads_it_whether_or_not_a_worker_ran() -> None:
    tip_off = closed(told(identity=SOMEBODY).tip_off)
    day = datetime(2028, 11, 22, 16, 0, tzinfo=UTC)  # midnight in Shanghai

    with pytest.raises(tip_offs.NotKept):
        tip_offs.read_text(tip_off=tip_off, actor=ZHAO, at=day)
    with pytest.raises(NobodyNamed):
        read_identity(tip_off=tip_off, reason="核实奖励", actor=WEN, at=day)
    assert tip_offs.read_text(tip_off=tip_off, actor=ZHAO, at=day - timedelta(seconds=1)) == TEXT


def test_few_tip_offs_of_a_kind_are_no_figure_and_ten_are() -> None:
    for _number in range(9):
        closed(told().tip_off)
    before = AT + timedelta(days=30)
    assert totals(before=before, least=10) == []

    closed(told().tip_off)
    closed(told().tip_off, Outcome.NOT_UPHELD)

    (total,) = totals(before=before, least=10)
    assert (total.matter, total.outcome, total.count) == ("environment", "upheld", 10)
    assert totals(before=AT, least=1) == []


def test_a_day_counted_without_a_calendar_is_reckoned_again_once_it_comes() -> None:
    late = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
    tip_off = told(at=late).tip_off
    assert tip_off.provisional
    before = tip_off.due_on
    notice = """
year: 2027
notice: {number: 国办发明电〔2026〕0号, date: 2026-11-01}
source: S-CAL
confidence: V
holidays:
  - {name: 元旦, days_off: [2027-01-01, 2027-01-04], made_up: []}
"""

    moved = import_calendar(text=notice, actor=OPERATOR, at=late)

    tip_off.refresh_from_db()
    assert moved == 1
    assert not tip_off.provisional
    assert tip_off.due_on is not None
    assert before is not None
    assert tip_off.due_on > before


def test_the_opening_of_who_gave_it_has_one_caller() -> None:
    callers = {
        str(path.relative_to(PACKAGE))
        for path in python_files()
        if "identity_in(" in path.read_text("utf-8") or "TIP_OFF_IDENTITY" in path.read_text("utf-8")
    }

    assert callers == {"flows/tip_off_identity.py", "registry/tip_offs/sealed.py", "registry/sealing.py"}
