"""A seal as the desk lists it: whose looks at whom, how it stands, who asked and approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.core.legal_day import legal_day
from gongxin.core.looks import hides
from gongxin.interfaces.desk.who import Who
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import Seal
from gongxin.registry.audit.seals import ends_of
from gongxin.registry.subjects.queries import profiles

STATES: Mapping[str, Promise] = {
    "waiting": _("Waits for approval"),
    "lapsed": _("Never approved; its end has passed"),
    "refused": _("Not approved"),
    "in-force": _("In force"),
    "lifted": _("Lifted"),
    "ended": _("Its end has come"),
}


@dataclass(frozen=True, slots=True)
class SealLine:
    seal: Seal
    body: str
    subject: str
    state: str
    end_on: date
    asked_by: str
    approved_by: str
    ended_by: str

    @property
    def state_in_words(self) -> Promise:
        return STATES[self.state]


def lines_of(seals: Sequence[Seal], *, at: datetime) -> list[SealLine]:
    """Return seals as they are listed, in the order given."""
    who = Who(by for one in seals for by in (one.asked_by, one.approved_by, one.ended_by) if by)
    bodies = Agency.objects.in_bulk({one.agency_id for one in seals if one.agency_id})
    names = {one: known.name for one, known in profiles({s.subject_id for s in seals}, at=at).items()}
    firsts = {_first(one).id: _first(one) for one in seals}
    ends = ends_of([one for one in firsts.values() if one.approved_at], at=at)
    return [
        SealLine(
            seal=one,
            body=bodies[one.agency_id].name if one.agency_id else settings.IDENTITY.institution,
            subject=names.get(one.subject_id, ""),
            state=_state(one, ends, at),
            end_on=ends[_first(one).id] if one.approved_at else one.until_on,
            asked_by=who.in_words(one.asked_by),
            approved_by=who.in_words(one.approved_by) if one.approved_by else "",
            ended_by=who.in_words(one.ended_by) if one.ended_by else "",
        )
        for one in seals
    ]


def _first(seal: Seal) -> Seal:
    return seal.first or seal


def _state(seal: Seal, ends: Mapping[UUID, date], at: datetime) -> str:
    """Return how a seal stands at `at`: an approved extension as what it extends."""
    if seal.approved_at is None:
        if seal.ended_at is not None:
            return "refused"
        return "waiting" if legal_day(at) < seal.until_on else "lapsed"
    first = _first(seal)
    if first.ended_at is not None:
        return "lifted"
    return "in-force" if hides(end_on=ends[first.id], lifted_at=None, at=at) else "ended"
