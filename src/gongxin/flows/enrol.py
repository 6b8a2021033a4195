"""Agencies, people and keys come in; keys go out of force. Each act is written to the audit."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.policy import Role
from gongxin.registry.accounts.keys import hash_of_key, new_key
from gongxin.registry.accounts.models import EXCHANGE, Agency, ApiKey, User
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id

OF_AN_AGENCY = frozenset({Role.CLERK, Role.HEAD})


class AgencyExists(Exception):
    """An agency with this unified code is registered already."""


class UserExists(Exception):
    """A user of this name exists already."""


class WrongRole(Exception):
    """This role takes an agency, or may not have one."""


class WeakPassword(Exception):
    """The password is too easy to guess; the message says why."""


class UnknownKey(Exception):
    """No key has this id."""


@transaction.atomic
def register_agency(
    *,
    code: str,
    name: str,
    region: str,
    actor: Actor,
    at: datetime,
    telephone: str = "",
    address: str = "",
    office_hours: str = "",
    demonstration: bool = False,
) -> Agency:
    """This will enter an agency under its unified code, which must have been checked."""
    if Agency.objects.filter(code=code).exists():
        raise AgencyExists(code)
    agency = Agency.objects.create(
        id=fresh_id(at=at),
        code=code,
        name=name,
        region=region,
        level=level_of_region(region),
        telephone=telephone,
        address=address,
        office_hours=office_hours,
        demonstration=demonstration,
    )
    write_event(
        actor=actor, action="agency.added", object_kind="agency", object_id=agency.id.hex, at=at,
        detail={"code": code},
    )  # fmt: skip
    return agency


def level_of_region(region: str) -> str:
    """Return the level of a six-digit division: 410000 a province, 410100 a city, 410105 a county."""
    if not region:
        return ""
    if region.endswith("0000"):
        return "province"
    return "city" if region.endswith("00") else "county"


@transaction.atomic
def add_user(
    *,
    name: str,
    password: str,
    role: Role,
    agency: Agency | None,
    actor: Actor,
    at: datetime,
    display_name: str = "",
    email: str = "",
) -> User:
    """This will let a person sign in, for one agency or (without one) for the centre.

    Whoever acts for a subject has neither: for whom they act, a mandate says (`flows.grant_mandate`).
    Raises WrongRole, UserExists, WeakPassword.
    """
    if (agency is not None) != (role in OF_AN_AGENCY):
        raise WrongRole(role.value)
    if User.objects.filter(username=name).exists():
        raise UserExists(name)
    user = User(
        id=fresh_id(at=at), username=name, role=role.value, agency=agency, date_joined=at,
        display_name=display_name, email=email,
    )  # fmt: skip
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise WeakPassword(" ".join(weak.messages)) from weak
    user.set_password(password)
    user.save(force_insert=True)
    write_event(
        actor=actor, action="user.added", object_kind="user", object_id=user.id.hex, at=at,
        detail={"role": role.value, "agency": agency.code if agency else ""},
    )  # fmt: skip
    return user


@transaction.atomic
def issue_key(
    *, agency: Agency, label: str, actor: Actor, at: datetime, purpose: str = EXCHANGE
) -> tuple[ApiKey, str]:
    """This will give `agency` a key; return what is kept of it, and the key itself for the last time."""
    key = new_key()
    kept = ApiKey.objects.create(
        id=fresh_id(at=at), agency=agency, label=label, purpose=purpose, key_hash=hash_of_key(key),
        created_at=at,
    )  # fmt: skip
    write_event(
        actor=actor, action="key.issued", object_kind="key", object_id=kept.id.hex, at=at,
        detail={"agency": agency.code, "for": purpose},
    )  # fmt: skip
    return kept, key


@transaction.atomic
def revoke_key(*, key_id: UUID, actor: Actor, at: datetime) -> bool:
    """This will end a key at once; return whether it was in force. Raises UnknownKey."""
    if not ApiKey.objects.filter(id=key_id).exists():
        raise UnknownKey(str(key_id))
    ended = ApiKey.objects.filter(id=key_id, revoked_at=None).update(revoked_at=at) == 1
    if ended:
        write_event(actor=actor, action="key.revoked", object_kind="key", object_id=key_id.hex, at=at)
    return ended
