"""A case through the steps all kinds share: opened once, moved by whose turn it is, never without notice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN, QIAO, ZHAO
from django.db import DatabaseError, connection, transaction
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Kind, Party, Who, Words
from gongxin.core.cases.kinds import NotTheirStep
from gongxin.core.disclosure import Audience
from gongxin.flows.case_steps import (
    DecidedBeforeItsRecord,
    NotResponsible,
    TakenMeanwhile,
    WordsMissing,
    part_to_step,
    take,
)
from gongxin.flows.confirm_law import import_calendar
from gongxin.flows.open_case import AlreadyOpen, Application, Asked, NewPoint, NotOpenHere, open_case
from gongxin.flows.reckon_clocks import tell_above_of_late
from gongxin.flows.steer_case import ExtendedBefore, extend_limit, hand_over, pause, resume
from gongxin.registry.accounts.models import Agency
from gongxin.registry.cases.figures import ended_limits
from gongxin.registry.cases.models import Case, Part, Step
from gongxin.registry.cases.queries import clocks_of, parts_of, steps_of_case
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everyone_was_told")]

QIAO_HERSELF = Who(Actor(ActorKind.USER, "qiao"), Party.APPLICANT)
OFFICER = Who(ZHAO, Party.CENTRE)
CLOCK = Actor(ActorKind.JOB, "worker-1")
NEXT_YEAR = """
year: 2027
notice: {number: 国办发明电〔2026〕0号, title: test}
source: S-CAL-2026
confidence: R
holidays:
  - {name: 元旦, days_off: [2027-01-01, 2027-01-02, 2027-01-03, 2027-01-04], made_up: []}
"""
DECISION = Words(
    reason="经核查，处罚金额录入有误。", basis="河南省社会信用条例第四十一条", remedy="可依法申请行政复议。"
)


@pytest.fixture
def fined() -> RecordView:
    sent(csv_of(penalty()))
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0]


def clerk() -> Who:
    return Who(LIN, Party.AGENCY, Agency.objects.get().id)


def asked(record: RecordView) -> Application:
    return Application(
        kind=Kind.OBJECTION,
        subject_id=record.subject_id,
        asked=[
            Asked(record.record_id, wish="correct", points=(NewPoint("CF_NR_FK", "2", "0.2", "少写小数点"),))
        ],
        form_id=uuid4(),
        entry=Entry.MINE,
    )


def opened(record: RecordView) -> Case:
    with transaction.atomic():
        return open_case(asked(record), who=QIAO_HERSELF, at=AT)[0]


def step(part_id: UUID, act: str, who: Who, words: Words = NO_WORDS, *, seen: int | None = None) -> Step:
    with transaction.atomic():
        case, part = part_to_step(part_id, seen=seen)
        follows = "correction" if act == "uphold" else ""  # what the paper of an upheld one says
        return take(case, part, act, who=who, at=AT, words=words, follows=follows)


def dispute(record: RecordView) -> str:
    return records_of(record.subject_id, audience=Audience.PUBLIC, at=AT)[0].dispute


def test_the_record_is_marked_at_the_instant_the_objection_comes_in(fined: RecordView) -> None:
    opened(fined)

    assert dispute(fined) == "open"


def test_a_form_sent_twice_is_one_case(fined: RecordView) -> None:
    application = asked(fined)
    with transaction.atomic():
        first, _ = open_case(application, who=QIAO_HERSELF, at=AT)
        second, is_new = open_case(application, who=QIAO_HERSELF, at=AT)

    assert (first.id, is_new, Case.objects.count()) == (second.id, False, 1)


def test_a_second_objection_about_the_same_record_is_refused_while_one_is_open(fined: RecordView) -> None:
    opened(fined)

    with pytest.raises(AlreadyOpen), transaction.atomic():
        open_case(asked(fined), who=QIAO_HERSELF, at=AT)


def test_an_objection_does_not_come_in_by_the_public_form(fined: RecordView) -> None:
    with pytest.raises(NotOpenHere), transaction.atomic():
        open_case(replace(asked(fined), entry=Entry.PUBLIC), who=QIAO_HERSELF, at=AT)


def test_the_source_decides_and_the_part_and_its_case_are_closed(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)

    step(part.id, "refuse", clerk(), DECISION)

    (part,) = parts_of(case)
    assert (part.outcome, part.reason, part.remedy) == ("refused", DECISION.reason, DECISION.remedy)
    assert Case.objects.get().closed_at == AT
    assert dispute(fined) == "refused"
    assert {clock.ended for clock in clocks_of(case)} == {"kept"}


def test_every_step_has_its_notice(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)
    step(part.id, "uphold", clerk(), DECISION)

    told = {one.id for one in Notice.objects.filter(agency=None)}

    assert [one.notice_id in told for one in steps_of_case(case)] == [True, True, True]


def test_the_database_refuses_a_step_without_notice(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    (first,) = steps_of_case(case)
    values = {field.attname: getattr(first, field.attname) for field in Step._meta.concrete_fields}

    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.create(**{**values, "id": uuid4(), "notice_id": uuid4(), "part_id": part.id})
        check_now()


def check_now() -> None:
    """PostgreSQL keeps the question of carried references until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("missing", ["reason", "basis", "remedy"])
def test_a_decision_lacks_nothing(fined: RecordView, missing: str) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)

    with pytest.raises(WordsMissing, match=missing):
        step(part.id, "uphold", clerk(), replace(DECISION, **{missing: "  "}))


