"""What happens to a submission, written to the audit in the transaction of its cause."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from gongxin.core.actors import Actor, ActorKind
from gongxin.registry.audit.events import write_event
from gongxin.registry.intake.models import Submission


def write_audit(
    submission: Submission,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    detail: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Record that `actor` did `action`. `detail` holds ids and counts, never a record's values."""
    write_event(
        actor=actor,
        action=action,
        object_kind="submission",
        object_id=submission.id.hex,
        at=at,
        detail=dict(detail),
    )


def sender(submission: Submission) -> Actor:
    """Return who sent it."""
    return Actor(ActorKind(submission.actor_kind), submission.actor)
