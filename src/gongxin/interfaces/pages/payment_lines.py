"""Payments in words: who owes whom, by when, how late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongxin.core.late_payment import days_late
from gongxin.core.legal_day import legal_day
from gongxin.registry.commitments.models import Payment
from gongxin.registry.subjects.queries import profiles


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment with the names of its sides, and by how many days it is or was late."""

    payment: Payment
    payer: str
    payee: str
    days_late: int


def payment_lines(payments: Sequence[Payment], *, at: datetime) -> list[PaymentLine]:
    """Return payments as a page tells them."""
    sides = {side for one in payments for side in (one.subject_id, one.payee_id)}
    known, on = profiles(sides, at=at), legal_day(at)
    return [
        PaymentLine(
            one, known[one.subject_id].name, known[one.payee_id].name,
            days_late(one.due_on, one.paid_on, on=on),
        )
        for one in payments
    ]  # fmt: skip
