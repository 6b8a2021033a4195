"""Questions about promises, what was found of them, and what public bodies owe."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from gongxin.core.late_payment import is_overdue
from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk
from gongxin.registry.commitments.models import Commitment, Finding, GraveDelay, Payment
from gongxin.registry.ledger.models import Number


class NoSuchCommitment(Exception):
    """There is no such promise, or none this office accepted."""


class NoSuchPayment(Exception):
    """There is no such payment, or none this party has to do with."""


class NoSuchFinding(Exception):
    """There is no such finding of grave late payment, or none of this office."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise and what was last found of it; `fulfilment` is empty while nothing was."""

    commitment: Commitment
    fulfilment: str

    def days_over(self, on: date) -> int:
        """Return by how many days its day has passed while nobody found how it was kept; 0 if not."""
        until = self.commitment.keep_until
        return max(0, (on - until).days) if until and not self.fulfilment else 0


def promised_to(
    agency_ids: Collection[UUID] | None, *, overdue_on: date | None = None, limit: int, offset: int = 0
) -> list[Promised]:
    """Return what was promised to these bodies or (None) to all: what falls due first stands first.

    With `overdue_on` only what nobody has found anything of and whose day has passed on that day.
    """
    found = _with_fulfilment()
    if agency_ids is not None:
        found = found.filter(accepting_agency_id__in=agency_ids)
    if overdue_on is not None:
        found = found.filter(keep_until__lt=overdue_on, found__isnull=True)
    ordered = found.order_by(
        F("found").asc(nulls_first=True), F("keep_until").asc(nulls_last=True), "-made_on", "number"
    )
    return list(map(_promised, ordered[offset : offset + limit]))


def promised_by(subject_ids: Collection[UUID]) -> list[Promised]:
    """Return what these promised, the newest first."""
    return list(map(_promised, _with_fulfilment().filter(subject_id__in=subject_ids).order_by("-at", "id")))


def commitment_of(commitment_id: UUID, *, agency_ids: Collection[UUID] | None) -> Commitment:
    """Return a promise these bodies accepted, or (None) anyone's. Raises NoSuchCommitment."""
    found = Commitment.objects.select_related("accepting_agency").filter(id=commitment_id)
    if agency_ids is not None:
        found = found.filter(accepting_agency_id__in=agency_ids)
    one = found.first()
    if one is None:
        raise NoSuchCommitment(commitment_id.hex)
    return one


def commitment_signed_in(form_id: UUID, subject_ids: Collection[UUID]) -> Commitment | None:
    """Return the promise these signed with a form, if they did."""
    return Commitment.objects.filter(subject_id__in=subject_ids, id=form_id).first()


def findings_of(commitment: Commitment) -> Sequence[Finding]:
    """Return what was found of a promise, the newest first."""
    found = Finding.objects.filter(subject_id=commitment.subject_id, commitment_id=commitment.id)
    return list(found.select_related("agency").order_by("-at", "-id"))


def last_number(head: str) -> str | None:
    """Return the last number given under the region and day of `head`, here or by a body's own system."""
    between = Q(number__gte=f"{head}000000", number__lte=f"{head}999999")
    here = Commitment.objects.filter(between).aggregate(last=Max("number"))["last"]
    sent = Number.objects.filter(
        document_number__gte=f"{head}000000", document_number__lte=f"{head}999999",
        document_number__regex=r"^[0-9]{20}$",
    ).aggregate(last=Max("document_number"))["last"]  # fmt: skip
    return max((one for one in (here, sent) if one), default=None)


def payments_between(
    *, payers: Collection[UUID] = (), payees: Collection[UUID] = (), unpaid: bool = False
) -> list[Payment]:
    """Return what these owe and what these are owed, what falls due first at the head."""
    found = Payment.objects.filter(Q(subject_id__in=payers) | Q(payee_id__in=payees))
    return _by_day(found.filter(paid_on__isnull=True) if unpaid else found)


def unpaid_payments(*, before: date, limit: int, offset: int = 0) -> list[Payment]:
    """Return every payment that was due before a day and is not made, the oldest first."""
    found = Payment.objects.filter(paid_on__isnull=True, due_on__lt=before)
    return list(found.order_by("due_on", "id")[offset : offset + limit])


def payment_of(payment_id: UUID) -> Payment:
    """Return a payment. Raises NoSuchPayment."""
    found = Payment.objects.filter(id=payment_id).first()
    if found is None:
        raise NoSuchPayment(payment_id.hex)
    return found


def overdue_of(subject_ids: Collection[UUID], *, on: date) -> list[Payment]:
    """Return what these public bodies owe and have not paid in time."""
    owed = payments_between(payers=subject_ids, unpaid=True)
    return [one for one in owed if is_overdue(one.due_on, one.paid_on, on=on)]


def grave_delay_of(delay_id: UUID, *, agency_ids: Collection[UUID] | None) -> GraveDelay:
    """Return a finding of these bodies, or (None) anyone's. Raises NoSuchFinding."""
    found = GraveDelay.objects.select_related("agency").filter(id=delay_id)
    one = (found if agency_ids is None else found.filter(agency_id__in=agency_ids)).first()
    if one is None:
        raise NoSuchFinding(delay_id.hex)
    return one


def grave_delays_of(agency_ids: Collection[UUID] | None, *, limit: int) -> list[GraveDelay]:
    """Return what these bodies found, or (None) all did, the newest first."""
    found = GraveDelay.objects.select_related("agency").order_by("-proposed_at", "-id")
    return list((found if agency_ids is None else found.filter(agency_id__in=agency_ids))[:limit])


def grave_delays_weighing(subject_ids: Collection[UUID], *, at: datetime) -> Iterator[GraveDelay]:
    """Yield the decided findings about these that weigh at an instant: some payment is still not made."""
    ids = bulk.select_of(
        "SELECT id FROM commitments_gravedelay WHERE subject_id {is_one_of} AND decided_at <= %s"
        " AND until_on > %s AND (withdrawn_at IS NULL OR withdrawn_at > %s)",
        subject_ids, bulk.instant(at), legal_day(at).isoformat(), bulk.instant(at),
    )  # fmt: skip
    if not ids:
        return
    for one in GraveDelay.objects.select_related("agency").filter(id__in=[bulk.as_id(id_) for (id_,) in ids]):
        if _some_not_made(one, at):
            yield one


def _some_not_made(one: GraveDelay, at: datetime) -> bool:
    owed = Payment.objects.filter(subject_id=one.subject_id, id__in=[UUID(found) for found in one.payments])
    return owed.filter(Q(paid_recorded_at__isnull=True) | Q(paid_recorded_at__gt=at)).exists()


def _with_fulfilment() -> "QuerySet[Any]":
    findings = Finding.objects.filter(subject_id=OuterRef("subject_id"), commitment_id=OuterRef("id"))
    newest = findings.order_by("-at", "-id").values("fulfilment")[:1]
    return Commitment.objects.select_related("accepting_agency").annotate(found=Subquery(newest))


def _promised(one: Any) -> Promised:
    return Promised(one, one.found or "")


def _by_day(found: "QuerySet[Payment]") -> list[Payment]:
    return list(found.order_by(F("paid_on").asc(nulls_first=True), "due_on", "id"))
