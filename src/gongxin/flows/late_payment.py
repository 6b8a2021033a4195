"""What a public body owes a small firm: recorded, paid, overdue. The day is reckoned, never typed.

Recorded by who is owed, or by the body that supervises the payer. Source: 保障中小企业款项支付条例 9, 25;
law-decisions 14.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.cases import Party, Who
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.late_payment import in_force_from, longest_days, payment_due
from gongxin.core.leaks import holds_personal_number
from gongxin.core.legal_day import legal_day
from gongxin.flows.applicants import refuse_who_does_not_act_for
from gongxin.flows.case_steps import NotResponsible
from gongxin.flows.notify import tell_agency, tell_subject
from gongxin.flows.public_body_subject import subject_of_body
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.commitments.models import Payment
from gongxin.registry.commitments.queries import payment_of
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import profile, subject_of_code


class Mistake(StrEnum):
    """What is wrong with a payment as it was filled in."""

    CONTRACT = "contract"
    AMOUNT = "amount"
    DELIVERED = "delivered"
    AGREED = "agreed"
    EVIDENCE = "evidence"
    PERSONAL_NUMBER = "personal-number"
    NOT_SMALL = "not-small"


class PaymentAtFault(Exception):
    """Something is to be put right; `mistakes` says what."""

    def __init__(self, found: list[Mistake]) -> None:
        super().__init__(", ".join(found))
        self.mistakes = found


class UnknownPayee(Exception):
    """No organisation is known by the payee's code."""


class RecordedAlready(Exception):
    """This delivery under this contract is recorded."""


class PaidAlready(Exception):
    """This payment was noted as made."""


class NotAPayDay(Exception):
    """Nobody pays before the delivery, or on a day to come."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A payment as it is filled in. `is_small`: the payee states that it is a small or medium firm."""

    payer_code: str
    contract_number: str
    amount_yuan: Decimal
    delivered_on: date
    evidence: str
    agreed_days: int | None = None
    is_small: bool = True


def record_owed(owed: Owed, *, payee_id: UUID, who: Who, at: datetime) -> Payment:
    """Record what one's own organisation is owed.

    Raises NotTheirSubject, NotAPublicBody, PaymentAtFault, RecordedAlready.
    """
    with transaction.atomic():
        bulk.one_writer()
        refuse_who_does_not_act_for(payee_id, who=who, at=at)
        return _recorded(owed, payee_id, who.actor, at)


def record_owed_for(owed: Owed, *, payee_code: str, supervisor: Agency, who: Who, at: datetime) -> Payment:
    """Record what a body one's own body supervises owes.

    Raises NotResponsible, UnknownPayee, NotAPublicBody, PaymentAtFault, RecordedAlready.
    """
    with transaction.atomic():
        bulk.one_writer()
        refuse_who_does_not_supervise(owed.payer_code, supervisor)
        payee_id = subject_of_code(normalise_code(payee_code), at=at)
        if payee_id is None:
            raise UnknownPayee(payee_code)
        return _recorded(owed, payee_id, who.actor, at)


def note_paid(
    payment_id: UUID, *, paid_on: date, who: Who, supervisor: Agency | None, at: datetime
) -> Payment:
    """Note that a payment was made: by who was owed, or by the body that supervises the payer.

    Raises NoSuchPayment, NotTheirSubject, NotResponsible, PaidAlready, NotAPayDay.
    """
    with transaction.atomic():
        bulk.one_writer()
        one = payment_of(payment_id)
        if who.party is Party.APPLICANT:
            refuse_who_does_not_act_for(one.payee_id, who=who, at=at)
        else:
            refuse_who_does_not_supervise(code_of(one.subject_id, at=at), supervisor)
        if one.paid_on is not None:
            raise PaidAlready(one.id.hex)
        if not one.delivered_on <= paid_on <= legal_day(at):
            raise NotAPayDay(paid_on.isoformat())
        one.paid_on, one.paid_recorded_at, one.paid_recorded_by = paid_on, at, who.actor.written
        one.save(update_fields=["paid_on", "paid_recorded_at", "paid_recorded_by"])
        _tell(one, "payment.paid", who.actor, at)
        _audit(one, "payment.paid", who.actor, at)
        return one


