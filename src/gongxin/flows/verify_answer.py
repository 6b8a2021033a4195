"""Whether a signed answer is ours, whether its key was in use then, and whether it still holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.core import jws
from gongxin.registry.checks.models import Changed, Check, SigningKey


class NotOurs(Exception):
    """No key of this platform signed this, or it was changed since."""


class SignedAfterRetirement(Exception):
    """The signature is of a key that had been retired by the instant the answer names."""


@dataclass(frozen=True, slots=True)
class Verified:
    """An answer that is ours; `changed_at` is when another replaced it, `holds` whether it does now."""

    told: dict[str, Any]
    key_id: str
    key_retired_at: datetime | None
    changed_at: datetime | None
    holds: bool


def verify(signed: str, *, at: datetime) -> Verified:
    """Return what a signed answer says and whether it holds at `at`.

    Raises NotOurs, SignedAfterRetirement.
    """
    try:
        key = SigningKey.objects.filter(id=jws.key_id_of(signed)).first()
        if key is None:
            raise NotOurs
        told = jws.verified(signed, key=bytes(key.public_key))
    except jws.NotSigned as not_signed:
        raise NotOurs from not_signed
    if "subject" not in told:
        raise NotOurs  # signed here, and no answer to a check
    asked_at = datetime.fromisoformat(told["asked_at"])
    if key.retired_at is not None and asked_at > key.retired_at:
        raise SignedAfterRetirement(key.id)
    changed_at = _changed_at(told, asked_at)
    # A key that was stolen signs what was never answered: only what is kept here holds.
    holds = (
        changed_at is None and at <= datetime.fromisoformat(told["valid_until"]) and _was_given(signed, told)
    )
    return Verified(told, key.id, key.retired_at, changed_at, holds)


def _was_given(signed: str, told: dict[str, Any]) -> bool:
    check_id = UUID(told["id"])
    given = Check.objects.filter(id=check_id, signed=signed).exists()
    return given or Changed.objects.filter(check_id=check_id, signed=signed).exists()


def _changed_at(told: dict[str, Any], asked_at: datetime) -> datetime | None:
    found = Changed.objects.filter(check_id=UUID(told["id"]), at__gt=asked_at)
    return found.order_by("at").values_list("at", flat=True).first()
