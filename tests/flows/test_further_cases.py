"""The further kinds of case: reviews, suits, the archive, complaints, who is not the subject."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, LIN, QIAO, ZHAO
from django.db import connection
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Kind, Party, Who, Words
from gongxin.core.clocks import clocks_of as clocks_of_facts
from gongxin.core.disclosure import Audience
from gongxin.flows import not_the_subject
from gongxin.flows.archive import archive_some
from gongxin.flows.ask_further import NotEndedYet, NothingSaid, ask_further
from gongxin.flows.case_acts import take_act
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.flows.open_case import NotAbout
from gongxin.flows.proceedings import NoSuchDay
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.cases.queries import NoSuchCase, parts_of
from gongxin.registry.cases.receipts import Person
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.log.models import Act
from gongxin.registry.publication.clocks import clocked_record
from gongxin.registry.publication.queries import RecordView, record, records_of
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db

COUNTER = Who(ZHAO, Party.CENTRE)
REVIEWER = Who(Actor(ActorKind.USER, "wen"), Party.CENTRE)
DECISION = Words(reason="经复议维持原决定。", basis="行政复议法第二十条", remedy="可依法提起行政诉讼。")
YEARS_AGO = AT - timedelta(days=5 * 366)


@pytest.fixture
def fined() -> RecordView:
    sent(csv_of(penalty()))
    return seen_by_all()[0]


def seen_by_all(*, at: object = AT) -> list[RecordView]:
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT if at is AT else at)  # type: ignore[arg-type]


def asked(kind: Kind, view: RecordView, *, statement: str = "已向上级机关申请。", at: object = AT) -> Case:
    return ask_further(
        kind, subject_id=view.subject_id, record_ids=[view.record_id], form_id=uuid4(), entry=Entry.COUNTER,
        statement=statement, evidence=[], who=COUNTER, at=AT if at is AT else at,  # type: ignore[arg-type]
    )  # fmt: skip


def act(case: Case, name: str, *, who: Who = REVIEWER, words: Words = DECISION, at: object = AT) -> Part:
    (part,) = parts_of(case)
    moment = AT if at is AT else at
    take_act(Kind(case.kind), name, part_id=part.id, seen=None, who=who, words=words, at=moment)  # type: ignore[arg-type]
    return parts_of(case)[0]


def usable(view: RecordView) -> tuple[date | None, str]:
    found = clocked_record(view.subject_id, view.record_id, on=AT.date() + timedelta(days=1))
    assert found is not None
    told = clocks_of_facts(found.facts, on=AT.date() + timedelta(days=1), calendar=working_calendar())
    return told.usable_from.on, told.usable_from.rule


def clerk() -> Who:
    return Who(LIN, Party.AGENCY, Agency.objects.get().id)


def test_while_a_review_is_open_nothing_may_be_founded_on_the_record(fined: RecordView) -> None:
    asked(Kind.REVIEW, fined)

    assert usable(fined) == (None, "held-by-review")


def test_certified_final_it_may_be_used_from_the_day_after(fined: RecordView) -> None:
    case = asked(Kind.SUIT, fined)
    act(case, "act-stands", words=replace(DECISION, detail={"final_on": "2026-11-20"}))

    assert usable(fined) == (date(2026, 11, 21), "certified-final")


@pytest.mark.parametrize("day", ["2026-02-30", "2026-11-24", "soon"])
def test_a_day_of_finality_that_is_none_or_to_come_is_refused(fined: RecordView, day: str) -> None:
    case = asked(Kind.SUIT, fined)

    with pytest.raises(NoSuchDay):
        act(case, "act-stands", words=replace(DECISION, detail={"final_on": day}))


def test_revoked_the_record_is_gone_at_that_instant(fined: RecordView) -> None:
    case = asked(Kind.REVIEW, fined)

    part = act(case, "act-revoked", who=clerk())

    assert part.outcome == "act-revoked"
    assert seen_by_all() == []


def test_who_told_of_a_review_does_not_revoke(fined: RecordView) -> None:
    case = asked(Kind.REVIEW, fined)

    with pytest.raises(OnePersonTwice):
        act(case, "act-revoked", who=COUNTER)
    assert len(seen_by_all()) == 1


def test_a_review_of_a_listing_needs_a_listing(fined: RecordView) -> None:
    with pytest.raises(NotAbout):
        asked(Kind.LIST_REVIEW, fined)


def test_a_complaint_says_what_it_is_about(fined: RecordView) -> None:
    with pytest.raises(NothingSaid):
        asked(Kind.PLATFORM_COMPLAINT, fined, statement="  ")


def test_a_complaint_about_the_platform_is_not_answered_by_who_took_it_down(fined: RecordView) -> None:
    case = asked(Kind.PLATFORM_COMPLAINT, fined)

    with pytest.raises(OnePersonTwice):
        act(case, "refuse", who=COUNTER)
    assert act(case, "uphold").outcome == "upheld"


def test_what_still_shows_is_not_archived(fined: RecordView) -> None:
    with pytest.raises(NotEndedYet):
        asked(Kind.ARCHIVE_DEMAND, fined)


def test_archived_nothing_of_what_it_said_is_kept_but_that_it_was(fined: RecordView) -> None:
    ended = AT + timedelta(days=400)
    case = asked(Kind.ARCHIVE_DEMAND, fined, at=ended)

    act(case, "archive", at=ended)

    version = Version.objects.get(record_id=fined.record_id)
    assert (version.content, version.salt, version.erased_at) == (None, None, ended)
    assert Act.objects.get(id=version.id).salt is None
    assert AuditEvent.objects.filter(action="record.archived").count() == 1
    told = record(fined.subject_id, fined.record_id, audience=Audience.SUBJECT, at=ended)
    assert told is not None
    assert (told.record, told.fields) == ("archived", {})


def test_five_years_after_its_decision_a_record_goes_to_the_archive_by_itself() -> None:
    sent(csv_of(penalty(CF_JDRQ="2021-11-20", CF_WSH="旧1号"), penalty(CF_JDRQ="2021-11-26", CF_WSH="旧2号")))

    assert archive_some(actor=ZHAO, at=AT) == 1

    erased = Version.objects.filter(erased_at__isnull=False)
    assert [one.document_number for one in erased] == ["旧1号"]
    assert archive_some(actor=ZHAO, at=AT) == 0


@pytest.fixture
def receipt(fined: RecordView) -> not_the_subject.Receipt:
    return not_the_subject.ask(
        subject_id=fined.subject_id, record_id=fined.record_id, person=Person("孙某甲", "sun@example.com"),
        statement="本人从未担任该公司负责人。", evidence=[], form_id=UUID(int=7), at=AT,
    )  # fmt: skip


def test_a_person_who_is_not_the_subject_marks_the_record_at_once(receipt: not_the_subject.Receipt) -> None:
    assert seen_by_all()[0].dispute == "open"


def test_the_form_sent_again_gives_the_same_receipt(
    fined: RecordView, receipt: not_the_subject.Receipt
) -> None:
    again = not_the_subject.ask(
        subject_id=fined.subject_id, record_id=fined.record_id, person=Person("孙某甲", "sun@example.com"),
        statement="本人从未担任该公司负责人。", evidence=[], form_id=UUID(int=7), at=AT,
    )  # fmt: skip

    assert (again.code, again.case.id, Case.objects.count()) == (receipt.code, receipt.case.id, 1)


def test_with_the_receipt_they_find_their_case_and_without_it_nobody_does(
    receipt: not_the_subject.Receipt,
) -> None:
    assert not_the_subject.case_by_receipt(receipt.code.lower()).id == receipt.case.id
    with pytest.raises(NoSuchCase):
        not_the_subject.case_by_receipt("A" * 20)


def test_who_they_are_lies_nowhere_in_clear(receipt: not_the_subject.Receipt) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_case")
        kept = repr([bytes(one) if isinstance(one, memoryview) else one for one in cursor.fetchone()])

    assert "孙某甲" not in kept
    assert "sun@example.com" not in kept
    assert not_the_subject.read_person(case=receipt.case, reason="核实身份", actor=ZHAO, at=AT) == Person(
        "孙某甲", "sun@example.com"
    )
    assert AuditEvent.objects.filter(action="case.person-read").count() == 1


def test_upheld_by_the_source_the_record_goes(receipt: not_the_subject.Receipt) -> None:
    act(receipt.case, "forward")

    act(receipt.case, "uphold", who=clerk())

    assert seen_by_all() == []


def test_they_take_it_back_with_the_receipt(receipt: not_the_subject.Receipt) -> None:
    not_the_subject.give_up(code=receipt.code, words=DECISION, at=AT)

    assert seen_by_all()[0].dispute == "none"
    assert parts_of(receipt.case)[0].outcome == "given-up"
