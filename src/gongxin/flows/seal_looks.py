"""A current statutory investigation is kept from its subject for a time: asked, approved, extended, lifted.

Source: law decision 22.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.legal_day import legal_day
from gongxin.core.looks import hides, latest_end
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.audit.models import Seal
from gongxin.registry.audit.seals import ends_of, seal_in_force, waits
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.clusters import subject_ids_of


class TooLong(Exception):
    """A seal ends six months after its first approval at the latest."""

    def __init__(self, latest: date) -> None:
        super().__init__(latest.isoformat())
        self.latest = latest


class EndsTooSoon(Exception):
    """The seal would end before it begins, or no later than what it extends."""


class SealedAlready(Exception):
    """A seal in this case stands, or waits for approval: extend that one."""


class NotInForce(Exception):
    """The seal is not approved, or it has ended: what has been shown is not hidden again."""


class NotWaiting(Exception):
    """Someone has approved or refused this already."""


class AskedThemselves(Exception):
    """Who asks for a seal does not approve it."""


class HasEnded(Exception):
    """The seal has ended already."""


@transaction.atomic
def ask_for_seal(
    *,
    agency_id: UUID | None,
    subject_id: UUID,
    case_number: str,
    article: str,
    until_on: date,
    actor: Actor,
    at: datetime,
) -> Seal:
    """Ask that this body's looks at a subject in one case be sealed. Nothing is before it is approved.

    Raises EndsTooSoon, TooLong, SealedAlready.
    """
    bulk.one_writer()
    today = legal_day(at)
    _refuse_end(until_on, later_than=today, latest=latest_end(today))
    made = Seal(agency_id=agency_id, subject_id=subject_id, case_number=case_number, article=article)
    if _stands_or_waits(made, at):
        raise SealedAlready(case_number)
    return _asked(made, until_on, actor, at)


@transaction.atomic
def ask_to_extend(*, seal: Seal, article: str, until_on: date, actor: Actor, at: datetime) -> Seal:
    """Ask that a seal in force end later, six months after its approval at most; this is approved anew.

    Raises NotInForce, EndsTooSoon, TooLong, SealedAlready.
    """
    bulk.one_writer()
    first = _in_force(seal, at)
    if first.extensions.filter(approved_at=None, ended_at=None).exists():
        raise SealedAlready(first.case_number)
    _refuse_end(until_on, later_than=ends_of([first], at=at)[first.id], latest=_latest_end(first))
    made = Seal(first=first, article=article, agency_id=first.agency_id, subject_id=first.subject_id)
    made.case_number = first.case_number
    return _asked(made, until_on, actor, at)


@transaction.atomic
def approve_seal(*, seal: Seal, actor: Actor, at: datetime) -> None:
    """Approve what another person asked for: from now on it seals the looks in its case.

    Raises NotWaiting, AskedThemselves, EndsTooSoon; of an extension also NotInForce.
    """
    bulk.one_writer()
    asked = Seal.objects.select_related("first").get(id=seal.id)
    if asked.approved_at is not None or asked.ended_at is not None:
        raise NotWaiting(seal.id.hex)
    if actor.written == asked.asked_by:
        raise AskedThemselves(seal.id.hex)
    from_on = legal_day(at) if asked.first is None else _in_force(asked.first, at).from_on
    _refuse_end(asked.until_on, later_than=legal_day(at), latest=asked.until_on)
    Seal.objects.filter(id=seal.id).update(approved_at=at, approved_by=actor.written, from_on=from_on)
    _audit("seal.approved", asked, actor, at)


@transaction.atomic
def end_seal(*, seal: Seal, ground: str, actor: Actor, at: datetime) -> None:
    """Refuse what was asked for, or lift a seal: the subject sees its looks from now on.

    One person is enough: it burdens nobody. Raises HasEnded.
    """
    bulk.one_writer()
    known = Seal.objects.select_related("first").get(id=seal.id)
    if known.approved_at is None:
        _close(known, ground, actor, at)
        _audit("seal.refused", known, actor, at, ground)
        return
    first = known.first or known
    if not _still_hides(first, at):
        raise HasEnded(seal.id.hex)
    _close(first, ground, actor, at)
    _audit("seal.lifted", first, actor, at, ground)


def _stands_or_waits(made: Seal, at: datetime) -> bool:
    body, ids, case = made.agency_id, subject_ids_of(made.subject_id), made.case_number
    standing = seal_in_force(agency_id=body, subject_ids=ids, case_number=case, at=at)
    return standing is not None or waits(agency_id=body, subject_ids=ids, case_number=case)


def _close(seal: Seal, ground: str, actor: Actor, at: datetime) -> None:
    closed = Seal.objects.filter(id=seal.id, ended_at=None)
    if closed.update(ended_at=at, ended_by=actor.written, end_ground=ground) != 1:
        raise HasEnded(seal.id.hex)


def _asked(seal: Seal, until_on: date, actor: Actor, at: datetime) -> Seal:
    seal.id, seal.until_on, seal.asked_at, seal.asked_by = fresh_id(at=at), until_on, at, actor.written
    seal.save(force_insert=True)
    _audit("seal.asked", seal, actor, at)
    return seal


def _in_force(seal: Seal, at: datetime) -> Seal:
    """Return the first seal, if what it hides is hidden still. Raises NotInForce."""
    first = Seal.objects.get(id=seal.first_id or seal.id)
    if first.approved_at is None or not _still_hides(first, at):
        raise NotInForce(first.id.hex)
    return first


def _still_hides(first: Seal, at: datetime) -> bool:
    return hides(end_on=ends_of([first], at=at)[first.id], lifted_at=first.ended_at, at=at)


def _latest_end(first: Seal) -> date:
    if first.from_on is None:
        raise NotInForce(first.id.hex)
    return latest_end(first.from_on)


def _refuse_end(until_on: date, *, later_than: date, latest: date) -> None:
    if until_on <= later_than:
        raise EndsTooSoon(until_on.isoformat())
    if until_on > latest:
        raise TooLong(latest)


def _audit(action: str, seal: Seal, actor: Actor, at: datetime, ground: str = "") -> None:
    detail = {"subject": seal.subject_id.hex, "until": seal.until_on.isoformat()}
    if seal.first_id:
        detail["extends"] = seal.first_id.hex
    if ground:
        detail["ground"] = ground
    write_event(actor=actor, action=action, object_kind="seal", object_id=seal.id.hex, at=at, detail=detail)
