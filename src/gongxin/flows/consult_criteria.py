"""Draft criteria of a list lie open to everybody for at least thirty days, and anybody may say something.

Source: S-49 (public comment on draft criteria); regulations 5.3. No account is asked for; what is said is
read by the centre alone.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Who
from gongxin.core.leaks import holds_personal_number
from gongxin.core.legal_day import legal_day
from gongxin.flows.listing_rights import refuse_machine, said
from gongxin.flows.listing_words import list_known
from gongxin.flows.state_beside import HoldsPersonalNumber
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.lists.models import LEAST_DAYS_FOR_COMMENT, CriteriaComment, CriteriaDraft
from gongxin.registry.lists.queries import draft_of, last_day_for_comment

LONGEST = 2000
ANYBODY = Actor(ActorKind.JOB, "public-form")


class LiesOpenTooShort(Exception):
    """Draft criteria lie open for thirty days at least."""


class CommentsClosed(Exception):
    """The time to say something about this draft is over."""


class TooLong(Exception):
    """A comment has at most 2000 characters."""


def publish_draft(*, list_id: str, title: str, text: str, days: int, who: Who, at: datetime) -> CriteriaDraft:
    """Lay draft criteria before everybody from today on.

    Raises NoSuchList, LiesOpenTooShort, WordsMissing, HoldsPersonalNumber.
    """
    refuse_machine(who)
    found, heading, words = list_known(list_id), said(title, "title"), said(text, "text")
    if days < LEAST_DAYS_FOR_COMMENT:
        raise LiesOpenTooShort(str(days))
    if holds_personal_number(f"{heading}\n{words}"):
        raise HoldsPersonalNumber
    with transaction.atomic():
        draft = CriteriaDraft.objects.create(
            id=fresh_id(at=at), list_id=found.id, title=heading, text=words, published_on=legal_day(at),
            days_for_comment=days, published_by=who.actor.written, at=at,
        )  # fmt: skip
        _audit("criteria.published", draft, who.actor, at)
        return draft


def take_draft_back(*, draft_id: UUID, who: Who, at: datetime) -> None:
    """Take draft criteria from public view; what was said of them stays. Raises NoSuchDraft."""
    refuse_machine(who)
    with transaction.atomic():
        draft = draft_of(draft_id)
        draft.withdrawn_at = at
        draft.save(update_fields=["withdrawn_at"])
        _audit("criteria.taken-back", draft, who.actor, at)


def comment(*, draft_id: UUID, text: str, at: datetime) -> CriteriaComment:
    """Take in what somebody says of draft criteria; nobody is asked who they are.

    Raises NoSuchDraft, CommentsClosed, WordsMissing, TooLong, HoldsPersonalNumber.
    """
    words = said(text, "text")
    if len(words) > LONGEST:
        raise TooLong(str(len(words)))
    if holds_personal_number(words):
        raise HoldsPersonalNumber
    with transaction.atomic():
        draft = draft_of(draft_id)
        if legal_day(at) > last_day_for_comment(draft):
            raise CommentsClosed(draft_id.hex)
        made = CriteriaComment.objects.create(id=fresh_id(at=at), draft=draft, text=words, at=at)
        _audit("criteria.commented", draft, ANYBODY, at)
        return made


def _audit(action: str, draft: CriteriaDraft, actor: Actor, at: datetime) -> None:
    write_event(
        actor=actor, action=action, object_kind="criteria-draft", object_id=draft.id.hex, at=at,
        detail={"list": draft.list_id},
    )  # fmt: skip
