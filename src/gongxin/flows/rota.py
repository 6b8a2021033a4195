"""The duty rota of an office and its substitutes. Who arranges it answers for it: nobody names themselves."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.policy import Role, may_stand_in
from gongxin.registry.accounts.models import Duty, Substitution, User
from gongxin.registry.accounts.rota import office_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id


class NotOfThisOffice(Exception):
    """The person does not work in the office whose rota this is."""


class NamedThemselves(Exception):
    """Nobody gives themselves a colleague's rights: somebody else of the office names the substitute."""


class NoSubstituteForThatRole(Exception):
    """Someone in that role cannot stand in for the other."""


def note_duty(
    *, office: UUID | None, user: User, from_on: date, until_on: date, actor: Actor, at: datetime
) -> Duty:
    """Note that a person is on duty from a day until before another. Raises NotOfThisOffice."""
    _belongs(user, office)
    with transaction.atomic():
        duty = Duty.objects.create(
            id=fresh_id(at=at),
            user=user,
            from_on=from_on,
            until_on=until_on,
            noted_at=at,
            noted_by=actor.written,
        )
        _audit("duty.noted", duty.id, {"user": user.pk.hex, **_days(from_on, until_on)}, actor, at)
    return duty


def cancel_duty(*, office: UUID | None, duty: Duty, actor: Actor, at: datetime) -> None:
    """Strike a duty off the rota. Raises NotOfThisOffice; one struck off already stays so."""
    _belongs(duty.user, office)
    with transaction.atomic():
        if Duty.objects.filter(id=duty.id, cancelled_at=None).update(cancelled_at=at):
            _audit("duty.cancelled", duty.id, {}, actor, at)


def name_substitute(
    *,
    office: UUID | None,
    absent: User,
    substitute: User,
    from_on: date,
    until_on: date,
    actor: Actor,
    at: datetime,
) -> Substitution:
    """Let a person act with the rights of an absent colleague of the same office, under their own name.

    Raises NotOfThisOffice, NamedThemselves, NoSubstituteForThatRole.
    """
    _belongs(absent, office)
    _belongs(substitute, office)
    if str(substitute.pk) == actor.name:
        raise NamedThemselves
    if absent.pk == substitute.pk or not may_stand_in(role=Role(substitute.role), absent=Role(absent.role)):
        raise NoSubstituteForThatRole
    with transaction.atomic():
        made = Substitution.objects.create(
            id=fresh_id(at=at), absent=absent, substitute=substitute, from_on=from_on, until_on=until_on,
            noted_at=at, noted_by=actor.written,
        )  # fmt: skip
        told = {"absent": absent.pk.hex, "substitute": substitute.pk.hex, **_days(from_on, until_on)}
        _audit("substitution.noted", made.id, told, actor, at)
    return made


def end_substitution(*, office: UUID | None, standing: Substitution, actor: Actor, at: datetime) -> None:
    """End a substitution at once. Raises NotOfThisOffice; one that has ended already stays so."""
    _belongs(standing.absent, office)
    with transaction.atomic():
        if Substitution.objects.filter(id=standing.id, ended_at=None).update(ended_at=at):
            _audit("substitution.ended", standing.id, {}, actor, at)


def _belongs(user: User, office: UUID | None) -> None:
    if office_of(user) != office:
        raise NotOfThisOffice(user.pk.hex)


def _days(from_on: date, until_on: date) -> dict[str, str]:
    return {"from": from_on.isoformat(), "until": until_on.isoformat()}


def _audit(action: str, object_id: UUID, detail: dict[str, str], actor: Actor, at: datetime) -> None:
    write_event(actor=actor, action=action, object_kind="rota", object_id=object_id.hex, at=at, detail=detail)
