"""A promise is signed in the page: a record, a number, the letter kept, both told; once."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, BUREAU, LIN, REGULATOR, code_of
from promising import PAPERS, SIGNED, a_draft, of_agency, promised, the_firm
from repairing import QIAO_HERSELF, QIAO_ID
from sending import an_agency

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Party, Who
from gongxin.core.commitments import Mistake, Promise, Signature
from gongxin.core.disclosure import Audience
from gongxin.flows.applicants import NotTheirSubject
from gongxin.flows.sign_commitment import (
    NotAccepting,
    NotTheirsToPromise,
    PromiseAtFault,
    SignedOtherwise,
    letter_to_sign,
    sign,
    sign_for_body,
)
from gongxin.registry.accounts.models import User
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.commitments.models import Commitment
from gongxin.registry.ledger.models import Entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import profile, subject_of_code

pytestmark = pytest.mark.django_db


def promises_of(subject_id: UUID, *, audience: Audience = Audience.PUBLIC) -> list[RecordView]:
    return [one for one in records_of(subject_id, audience=audience, at=AT) if one.class_id == "commitment"]


def test_what_is_signed_is_a_record_of_the_accepting_body_that_everyone_may_see() -> None:
    firm = the_firm()

    made = promised(firm)

    assert made.number == "99010020261123000001"
    (view,) = [
        one for one in records_of(firm, audience=Audience.PUBLIC, at=AT) if one.class_id == "commitment"
    ]
    assert (view.record_id, view.document_number, view.agency_code) == (
        made.record_id,
        made.number,
        REGULATOR,
    )
    assert view.fields["commitment_kind"] == "容缺受理型"
    assert "消防验收意见" in view.fields["content"]
    assert "fulfilment" not in view.fields


def test_who_signed_is_kept_and_shown_to_nobody() -> None:
    made = promised(the_firm())

    assert "签署人：乔木" in made.text
    assert made.signatory == "乔木"
    (view,) = [
        one
        for one in records_of(made.subject_id, audience=Audience.PUBLIC, at=AT)
        if one.class_id == "commitment"
    ]
    assert "乔木" not in {value for key, value in view.fields.items() if key != "promisor_name"}


def test_the_letter_that_is_kept_is_the_one_that_was_shown() -> None:
    firm = the_firm()
    known = profile(firm, at=AT)
    assert known is not None
    shown = letter_to_sign(a_draft(), promiser=known, at=AT)

    assert promised(firm).text.startswith(shown)


@pytest.mark.parametrize("scope", ["特定范围内公开", "不可公开"])
def test_what_is_not_to_be_public_is_not(scope: str) -> None:
    firm = the_firm()
    promised(firm, a_draft(promise=replace(PAPERS, disclosure=scope)))

    assert promises_of(firm) == []
    assert len(promises_of(firm, audience=Audience.SUBJECT)) == 1


def test_both_are_told_and_the_audit_says_who_signed_what() -> None:
    made = promised(the_firm())

    kinds = {(one.kind, one.agency_id) for one in Notice.objects.filter(record_id=made.record_id)}
    assert kinds == {("commitment.made", None), ("commitment.received", an_agency().id)}
    assert AuditEvent.objects.filter(action="commitment.signed", object_id=made.id.hex).exists()


def test_the_same_form_sent_twice_is_one_promise_and_another_under_it_is_refused() -> None:
    firm, form = the_firm(), uuid4()

    assert promised(firm, form_id=form).id == promised(firm, form_id=form).id
    assert Commitment.objects.count() == 1
    with pytest.raises(SignedOtherwise):
        promised(firm, a_draft(promise=replace(PAPERS, matter="另一事项")), form_id=form)


def test_numbers_of_a_day_follow_one_another_and_the_next_day_begins_anew() -> None:
    firm = the_firm()

    numbers = [promised(firm).number for _ in range(2)]
    assert numbers == ["99010020261123000001", "99010020261123000002"]
    later = promised(firm, at=AT + timedelta(days=1))
    assert later.number == "99010020261124000001"


def test_a_stranger_signs_for_nobody() -> None:
    firm = the_firm()

    with pytest.raises(NotTheirSubject):
        promised(firm, who=Who(Actor(ActorKind.USER, uuid4().hex), Party.APPLICANT))


def test_nothing_is_signed_without_name_and_tick_and_nothing_is_kept_then() -> None:
    firm = the_firm()

    with pytest.raises(PromiseAtFault) as refused:
        sign(
            a_draft(), Signature("乔木", agreed=False), subject_id=firm, form_id=uuid4(), who=QIAO_HERSELF,
            user=User.objects.get(id=QIAO_ID), at=AT,
        )  # fmt: skip
    assert refused.value.mistakes == [Mistake.NOT_SIGNED]
    assert not Commitment.objects.exists()
    assert not Entry.objects.filter(class_id="commitment").exists()


def test_a_firm_cannot_promise_what_public_bodies_promise() -> None:
    firm = the_firm()

    with pytest.raises(NotTheirsToPromise):
        promised(firm, a_draft("government-promise"))


def test_a_public_body_promises_by_the_same_way_and_not_to_itself() -> None:
    regulator, bureau = an_agency(), an_agency(BUREAU, "示范市财政局")
    head = User.objects.create(id=uuid4(), username="head", password="!", role="head", agency=bureau)
    draft = a_draft(
        "government-promise",
        Promise("招商引资奖励", "三个月内兑付奖励资金", date(2027, 2, 28)),
        agency=regulator,
    )
    given = {"form_id": uuid4(), "who": of_agency(LIN), "user": head, "at": AT}

    made = sign_for_body(draft, SIGNED, body=bureau, **given)  # type: ignore[arg-type]

    assert made.subject_id == subject_of_code(BUREAU, at=AT)
    assert made.kind == "其他-政务践诺"
    (view,) = records_of(made.subject_id, audience=Audience.PUBLIC, at=AT)
    assert view.fields["promisor_name"] == "示范市财政局"
    with pytest.raises(NotAccepting):
        sign_for_body(replace(draft, agency=bureau), SIGNED, body=bureau, **{**given, "form_id": uuid4()})  # type: ignore[arg-type]


def test_an_institution_is_a_public_body_too() -> None:
    code = code_of("12990100MB0000001")
    school = an_agency(code, "示范市第一中学")
    head = User.objects.create(id=uuid4(), username="head", password="!", role="head", agency=school)
    draft = a_draft("government-contract", Promise("采购合同2026-1", "按期支付货款", date(2027, 2, 28)))

    made = sign_for_body(draft, SIGNED, body=school, form_id=uuid4(), who=of_agency(LIN), user=head, at=AT)

    assert made.kind == "其他-政府合同"
