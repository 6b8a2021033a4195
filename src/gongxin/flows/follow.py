"""A body follows an organisation for a purpose until a day: begun, ended by itself or by the follower.

The organisation sees who follows it, unless a seal over a statutory investigation hides it. What is told of
changes: `flows.warn_followers`. Source: law-decisions 21, 22.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.checks import Unfit, UnfitWords, is_public_body
from gongxin.core.follows import latest_end
from gongxin.core.leaks import holds_personal_number
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.audit.seals import seal_in_force
from gongxin.registry.checks.follows import lapsed, runs
from gongxin.registry.checks.models import Follow
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.models import Organisation

LONGEST_PURPOSE, LONGEST_BASIS = 200, 180
BY_ITSELF = "platform"


class NotAnOrganisation(Exception):
    """Only organisations are followed, never persons (R7)."""


class NoConsent(Exception):
    """Who is no organ of the state follows with the organisation's consent only: give its number."""


class EndsTooSoon(Exception):
    """The follow would end before it begins."""


class TooLong(Exception):
    """A follow ends a year after it began at the latest, on `latest`; it may be begun anew then."""

    def __init__(self, latest: date) -> None:
        super().__init__(latest.isoformat())
        self.latest = latest


class FollowedAlready(Exception):
    """This body follows the organisation already."""


class NotSealed(Exception):
    """No seal stands over this case: ask for it, and have it approved, first."""


class HasEnded(Exception):
    """This follow has ended already."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to follow, for what, on what it rests (an article, or the number of a consent), until when.

    `case_number`: of a statutory investigation whose looks a seal hides; the follow is hidden with them.
    """

    subject_id: UUID
    purpose: str
    until_on: date
    basis: str = ""
    consent: str = ""
    case_number: str = ""


@transaction.atomic
def begin_follow(*, agency: Agency, asked: Asked, actor: Actor, at: datetime) -> Follow:
    """Let a body follow an organisation.

    Raises UnfitWords, NoConsent, NotAnOrganisation, EndsTooSoon, TooLong, FollowedAlready, NotSealed.
    """
    bulk.one_writer()
    _refuse(agency, asked, at)
    subject_ids = subject_ids_of(asked.subject_id, at=at)
    _make_room(agency, subject_ids, at)
    made = Follow.objects.create(
        subject_id=subject_ids[0], id=fresh_id(at=at), agency=agency, purpose=asked.purpose.strip(),
        basis=_basis(asked), begun_at=at, begun_by=actor.written, until_on=asked.until_on,
        seal_id=_seal(agency, subject_ids, asked.case_number, at),
    )  # fmt: skip
    detail = {"subject": made.subject_id.hex, "until": made.until_on.isoformat()}
    write_event(
        actor=actor, action="follow.begun", object_kind="follow", object_id=made.id.hex, at=at, detail=detail
    )
    return made


@transaction.atomic
def end_follow(*, follow: Follow, actor: Actor, at: datetime) -> None:
    """End a follow before its day. Raises HasEnded."""
    bulk.one_writer()
    known = Follow.objects.get(subject_id=follow.subject_id, id=follow.id)
    if not runs(known, at=at):
        raise HasEnded(follow.id.hex)
    _end(known, by=actor.written, on=at)
    write_event(actor=actor, action="follow.ended", object_kind="follow", object_id=follow.id.hex, at=at)


@transaction.atomic
def end_lapsed(*, at: datetime) -> int:
    """End what has run its time, as of its day; return how many."""
    bulk.one_writer()
    found = lapsed(at=at)
    for one in found:
        _end(one, by=BY_ITSELF, on=day_begins(one.until_on))
    return len(found)


def _end(follow: Follow, *, by: str, on: datetime) -> None:
    known = Follow.objects.filter(subject_id=follow.subject_id, id=follow.id, ended_at__isnull=True)
    known.update(ended_at=on, ended_by=by)


def _refuse(agency: Agency, asked: Asked, at: datetime) -> None:
    _refuse_unfit("purpose", asked.purpose, LONGEST_PURPOSE)
    if not asked.consent.strip():
        if not is_public_body(agency.code):
            raise NoConsent
        _refuse_unfit("basis", asked.basis, LONGEST_BASIS)
    else:
        _refuse_unfit("consent", asked.consent, LONGEST_BASIS)
    if not Organisation.objects.filter(subject_id=asked.subject_id).exists():
        raise NotAnOrganisation
    if asked.until_on <= legal_day(at):
        raise EndsTooSoon
    latest = latest_end(legal_day(at))
    if asked.until_on > latest:
        raise TooLong(latest)


def _refuse_unfit(field: str, text: str, longest: int) -> None:
    if not text.strip():
        raise UnfitWords(field, Unfit.MISSING)
    if holds_personal_number(text):
        raise UnfitWords(field, Unfit.PERSON)
    if not text.isprintable():
        raise UnfitWords(field, Unfit.HIDDEN)
    if len(text) > longest:
        raise UnfitWords(field, Unfit.TOO_LONG)


def _basis(asked: Asked) -> str:
    return f"授权书 {asked.consent.strip()}" if asked.consent.strip() else asked.basis.strip()


def _make_room(agency: Agency, subject_ids: list[UUID], at: datetime) -> None:
    """Refuse a second follow; one whose day has come is closed as of it."""
    for one in Follow.objects.filter(
        agency_id__in=agencies_of(agency), subject_id__in=subject_ids, ended_at__isnull=True
    ):
        if runs(one, at=at):
            raise FollowedAlready(one.id.hex)
        _end(one, by=BY_ITSELF, on=day_begins(one.until_on))


def _seal(agency: Agency, subject_ids: list[UUID], case_number: str, at: datetime) -> UUID | None:
    if not case_number.strip():
        return None
    found = seal_in_force(agency_id=agency.id, subject_ids=subject_ids, case_number=case_number, at=at)
    if found is None:
        raise NotSealed(case_number)
    return found.id
