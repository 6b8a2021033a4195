"""Opening an account at the counter together with the mandate it is for: both or neither."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.policy import Role
from gongxin.flows.enrol import add_user
from gongxin.flows.grant_mandate import PROFESSIONAL, grant
from gongxin.registry.mandates.models import Mandate


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Who is to sign in, and with what."""

    name: str
    password: str
    display_name: str = ""
    email: str = ""


@transaction.atomic
def enrol_and_grant(
    account: NewAccount,
    *,
    subject_id: UUID,
    kind: str,
    ground: str,
    from_on: date,
    until_on: date | None,
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Open an account and let it act for a subject. Raises what `add_user` and `grant` raise."""
    role = Role.PROFESSIONAL if kind == PROFESSIONAL else Role.ORGANISATION_OFFICER
    user = add_user(
        name=account.name, password=account.password, role=role, agency=None, actor=actor, at=at,
        display_name=account.display_name, email=account.email,
    )  # fmt: skip
    return grant(
        user=user, subject_id=subject_id, kind=kind, ground=ground, from_on=from_on, until_on=until_on,
        actor=actor, at=at,
    )  # fmt: skip
