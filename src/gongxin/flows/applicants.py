"""Who may ask something about a subject: who acts for it, or an office that takes it down or passes it on."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from gongxin.core.actors import ActorKind
from gongxin.core.cases import Entry, Party, Who
from gongxin.registry.mandates.queries import may_act_for

_TAKEN_BY: Mapping[Entry, frozenset[Party]] = {
    Entry.MINE: frozenset({Party.APPLICANT}),
    Entry.COUNTER: frozenset({Party.CENTRE}),
    Entry.NATIONAL_SITE: frozenset({Party.AGENCY, Party.CENTRE}),
}


class NotTheirSubject(Exception):
    """Whoever asks does not act for this subject; a stranger has other ways."""


def refuse_stranger(subject_id: UUID, *, who: Who, entry: Entry, at: datetime) -> None:
    """Raise NotTheirSubject unless `who` may bring in a case of the subject at this entry."""
    if who.party not in _TAKEN_BY.get(entry, frozenset()):
        raise NotTheirSubject(subject_id.hex)
    if who.party is Party.APPLICANT:
        refuse_who_does_not_act_for(subject_id, who=who, at=at)


def refuse_who_does_not_act_for(subject_id: UUID, *, who: Who, at: datetime) -> None:
    """Raise NotTheirSubject for an applicant without a mandate that holds now."""
    user = _user_id(who)
    if user is None or not may_act_for(user, subject_id, at=at):
        raise NotTheirSubject(subject_id.hex)


def _user_id(who: Who) -> UUID | None:
    if who.actor.kind is not ActorKind.USER:
        return None
    try:
        return UUID(who.actor.name)
    except ValueError:
        return None