def test_the_database_refuses_an_ended_part_without_remedy(fined: RecordView) -> None:
    opened(fined)

    with pytest.raises(DatabaseError), transaction.atomic():
        Part.objects.update(closed_at=AT, outcome="refused", reason="x", basis="y", decided_by="z")


def test_a_decision_is_not_dated_before_its_record(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)

    with pytest.raises(DecidedBeforeItsRecord):
        step(part.id, "uphold", clerk(), replace(DECISION, decided_on=date(2026, 10, 11)))


def test_of_two_officers_at_once_one_decides(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER, seen=1)
    step(part.id, "uphold", clerk(), DECISION, seen=2)

    with pytest.raises(TakenMeanwhile):
        step(part.id, "refuse", clerk(), DECISION, seen=2)


def test_another_body_does_not_answer(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)
    other = Agency.objects.create(id=uuid4(), code="another", name="示范市税务局", region="990100")

    with pytest.raises(NotResponsible):
        step(part.id, "uphold", Who(LIN, Party.AGENCY, other.id), DECISION)
    with pytest.raises(NotTheirStep):
        step(part.id, "uphold", OFFICER, DECISION)


def test_the_time_of_an_appraisal_is_not_counted(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)
    pause(part_id=part.id, seen=2, who=clerk(), words=Words(reason="委托鉴定"), at=AT)

    resume(part_id=part.id, seen=3, who=clerk(), words=Words(reason="鉴定完成"), at=AT + timedelta(days=14))

    running = {clock.limit: clock.due_on for clock in clocks_of(case) if not clock.ended}
    assert running == {"objection-whole": date(2026, 12, 16), "objection-provider": date(2026, 12, 10)}


def test_an_extension_is_given_once(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    longer = {
        "part_id": part.id,
        "limit": "objection-whole",
        "who": clerk(),
        "words": Words(reason="案情复杂"),
    }
    extend_limit(**longer, seen=1, working_days=3, at=AT)

    with pytest.raises(ExtendedBefore):
        extend_limit(**longer, seen=2, working_days=3, at=AT)
    assert max(clock.due_on for clock in clocks_of(case) if not clock.ended) == date(2026, 12, 7)


def test_a_part_is_handed_over_with_its_clocks_and_the_old_body_answers_no_more(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    other = Agency.objects.create(id=uuid4(), code="another", name="示范市税务局", region="990100")
    old = clerk_of_regulator()
    step(part.id, "forward", OFFICER)

    hand_over(part_id=part.id, seen=2, to=other, who=OFFICER, words=Words(reason="职责划转"), at=AT)

    assert {c.responsible_id for c in clocks_of(case) if not c.ended} == {other.id}
    with pytest.raises(NotResponsible):
        step(part.id, "uphold", old, DECISION)


def clerk_of_regulator() -> Who:
    return Who(LIN, Party.AGENCY, Agency.objects.exclude(code="another").get().id)


def test_a_limit_that_ran_out_is_told_above_once(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)
    above = Agency.objects.create(id=uuid4(), code="above", name="示范省生态环境厅", region="990000")
    Agency.objects.exclude(id=above.id).update(supervisor=above)
    late = AT + timedelta(days=4)

    told = [tell_above_of_late(actor=CLOCK, at=late) for _ in range(2)]

    assert told == [1, 0]
    assert Notice.objects.get(agency=above).kind == "case.told-above"


def test_each_limit_of_a_part_that_runs_out_is_told_above(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)

    told = [tell_above_of_late(actor=CLOCK, at=AT + timedelta(days=days)) for days in (4, 5, 10, 11)]

    assert told == [1, 0, 1, 0]  # the source's three working days, then the seven of the whole


def test_a_provisional_clock_is_reckoned_anew_when_the_calendar_comes(
    fined: RecordView,
) -> None:
    with transaction.atomic():
        case, _ = open_case(asked(fined), who=QIAO_HERSELF, at=datetime(2026, 12, 30, 2, tzinfo=UTC))
    provisional = {clock.limit: clock.due_on for clock in clocks_of(case) if clock.provisional}

    import_calendar(text=NEXT_YEAR, actor=ZHAO, at=AT + timedelta(days=40))

    running = {clock.limit: clock for clock in clocks_of(case) if not clock.ended}
    assert provisional["objection-own"] == date(2027, 1, 5)
    assert running["objection-own"].due_on == date(2027, 1, 6)
    assert not running["objection-own"].provisional


def test_a_limit_whose_case_is_taken_back_in_time_is_void_and_counts_for_nobody(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)
    step(part.id, "forward", OFFICER)

    step(part.id, "withdraw", QIAO_HERSELF, DECISION)

    ended = {clock.limit: clock.ended for clock in clocks_of(case)}
    assert ended == {"objection-own": "kept", "objection-provider": "void", "objection-whole": "void"}
    told = ended_limits(begins=AT, ends=AT + timedelta(days=1), agency_ids=None, calendar=working_calendar())
    assert [one.took.limit for one in told] == ["objection-own"]


def test_a_limit_that_had_run_out_before_its_case_was_taken_back_stays_missed(fined: RecordView) -> None:
    case = opened(fined)
    (part,) = parts_of(case)

    with transaction.atomic():
        late = AT + timedelta(days=30)
        take(*part_to_step(part.id, seen=None), "withdraw", who=QIAO_HERSELF, at=late, words=DECISION)

    assert {clock.ended for clock in clocks_of(case)} == {"missed"}
