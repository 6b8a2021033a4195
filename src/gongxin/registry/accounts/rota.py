"""Who belongs to an office, who is on duty there, and who stands in for whom."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from gongxin.core.policy import Role, may_stand_in
from gongxin.registry.accounts.models import Duty, Substitution, User
from gongxin.registry.accounts.queries import agencies_under, successor_of

WORKING_ROLES = [Role.CLERK.value, Role.HEAD.value, Role.OFFICER.value, Role.REVIEWER.value]


def office_of(user: User) -> UUID | None:
    """Return the agency a person works for today, mergers followed; None is the centre."""
    return None if user.agency is None else successor_of(user.agency).id


def members(office: UUID | None) -> list[User]:
    """Return who works in an office, by account."""
    return list(User.objects.filter(_in(office), is_active=True).order_by("username"))


def on_duty(office: UUID | None, *, on: date) -> list[User]:
    """Return who is on duty in an office on a day."""
    today = Q(duties__from_on__lte=on, duties__until_on__gt=on, duties__cancelled_at=None)
    return list(User.objects.filter(_in(office), today, is_active=True).distinct().order_by("username"))


def duties(office: UUID | None, *, on: date) -> Sequence[Duty]:
    """Return the duties of an office that are not over on a day, the next one first."""
    found = Duty.objects.filter(_in(office, "user__"), until_on__gt=on, cancelled_at=None)
    return list(found.select_related("user").order_by("from_on", "user__username"))


def substitutions(office: UUID | None, *, on: date) -> Sequence[Substitution]:
    """Return who stands in for whom in an office, now and later, the next one first."""
    found = Substitution.objects.filter(_in(office, "absent__"), until_on__gt=on, ended_at=None)
    return list(found.select_related("absent", "substitute").order_by("from_on", "absent__username"))


def absent_colleagues(user: User, *, on: date) -> list[User]:
    """Return those for whom a person stands in on a day: of the same office still, in a role one may take."""
    if user.role not in WORKING_ROLES:
        return []
    found = Substitution.objects.filter(
        substitute=user, from_on__lte=on, until_on__gt=on, ended_at=None, absent__is_active=True
    )
    return [
        one.absent
        for one in found.select_related("absent__agency")
        if may_stand_in(role=Role(user.role), absent=Role(one.absent.role))
        and office_of(one.absent) == office_of(user)
    ]


def _in(office: UUID | None, path: str = "") -> Q:
    roles = {f"{path}role__in": WORKING_ROLES}
    if office is None:
        return Q(**{f"{path}agency": None}, **roles)
    return Q(**{f"{path}agency_id__in": agencies_under(office)}, **roles)
