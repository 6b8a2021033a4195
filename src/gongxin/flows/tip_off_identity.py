"""Who gave a tip-off: opened for a reason that is written down before anything is shown."""

from datetime import datetime

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.legal_day import legal_day
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.tip_offs.models import IdentityOpening, TipOff
from gongxin.registry.tip_offs.sealed import Identity, identity_in


class NobodyNamed(Exception):
    """The tip-off is anonymous, or who gave it is not kept any more."""


@transaction.atomic
def read_identity(*, tip_off: TipOff, reason: str, actor: Actor, at: datetime) -> Identity:
    """Return who gave it; who asked, when and why stands in a table of its own and in the audit.

    If either cannot be written nothing is returned. Raises NobodyNamed, IntegrityError for an empty reason.
    """
    if tip_off.erase_on is not None and tip_off.erase_on <= legal_day(at):
        raise NobodyNamed(tip_off.id.hex)
    opening = IdentityOpening.objects.create(
        id=fresh_id(at=at), tip_off=tip_off, at=at, by=actor.written, reason=reason
    )
    write_event(
        actor=actor,
        action="tip-off.identity-read",
        object_kind="tip-off",
        object_id=tip_off.id.hex,
        at=at,
        detail={"opening": opening.id.hex},
    )
    identity = identity_in(tip_off)
    if identity is None:
        raise NobodyNamed(tip_off.id.hex)
    return identity
