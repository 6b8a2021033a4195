"""What public bodies owe small firms: by when, and who finds that it is grave."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from cast import AT, BUREAU, LIN, OPERATOR, QIAO, ZHAO, firm_code
from checking import asked, fed
from promising import of_agency, supervised, the_firm
from repairing import QIAO_HERSELF
from sending import an_agency

from gongxin.core.actors import Actor, ActorKind
from gongxin.flows.case_steps import NotResponsible, NotToldYet, OnePersonTwice, TooSoon, WordsMissing
from gongxin.flows.deliver import note_opened
from gongxin.flows.grave_delay import (
    ClosedAlready,
    FoundByAMachine,
    NothingOverdue,
    decide,
    propose,
    withdraw,
)
from gongxin.flows.late_payment import (
    Mistake,
    NotAPayDay,
    Owed,
    PaidAlready,
    PaymentAtFault,
    RecordedAlready,
    note_paid,
    record_owed,
    record_owed_for,
)
from gongxin.flows.notice_words import notice_in_words
from gongxin.flows.public_body_subject import NotAPublicBody
from gongxin.flows.signing_keys import ensure_key
from gongxin.registry.accounts.models import Agency
from gongxin.registry.commitments.models import GraveDelay, Payment
from gongxin.registry.commitments.queries import overdue_of, unpaid_payments
from gongxin.registry.notices.models import Notice
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
OWED = Owed(BUREAU, "采2026-1", Decimal("120000.00"), date(2026, 9, 1), "验收单2026-1")
FUNDS = "fiscal-funds"
DECIDING = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # the first day after five working days to object


@pytest.fixture
def bureau(db: None) -> Agency:
    return supervised(an_agency(BUREAU, "示范市水务局"), an_agency())


def recorded(owed: Owed = OWED, *, firm: UUID | None = None) -> Payment:
    return record_owed(owed, payee_id=firm or the_firm(), who=QIAO_HERSELF, at=AT)


def proposed(payment: Payment) -> GraveDelay:
    return propose(
        subject_id=payment.subject_id, reasons="经督促仍拒不支付", evidence="示督〔2026〕1号",
        agency=an_agency(), who=of_agency(LIN), at=AT,
    )  # fmt: skip


def told(one: GraveDelay, *, at: datetime = AT) -> GraveDelay:
    """Let somebody of the body concerned open the notice at its desk."""
    assert one.prior_notice_id is not None
    note_opened(subject_id=one.subject_id, notice_id=one.prior_notice_id, actor=LIN, at=at)
    return one


def decided(one: GraveDelay, *, at: datetime = DECIDING) -> GraveDelay:
    return decide(delay_id=one.id, number="示认〔2026〕1号", agency=an_agency(), who=of_agency(ZHAO), at=at)


def test_the_day_a_payment_is_due_is_reckoned_and_both_sides_are_told(bureau: Agency) -> None:
    made = recorded()

    assert made.due_on == date(2026, 10, 8)  # the thirtieth day falls into the holidays
    assert made.subject_id == subject_of_code(bureau.code, at=AT)
    told = {(one.subject_id, one.agency_id) for one in Notice.objects.filter(kind="payment.recorded")}
    assert told == {(made.subject_id, None), (made.payee_id, None), (made.subject_id, bureau.id)}
    assert overdue_of([made.subject_id], on=AT.date()) == [made]
    assert unpaid_payments(before=AT.date(), limit=10) == [made]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"agreed_days": 61}, Mistake.AGREED),
        ({"amount_yuan": Decimal(0)}, Mistake.AMOUNT),
        ({"delivered_on": date(2026, 11, 24)}, Mistake.DELIVERED),
        ({"delivered_on": date(2025, 5, 31)}, Mistake.DELIVERED),
        ({"contract_number": " "}, Mistake.CONTRACT),
        ({"evidence": ""}, Mistake.EVIDENCE),
        ({"evidence": "联系 11010519491231002X"}, Mistake.PERSONAL_NUMBER),
        ({"is_small": False}, Mistake.NOT_SMALL),
    ],
)
def test_a_payment_with_a_mistake_is_told_which(
    bureau: Agency, changed: dict[str, object], wrong: Mistake
) -> None:
    with pytest.raises(PaymentAtFault) as refused:
        recorded(replace(OWED, **changed))  # type: ignore[arg-type]
    assert refused.value.mistakes == [wrong]


def test_a_firm_owes_nothing_here_and_one_delivery_is_one_payment(bureau: Agency) -> None:
    firm = the_firm()
    recorded(firm=firm)

    with pytest.raises(RecordedAlready):
        recorded(firm=firm)
    with pytest.raises(NotAPublicBody):
        recorded(replace(OWED, payer_code=firm_code(7)), firm=firm)


def test_the_supervising_body_records_it_and_another_does_not(bureau: Agency) -> None:
    the_firm()
    made = record_owed_for(OWED, payee_code=QIAO, supervisor=an_agency(), who=of_agency(LIN), at=AT)

    assert made.recorded_by == LIN.written
    with pytest.raises(NotResponsible):
        record_owed_for(OWED, payee_code=QIAO, supervisor=bureau, who=of_agency(LIN), at=AT)


def test_a_payment_is_noted_once_and_not_before_its_delivery_or_ahead(bureau: Agency) -> None:
    made = recorded()

    for day in (date(2026, 8, 31), date(2026, 11, 24)):
        with pytest.raises(NotAPayDay):
            note_paid(made.id, paid_on=day, who=QIAO_HERSELF, supervisor=None, at=AT)
    note_paid(made.id, paid_on=date(2026, 11, 20), who=QIAO_HERSELF, supervisor=None, at=AT)
    with pytest.raises(PaidAlready):
        note_paid(made.id, paid_on=date(2026, 11, 21), who=QIAO_HERSELF, supervisor=None, at=AT)
    assert overdue_of([made.subject_id], on=AT.date()) == []


def test_late_payment_alone_restricts_nothing_and_a_grave_one_limits_funds_until_it_is_paid(
    bureau: Agency,
) -> None:
    ensure_key(actor=OPERATOR, at=AT)
    made = recorded()
    fed()

    def restricted(at: object) -> set[str]:
        told = asked(BUREAU, FUNDS, at=at).told  # type: ignore[arg-type]
        return {one["because"] for one in told["measures"]}

    one = told(proposed(made))
    assert restricted(DECIDING) == set()
    decided(one)
    assert restricted(DECIDING + timedelta(seconds=1)) == {str(one.id)}
    paid_at = DECIDING + timedelta(hours=1)
    note_paid(made.id, paid_on=AT.date(), who=QIAO_HERSELF, supervisor=None, at=paid_at)
    assert restricted(paid_at + timedelta(seconds=1)) == set()


def test_it_takes_two_persons_and_no_machine(bureau: Agency) -> None:
    made = recorded()
    one = told(proposed(made))

    with pytest.raises(OnePersonTwice):
        decide(delay_id=one.id, number="1号", agency=an_agency(), who=of_agency(LIN), at=DECIDING)
    with pytest.raises(WordsMissing):
        decide(delay_id=one.id, number=" ", agency=an_agency(), who=of_agency(ZHAO), at=DECIDING)
    with pytest.raises(FoundByAMachine):
        propose(
            subject_id=made.subject_id, reasons="拖欠", evidence="1号", agency=an_agency(),
            who=of_agency(Actor(ActorKind.JOB, "worker")), at=AT,
        )  # fmt: skip
    decided(one)
    with pytest.raises(ClosedAlready):
        decided(one)
    assert {one.kind for one in Notice.objects.filter(kind__startswith="late-payment")} == {
        "late-payment.proposed",
        "late-payment.decided",
    }


def test_nothing_is_decided_before_the_body_was_told_and_its_five_working_days_are_over(
    bureau: Agency,
) -> None:
    one = proposed(recorded())
    notice = Notice.objects.get(id=one.prior_notice_id)
    assert (notice.agency, notice.kind) == (bureau, "late-payment.proposed")
    assert "5 个工作日" in "".join(notice_in_words(notice, language="zh-hans").paragraphs)

    with pytest.raises(NotToldYet):
        decided(one)
    told(one)
    with pytest.raises(TooSoon) as soon:
        decided(one, at=DECIDING - timedelta(hours=11))
    assert soon.value.first == date(2026, 12, 1)
    assert decided(one).decided_at == DECIDING


def test_who_paid_is_not_found_late_and_another_body_finds_nothing(bureau: Agency) -> None:
    made = recorded()

    with pytest.raises(NotResponsible):
        propose(
            subject_id=made.subject_id,
            reasons="拖欠",
            evidence="1号",
            agency=bureau,
            who=of_agency(LIN),
            at=AT,
        )
    one = told(proposed(made))
    note_paid(made.id, paid_on=AT.date(), who=QIAO_HERSELF, supervisor=None, at=AT)
    with pytest.raises(NothingOverdue):
        decided(one)
    with pytest.raises(NothingOverdue):
        proposed(made)


def test_what_was_found_wrongly_is_withdrawn_and_weighs_no_more(bureau: Agency) -> None:
    ensure_key(actor=OPERATOR, at=AT)
    made = recorded()
    fed()
    one = decided(told(proposed(made)))

    later = DECIDING + timedelta(hours=1)
    withdraw(delay_id=one.id, reason="认定有误", agency=an_agency(), who=of_agency(ZHAO), at=later)

    assert asked(BUREAU, FUNDS, at=later + timedelta(seconds=1)).told["measures"] == []
    with pytest.raises(ClosedAlready):
        withdraw(delay_id=one.id, reason="认定有误", agency=an_agency(), who=of_agency(ZHAO), at=later)
