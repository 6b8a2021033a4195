"""Writes the audit: one row in the transaction of the act itself, failing closed."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.core.actors import Actor
from gongxin.core.looks import Looker
from gongxin.registry import bulk
from gongxin.registry.audit.models import Seal
from gongxin.registry.ids import fresh_id


def write_event(
    *,
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str,
    at: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that `actor` did `action`. `detail` holds ids and counts, never a record's values.

    Who stands in for an absent colleague acts under their own name; the colleague's id stands beside it.
    """
    for_whom = {"on_behalf_of": actor.on_behalf_of} if actor.on_behalf_of else {}
    bulk.add(
        "audit_auditevent",
        id=fresh_id(at=at),
        at=at,
        actor_kind=actor.kind.value,
        actor=actor.name,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        detail=json.dumps({**(detail or {}), **for_whom}),
    )


def write_look(
    *, looker: Looker, subject_id: UUID, purpose: str, at: datetime, case_number: str = "", seal: Seal | None
) -> None:
    """Record that `looker` looked at a subject's file beyond what the public sees, under `seal` if any."""
    bulk.add(
        "audit_look",
        id=fresh_id(at=at),
        at=at,
        actor_kind=looker.actor.kind.value,
        actor=looker.actor.name,
        agency_id=looker.agency_id,
        role=looker.role,
        subject_id=subject_id,
        purpose=purpose,
        case_number=case_number,
        seal_id=seal and seal.id,
    )
