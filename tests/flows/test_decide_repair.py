"""Repair decided: three penalties of two bodies in one case, what waits, refusals, false papers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN
from django.db import DatabaseError, transaction
from repairing import (
    EARLY,
    MARKET,
    QIAO_HERSELF,
    RIPE,
    accepted,
    asked_for,
    body_of,
    decide,
    fined_thrice,
    part_about,
    records,
    shown,
)
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import NO_WORDS, Entry, Kind, Party, Who, Words
from gongxin.core.cases.eligibility import WhyNot
from gongxin.core.cases.repair_law import NotAGround
from gongxin.core.disclosure import Audience
from gongxin.flows.case_steps import NotResponsible, OnePersonTwice, WordsMissing
from gongxin.flows.change_publication import decision_again
from gongxin.flows.confirm_law import confirm
from gongxin.flows.decide_repair import (
    accept,
    not_accept,
    refuse,
    repair,
    repaired_elsewhere,
)
from gongxin.flows.false_proof import lift_false_proof
from gongxin.flows.give_up import give_up
from gongxin.flows.open_case import Application, Asked, NewPoint, open_case
from gongxin.flows.repair import eligible_of
from gongxin.flows.repair_days import ripen_due
from gongxin.registry.cases.models import Case, FalseProof
from gongxin.registry.cases.queries import clocks_of, parts_of, steps_of_case
from gongxin.registry.ledger.models import Fingerprint
from gongxin.registry.log.models import Act
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision
from gongxin.registry.publication.queries import record, records_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everyone_was_told")]

GRANTED = Words(
    reason="罚款已缴纳，整改已验收。",
    basis="《信用修复管理办法》",
    remedy="对本决定不服的，可依法申请行政复议。",
)
FORGED = replace(GRANTED, reason="缴款凭证系伪造。", detail={"ground": "false-proof"})
MA = Actor(ActorKind.USER, "ma")  # a second clerk of the same body
THIRD = Actor(ActorKind.USER, "he")  # a third
CENTRE = Who(Actor(ActorKind.USER, "zhao"), Party.CENTRE)


@pytest.fixture
def subject_id() -> UUID:
    return fined_thrice()


@pytest.fixture
def case(subject_id: UUID) -> Case:
    return asked_for(subject_id, *records(subject_id).values())


def test_a_repaired_record_is_published_shared_and_used_no_longer_from_that_instant(
    subject_id: UUID, case: Case
) -> None:
    part = accepted(case, RIPE)

    decide(repair, part, words=GRANTED)

    view = record(subject_id, part.record_id, audience=Audience.SUBJECT, at=AT)
    assert (view.publication, view.repair) == ("ended", "repaired")
    assert (view.publish_until, view.share_until, view.use_until) == (AT, AT, AT)
    assert RIPE not in shown(subject_id)


def test_three_penalties_of_two_bodies_are_repaired_in_one_case(subject_id: UUID, case: Case) -> None:
    for number in (RIPE, MARKET):
        decide(repair, accepted(case, number), words=GRANTED)
    day = datetime(2027, 1, 12, 2, tzinfo=UTC)
    assert ripen_due(at=day) == 1

    decide(repair, accepted(case, EARLY, at=day), words=GRANTED, at=day)

    assert shown(subject_id, at=day) == set()
    assert Case.objects.get().closed_at == day
    assert {part.outcome for part in parts_of(case)} == {"repaired"}


def test_a_waiting_part_ripens_on_its_very_day_and_its_clocks_begin_then(case: Case) -> None:
    eve = datetime(2027, 1, 11, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai

    assert ripen_due(at=eve) == 0
    assert ripen_due(at=eve + timedelta(minutes=1)) == 1
    assert ripen_due(at=eve + timedelta(minutes=2)) == 0

    part = part_about(case, EARLY)
    begun = {clock.limit: clock.begun_on for clock in clocks_of(case) if clock.part_id == part.id}
    assert part.state == "applied"
    assert begun == {"repair-accept": date(2027, 1, 12), "repair-answer": date(2027, 1, 12)}


def test_a_waiting_part_whose_record_ended_first_is_closed_with_its_reason(case: Case) -> None:
    assert ripen_due(at=AT + timedelta(days=400)) == 1

    part = part_about(case, EARLY)
    assert (part.outcome, bool(part.reason and part.basis and part.remedy)) == ("overtaken", True)


def test_each_body_decides_about_its_own_record_only(case: Case) -> None:
    part = part_about(case, MARKET)
    other = body_of(part_about(case, RIPE))

    with pytest.raises(NotResponsible):
        accept(part_id=part.id, seen=1, who=other, words=NO_WORDS, at=AT)


def test_no_decision_goes_without_reason_basis_and_remedy(case: Case) -> None:
    with pytest.raises(WordsMissing, match="remedy"):
        decide(repair, accepted(case, RIPE), words=replace(GRANTED, remedy=""))


def test_an_application_turned_away_leaves_the_record_as_it_was(subject_id: UUID, case: Case) -> None:
    decide(not_accept, part_about(case, RIPE), words=replace(GRANTED, detail={"ground": "not-performed"}))

    assert RIPE in shown(subject_id)
    (told,) = [one for one in eligible_of(subject_id, at=AT) if one.document_number == RIPE]
    assert told.may_now


def test_a_ground_the_law_does_not_know_at_that_step_is_refused(case: Case) -> None:
    with pytest.raises(NotAGround):
        decide(not_accept, part_about(case, RIPE), words=FORGED)


def test_an_application_can_be_taken_back_without_giving_reasons(subject_id: UUID, case: Case) -> None:
    part = part_about(case, RIPE)

    give_up(part_id=part.id, seen=1, who=QIAO_HERSELF, words=NO_WORDS, at=AT)

    assert part_about(case, RIPE).outcome == "given-up"
    assert RIPE in shown(subject_id)


def test_every_step_of_a_repair_is_told_to_the_subject_with_the_paper_of_the_decision(case: Case) -> None:
    decide(repair, accepted(case, RIPE), words=GRANTED)

    told = {one.id: one for one in Notice.objects.filter(agency=None)}
    steps = steps_of_case(case)
    assert all(one.notice_id in told for one in steps)
    facts = told[steps[-1].notice_id].facts
    assert facts["paper"].startswith("修〔2026〕1-")
    assert len(facts["code"]) == 19


def test_a_repair_leaves_a_fingerprint_and_a_public_act(case: Case) -> None:
    part = accepted(case, RIPE)
    decide(repair, part, words=GRANTED)

    assert Fingerprint.objects.get().record_id == part.record_id
    assert Act.objects.get(kind="repaired").object_id == part.record_id


def test_false_papers_are_found_by_another_than_who_accepted_them(case: Case) -> None:
    part = accepted(case, RIPE)

    with pytest.raises(OnePersonTwice):
        decide(refuse, part, words=FORGED)
    assert not FalseProof.objects.exists()

    decide(refuse, part, words=FORGED, actor=MA)
    found = FalseProof.objects.get()
    assert (found.accepted_by, found.by, found.until_on) == (LIN.written, MA.written, date(2029, 11, 23))


def test_the_database_wants_two_persons_for_false_papers(case: Case) -> None:
    part = accepted(case, RIPE)
    decide(refuse, part, words=FORGED, actor=MA)

    found = FalseProof.objects.get()
    values = {field.attname: getattr(found, field.attname) for field in FalseProof._meta.concrete_fields}
    with pytest.raises(DatabaseError), transaction.atomic():
        FalseProof.objects.create(
            **{**values, "id": uuid4(), "part_id": part_about(case, MARKET).id, "by": found.accepted_by}
        )


def test_the_bar_of_three_years_bars_nobody_until_an_officer_confirms_its_source(
    subject_id: UUID, case: Case, tmp_path
) -> None:
    decide(refuse, accepted(case, RIPE), words=FORGED, actor=MA)
    assert _why_not(subject_id, RIPE) is None

    text = tmp_path / "order-36.txt"
    text.write_text("全文", encoding="utf-8")
    confirm(key="S-36", text=text, actor=LIN, at=AT)

    assert _why_not(subject_id, RIPE) is WhyNot.BARRED
    assert _why_not(subject_id, RIPE, at=datetime(2029, 11, 24, tzinfo=UTC)) is not WhyNot.BARRED


def test_a_wrong_finding_of_false_papers_is_lifted_once_and_told(
    subject_id: UUID, case: Case, tmp_path
) -> None:
    decide(refuse, accepted(case, RIPE), words=FORGED, actor=MA)
    text = tmp_path / "order-36.txt"
    text.write_text("全文", encoding="utf-8")
    confirm(key="S-36", text=text, actor=LIN, at=AT)
    finding = FalseProof.objects.get().id

    lifting = {"false_proof_id": finding, "who": CENTRE, "at": AT}
    assert lift_false_proof(ground="凭证经核实为真", **lifting)
    assert not lift_false_proof(ground="再次核实为真", **lifting)

    assert _why_not(subject_id, RIPE) is None
    assert Notice.objects.filter(kind="false-proof.lifted").count() == 1


def test_a_finding_of_false_papers_is_lifted_neither_by_who_accepted_them_nor_by_who_found_them(
    case: Case,
) -> None:
    part = accepted(case, RIPE)
    decide(refuse, part, words=FORGED, actor=MA)
    lifting = {"false_proof_id": FalseProof.objects.get().id, "ground": "凭证经核实为真", "at": AT}

    for actor in (LIN, MA):
        with pytest.raises(OnePersonTwice):
            lift_false_proof(who=body_of(part, actor=actor), **lifting)
    with pytest.raises(NotResponsible):
        lift_false_proof(who=replace(body_of(part_about(case, MARKET)), actor=THIRD), **lifting)
    assert FalseProof.objects.get().lifted_at is None

    assert lift_false_proof(who=body_of(part, actor=THIRD), **lifting)
    assert FalseProof.objects.get().lifted_by == THIRD.written


def test_a_repair_decided_elsewhere_ends_the_publication_once(subject_id: UUID) -> None:
    told = {
        "subject_id": subject_id, "record_id": records(subject_id)[RIPE], "document": "国信修〔2026〕88号",
        "body": "示范市生态环境局", "decided_on": date(2026, 11, 20), "by": LIN, "at": AT,
    }  # fmt: skip

    assert repaired_elsewhere(**told)
    assert not repaired_elsewhere(**told)

    assert RIPE not in shown(subject_id)
    assert Notice.objects.filter(kind="record.repaired-elsewhere").count() == 1


def test_a_status_from_elsewhere_restarts_nothing(subject_id: UUID) -> None:
    record_id, later = records(subject_id)[RIPE], AT + timedelta(days=365)

    repaired_elsewhere(
        subject_id=subject_id, record_id=record_id, document="国信修〔2027〕1号", body="示范市生态环境局",
        decided_on=date(2027, 11, 1), by=LIN, at=later,
    )  # fmt: skip

    view = record(subject_id, record_id, audience=Audience.SUBJECT, at=later)
    assert view.publish_until < later
    assert RIPE not in shown(subject_id, at=later)


def test_whatever_else_is_asked_about_a_repaired_record_is_closed_with_its_reason(
    subject_id: UUID, case: Case
) -> None:
    part = accepted(case, RIPE)
    doubt = Application(
        kind=Kind.OBJECTION, subject_id=subject_id, form_id=uuid4(), entry=Entry.MINE,
        asked=[Asked(part.record_id, wish="remove", points=(NewPoint(said="已改正"),))],
    )  # fmt: skip
    with transaction.atomic():
        objection, _ = open_case(doubt, who=QIAO_HERSELF, at=AT)

    decide(repair, part, words=GRANTED)

    (closed,) = parts_of(objection)
    assert (closed.outcome, bool(closed.remedy)) == ("overtaken", True)
    assert record(subject_id, part.record_id, audience=Audience.SUBJECT, at=AT).repair == "repaired"


def test_a_repaired_record_sent_again_with_other_words_is_held_and_shown_nowhere(
    subject_id: UUID, case: Case
) -> None:
    decide(repair, accepted(case, RIPE), words=GRANTED)
    later = AT + timedelta(days=1)

    outcome = sent(csv_of(penalty(CF_WSH=RIPE, CF_JDRQ="2026-07-01", CF_NR="罚款人民币叁万元")), at=later)

    assert outcome.held == 1
    assert RIPE not in shown(subject_id, at=later)
    assert {one.repair for one in records_of(subject_id, audience=Audience.SUBJECT, at=later)} >= {"repaired"}


def _why_not(subject_id: UUID, number: str, *, at: datetime = AT) -> WhyNot | None:
    return next(one.why_not for one in eligible_of(subject_id, at=at) if one.document_number == number)


def test_the_applicant_takes_no_step_of_the_body(case: Case) -> None:
    with pytest.raises(Exception, match="accept by applicant"):
        accept(
            part_id=part_about(case, RIPE).id, seen=1, who=Who(QIAO_HERSELF.actor, Party.APPLICANT),
            words=NO_WORDS, at=AT,
        )  # fmt: skip


def test_the_database_refuses_to_publish_a_repaired_record_again(case: Case) -> None:
    part = accepted(case, RIPE)
    before = Decision.objects.filter(record_id=part.record_id, outcome="published").latest("decided_at", "id")
    decide(repair, part, words=GRANTED)
    again = decision_again(before, decided_by="user:zhao", at=AT + timedelta(hours=1))

    with pytest.raises(DatabaseError, match="never_after_repair"), transaction.atomic():
        publication.append([again])
