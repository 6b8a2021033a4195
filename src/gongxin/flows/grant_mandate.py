"""Letting somebody act for a subject, on the paper they showed; and ending it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.policy import Role
from gongxin.flows.notify import tell_subject
from gongxin.registry import bulk
from gongxin.registry.accounts.models import User
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.models import Subject

LEGAL_REPRESENTATIVE = "legal-representative"
POWER_OF_ATTORNEY, PROFESSIONAL = "power-of-attorney", "professional"


class WrongHolder(Exception):
    """An organisation's officer acts for an organisation, a professional for themselves."""


class MandateStands(Exception):
    """This user may act for this subject already."""


class NoSuchMandate(Exception):
    """There is no such mandate, or it was revoked."""


class NotTheirsToEnd(Exception):
    """A power of attorney cannot end the mandate of the legal representative."""


class DayMissing(Exception):
    """A power of attorney has a last day, and it is after the first."""


def grant(
    *,
    user: User,
    subject_id: UUID,
    kind: str,
    ground: str,
    from_on: date,
    until_on: date | None,
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Let a user act for a subject until a day (exclusive), and tell the subject.

    Raises WrongHolder, MandateStands, DayMissing.
    """
    if (until_on is None and kind == POWER_OF_ATTORNEY) or (until_on is not None and until_on <= from_on):
        raise DayMissing(kind)
    with transaction.atomic():
        bulk.one_writer()
        subject = Subject.objects.get(id=subject_id)
        _refuse_wrong_holder(user, subject, kind)
        if Mandate.objects.filter(user=user, subject=subject, revoked_at=None).exists():
            raise MandateStands(subject_id.hex)
        mandate = Mandate.objects.create(
            id=fresh_id(at=at), user=user, subject=subject, kind=kind, ground=ground, from_on=from_on,
            until_on=until_on, granted_at=at, granted_by=actor.written,
        )  # fmt: skip
        _tell(mandate, "mandate.granted", actor, at)
        write_event(
            actor=actor, action="mandate.granted", object_kind="mandate", object_id=mandate.id.hex, at=at,
            detail=_detail(mandate),
        )  # fmt: skip
    return mandate


def revoke(*, mandate_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """End a mandate at once and tell the subject. Raises NoSuchMandate."""
    with transaction.atomic():
        bulk.one_writer()
        mandate = Mandate.objects.filter(id=mandate_id, revoked_at=None).first()
        if mandate is None:
            raise NoSuchMandate(mandate_id.hex)
        mandate.revoked_at, mandate.revoked_by, mandate.revoke_reason = at, actor.written, reason[:200]
        mandate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        _tell(mandate, "mandate.revoked", actor, at)
        write_event(
            actor=actor, action="mandate.revoked", object_kind="mandate", object_id=mandate.id.hex, at=at,
            detail=_detail(mandate),
        )  # fmt: skip


def end_of_ones_own(*, mandate_id: UUID, under: Mandate, reason: str, actor: Actor, at: datetime) -> None:
    """Let who acts under one mandate end it, or another of the same subject.

    A power of attorney comes from the legal representative and cannot end theirs.
    Raises NoSuchMandate, also for another subject's; NotTheirsToEnd.
    """
    subject_ids = subject_ids_of(under.subject_id, at=at)
    found = Mandate.objects.filter(id=mandate_id, subject_id__in=subject_ids, revoked_at=None).first()
    if found is None:
        raise NoSuchMandate(mandate_id.hex)
    if may_end(found, under=under):
        revoke(mandate_id=mandate_id, reason=reason, actor=actor, at=at)
    else:
        raise NotTheirsToEnd(mandate_id.hex)


def may_end(mandate: Mandate, *, under: Mandate) -> bool:
    """Return whether who acts under one mandate may end another of the same subject."""
    own = mandate.id == under.id
    return own or under.kind == LEGAL_REPRESENTATIVE or mandate.kind == POWER_OF_ATTORNEY


def _refuse_wrong_holder(user: User, subject: Subject, kind: str) -> None:
    as_professional = user.role == Role.PROFESSIONAL.value
    if user.role not in {Role.PROFESSIONAL.value, Role.ORGANISATION_OFFICER.value}:
        raise WrongHolder(user.role)
    if as_professional != (subject.kind == PROFESSIONAL) or as_professional != (kind == PROFESSIONAL):
        raise WrongHolder(kind)


def _tell(mandate: Mandate, kind: str, actor: Actor, at: datetime) -> None:
    """Tell the subject; a professional, of whom the account is their own, in words of their own."""
    kind = f"{kind}-oneself" if mandate.kind == PROFESSIONAL else kind
    facts = {"kind": mandate.kind, "holder": mandate.user.display_name or mandate.user.username}
    tell_subject(subject_id=mandate.subject_id, kind=kind, facts=facts, by=actor.written, at=at)


def _detail(mandate: Mandate) -> dict[str, str]:
    return {"user": mandate.user_id.hex, "subject": mandate.subject_id.hex, "kind": mandate.kind}