def refuse_who_does_not_supervise(payer_code: str, supervisor: Agency | None) -> None:
    """Raise NotResponsible unless a body stands above the payer."""
    payer = Agency.objects.filter(code=normalise_code(payer_code)).first()
    mine = agencies_of(supervisor) if supervisor else set[UUID]()
    if payer is None or payer.supervisor_id not in mine:
        raise NotResponsible(payer_code)


def code_of(subject_id: UUID, *, at: datetime) -> str:
    known = profile(subject_id, at=at)
    return (known.code or "") if known else ""


def _recorded(owed: Owed, payee_id: UUID, actor: Actor, at: datetime) -> Payment:
    if found := mistakes(owed, on=legal_day(at)):
        raise PaymentAtFault(found)
    payer_id = subject_of_body(owed.payer_code, at=at)
    if payer_id in subject_ids_of(payee_id, at=at):
        raise PaymentAtFault([Mistake.NOT_SMALL])
    due = payment_due(owed.delivered_on, owed.agreed_days, working_calendar())
    key = {
        "subject_id": payer_id, "payee_id": payee_id, "contract_number": owed.contract_number.strip(),
        "delivered_on": owed.delivered_on,
    }  # fmt: skip
    if Payment.objects.filter(**key).exists():
        raise RecordedAlready(owed.contract_number)
    made = Payment.objects.create(
        **key, id=fresh_id(at=at), amount_yuan=owed.amount_yuan, agreed_days=owed.agreed_days,
        due_on=due.day, evidence=owed.evidence.strip(), recorded_at=at, recorded_by=actor.written,
    )  # fmt: skip
    _tell(made, "payment.recorded", actor, at)
    _audit(made, "payment.recorded", actor, at)
    return made


def mistakes(owed: Owed, *, on: date) -> list[Mistake]:
    """Return what is wrong with a payment as it was filled in on a day."""
    texts = {Mistake.CONTRACT: (owed.contract_number, 128), Mistake.EVIDENCE: (owed.evidence, 300)}
    wrong = {
        **{name: not 0 < len(text.strip()) <= most for name, (text, most) in texts.items()},
        Mistake.AMOUNT: not 0 < owed.amount_yuan < Decimal(10) ** 13,
        Mistake.DELIVERED: not in_force_from() <= owed.delivered_on <= on,
        Mistake.AGREED: owed.agreed_days is not None and not 1 <= owed.agreed_days <= longest_days(),
        Mistake.PERSONAL_NUMBER: any(holds_personal_number(text) for text, _ in texts.values()),
        Mistake.NOT_SMALL: not owed.is_small,
    }
    return [name for name in Mistake if wrong[name]]


def _tell(one: Payment, kind: str, actor: Actor, at: datetime) -> None:
    """Tell both sides; the payer also at its desk, where it has one."""
    payer, payee = profile(one.subject_id, at=at), profile(one.payee_id, at=at)
    facts = {
        "payer": payer.name if payer else "", "payee": payee.name if payee else "",
        "number": one.contract_number, "amount": f"{one.amount_yuan:.2f}",
        "delivered_on": one.delivered_on.isoformat(), "due_on": one.due_on.isoformat(),
        "paid_on": one.paid_on.isoformat() if one.paid_on else "",
    }  # fmt: skip
    for subject_id in (one.subject_id, one.payee_id):
        tell_subject(subject_id=subject_id, kind=kind, facts=facts, by=actor.written, at=at)
    body = Agency.objects.filter(code=payer.code if payer else "").first()
    if body is not None:
        tell_agency(agency=body, subject_id=one.subject_id, kind=kind, facts=facts, by=actor.written, at=at)


def _audit(one: Payment, action: str, actor: Actor, at: datetime) -> None:
    write_event(
        actor=actor, action=action, object_kind="payment", object_id=one.id.hex, at=at,
        detail={"due_on": one.due_on.isoformat()},
    )  # fmt: skip
