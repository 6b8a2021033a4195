"""Telling a case on the public page: the body that acted says that it may be told, an officer looks again.

What was done because of an answer is counted for everybody; with an organisation's name it is told only here,
and only while the record it rests on is shown. Source: law-decisions 7, 14; R7.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.checks.done import offered
from gongxin.registry.checks.models import Feedback


class NotOffered(Exception):
    """The body did not say that it may be told, nothing was carried out, or it is told already."""


def publish_case(*, feedback_id: UUID, actor: Actor, at: datetime) -> Feedback:
    """Tell a case on the public page, as a person of the centre who is not the one that offered it.

    Raises NotOffered, OnePersonTwice.
    """
    with transaction.atomic():
        bulk.one_writer()
        one = offered().filter(id=feedback_id).first()
        if one is None:
            raise NotOffered(feedback_id.hex)
        if one.by == actor.written:
            raise OnePersonTwice(actor.written)
        one.published_at, one.published_by = at, actor.written
        one.save(update_fields=["published_at", "published_by"])
        write_event(
            actor=actor, action="check.case-published", object_kind="check", object_id=one.check_id.hex,
            at=at, detail={"done": one.done, "rule": one.rule_id or ""},
        )  # fmt: skip
        return one
