"""Finding that a public body's late payment is dishonest and grave: a person proposes, a second one decides.

Nothing follows from a payment being late by itself. The body concerned is told first and has time to object;
the time begins when the notice reaches it, at its desk where it has one. What is decided rests on payments
overdue and not made; it ends when they are made, when it is withdrawn, and after a year at most. Source:
law-decisions 14; 保障中小企业款项支付条例 26.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import ActorKind
from gongxin.core.cases import Who
from gongxin.core.late_payment import grave_from, grave_until, objection_days
from gongxin.core.leaks import holds_personal_number
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.flows.case_steps import NotToldYet, OnePersonTwice, TooSoon, WordsMissing
from gongxin.flows.late_payment import code_of, refuse_who_does_not_supervise
from gongxin.flows.notify import tell_agency, tell_subject
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.commitments.models import GraveDelay
from gongxin.registry.commitments.queries import grave_delay_of, overdue_of
from gongxin.registry.ids import fresh_id
from gongxin.registry.notices.models import Notice
from gongxin.registry.notices.queries import arrived_at
from gongxin.registry.subjects.clusters import subject_ids_of


class NothingOverdue(Exception):
    """This body owes nothing that is overdue: there is nothing to find, or nothing any more."""


class FoundByAMachine(Exception):
    """No machine finds this."""


class ClosedAlready(Exception):
    """It was decided, or withdrawn, before."""


class UnfitWords(Exception):
    """A person's number stands in what was written."""


def propose(
    *, subject_id: UUID, reasons: str, evidence: str, agency: Agency, who: Who, at: datetime
) -> GraveDelay:
    """Propose it of a public body one's own body supervises; it is told, and may object.

    Raises FoundByAMachine, NotResponsible, NothingOverdue, WordsMissing, UnfitWords.
    """
    _refuse_machine(who)
    words = _said(reasons=reasons, evidence=evidence)
    with transaction.atomic():
        bulk.one_writer()
        code = code_of(subject_id, at=at)
        refuse_who_does_not_supervise(code, agency)
        payments = _overdue(subject_id, at)
        one = GraveDelay(
            subject_id=subject_id, id=fresh_id(at=at), payments=payments, **words, agency=agency,
            proposed_by=who.actor.written, proposed_at=at,
        )  # fmt: skip
        one.prior_notice_id = _noticed(one, code, who, at).id
        one.save(force_insert=True)
        _audit(one, "late-payment.proposed", who, at)
        return one


def decide(*, delay_id: UUID, number: str, agency: Agency, who: Who, at: datetime) -> GraveDelay:
    """Decide it, as the second person, once its time to object is over and while something is not paid.

    Raises FoundByAMachine, NoSuchFinding, ClosedAlready, OnePersonTwice, NotToldYet, TooSoon,
    NothingOverdue, WordsMissing.
    """
    _refuse_machine(who)
    said = _said(number=number)["number"][:128]
    with transaction.atomic():
        bulk.one_writer()
        one = _open(delay_id, agency)
        if one.decided_at is not None:
            raise ClosedAlready(one.id.hex)
        if one.proposed_by == who.actor.written:
            raise OnePersonTwice(who.actor.written)
        first = may_be_decided_from(one)
        if first is None:
            raise NotToldYet(one.id.hex)
        if legal_day(at) < first:
            raise TooSoon(first)
        if not set(one.payments) & set(_overdue(one.subject_id, at)):
            raise NothingOverdue(one.subject_id.hex)
        one.decision_number, one.decided_by, one.decided_at = said, who.actor.written, at
        one.until_on, one.objections_ended_at = grave_until(legal_day(at)), day_begins(first)
        one.notice_id = _told(one, "late-payment.decided", who, at).id
        one.save(
            update_fields=[
                "objections_ended_at", "decision_number", "decided_by", "decided_at", "until_on", "notice_id",
            ]
        )  # fmt: skip
        _audit(one, "late-payment.decided", who, at)
        return one


def may_be_decided_from(one: GraveDelay) -> date | None:
    """Return the first day on which a proposal may be decided; None while its notice has not arrived."""
    if one.prior_notice_id is None:
        return None
    arrived = arrived_at(one.subject_id, one.prior_notice_id)
    return grave_from(legal_day(arrived), working_calendar()) if arrived else None


def withdraw(*, delay_id: UUID, reason: str, agency: Agency, who: Who, at: datetime) -> GraveDelay:
    """Withdraw what was proposed or decided, with the reason; it weighs no more from now on.

    Raises FoundByAMachine, NoSuchFinding, ClosedAlready, WordsMissing, UnfitWords.
    """
    _refuse_machine(who)
    said = _said(reason=reason)["reason"][:300]
    with transaction.atomic():
        bulk.one_writer()
        one = _open(delay_id, agency)
        one.withdrawn_at, one.withdrawn_by, one.withdrawn_reason = at, who.actor.written, said
        one.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        _told(one, "late-payment.withdrawn", who, at, reason=said)
        _audit(one, "late-payment.withdrawn", who, at)
        return one


def _open(delay_id: UUID, agency: Agency) -> GraveDelay:
    one = grave_delay_of(delay_id, agency_ids=agencies_of(agency))
    if one.withdrawn_at is not None:
        raise ClosedAlready(one.id.hex)
    return one


def _overdue(subject_id: UUID, at: datetime) -> Sequence[str]:
    """Return what the body owes and has not paid in time, as ids. Raises NothingOverdue."""
    found = overdue_of(subject_ids_of(subject_id, at=at), on=legal_day(at))
    if not found:
        raise NothingOverdue(subject_id.hex)
    return [one.id.hex for one in found]


def _refuse_machine(who: Who) -> None:
    if who.actor.kind is not ActorKind.USER:
        raise FoundByAMachine(who.actor.written)


def _said(**words: str) -> dict[str, str]:
    """Return the words without what stands around them. Raises WordsMissing, UnfitWords."""
    said = {name: text.strip() for name, text in words.items()}
    if missing := tuple(name for name, text in said.items() if not text):
        raise WordsMissing(missing)
    if any(map(holds_personal_number, said.values())):
        raise UnfitWords
    return said


def _noticed(one: GraveDelay, code: str, who: Who, at: datetime) -> Notice:
    """Tell the body concerned; return the notice its time to object hangs on: at its desk if it has one."""
    kind, payer = "late-payment.proposed", Agency.objects.filter(code=code).first()
    told = _told(one, kind, who, at)
    if payer is None:
        return told
    facts, by = dict(told.facts), who.actor.written
    return tell_agency(agency=payer, subject_id=one.subject_id, kind=kind, facts=facts, by=by, at=at)


def _told(one: GraveDelay, kind: str, who: Who, at: datetime, *, reason: str = "") -> Notice:
    return tell_subject(
        subject_id=one.subject_id,
        kind=kind,
        facts={
            "agency": one.agency.name, "reason": reason or one.reasons, "evidence": one.evidence,
            "number": one.decision_number or "", "object_days": str(objection_days()),
            "weighs_until": one.until_on.isoformat() if one.until_on else "",
        },
        by=who.actor.written,
        at=at,
    )  # fmt: skip


def _audit(one: GraveDelay, action: str, who: Who, at: datetime) -> None:
    write_event(
        actor=who.actor, action=action, object_kind="grave-delay", object_id=one.id.hex, at=at,
        detail={"payments": len(one.payments)},
    )  # fmt: skip
