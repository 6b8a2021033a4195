"""The key that signs answers: made with the database, retired by an administrator, never deleted."""

from datetime import datetime

from django.db import transaction

from gongxin.core import jws
from gongxin.core.actors import Actor
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.checks.keys import make_key
from gongxin.registry.checks.models import SigningKey


def ensure_key(*, actor: Actor, at: datetime) -> SigningKey:
    """Return the key that signs, making one where there is none."""
    with transaction.atomic():
        bulk.one_writer()
        found = SigningKey.objects.filter(algorithm=jws.ALGORITHM, retired_at=None).first()
        return found or _made(actor, at)


def renew_key(*, actor: Actor, at: datetime) -> SigningKey:
    """Retire the key that signs and let a new one sign. What the old one signed before stays valid."""
    with transaction.atomic():
        bulk.one_writer()
        SigningKey.objects.filter(algorithm=jws.ALGORITHM, retired_at=None).update(
            retired_at=at, retired_by=actor.written
        )
        return _made(actor, at)


def _made(actor: Actor, at: datetime) -> SigningKey:
    made = make_key(at=at)
    write_event(actor=actor, action="signing-key.made", object_kind="signing-key", object_id=made.id, at=at)
    return made
