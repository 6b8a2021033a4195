"""What the subject says to a proposal to list it, and its hearing.

The subject objects as long as nothing is decided; it asks to be heard in the time it was told, and whoever
asked is heard before anything is decided. Source: Henan regulation art 28; 行政处罚法 44, 45, 64 (as its
measure); law-decisions 12.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.cases import Who
from gongxin.core.leaks import holds_personal_number
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import statutory_list
from gongxin.flows.case_steps import DecidedBeforeItsRecord
from gongxin.flows.list_subject import ClosedMeanwhile, may_be_decided_from, open_proceeding
from gongxin.flows.listing_rights import refuse_another_subject, refuse_machine, said
from gongxin.flows.listing_words import facts_of, tell_of_proceeding
from gongxin.flows.notify import tell_agency
from gongxin.flows.state_beside import HoldsPersonalNumber
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.lists.models import Proceeding
from gongxin.registry.lists.queries import NoSuchProceeding, proceeding_of


class NotTold(Exception):
    """The subject has not been told yet: there is nothing to answer."""


class AnsweredAlready(Exception):
    """This was said, or asked for, before."""


class TooLate(Exception):
    """The time to ask for a hearing is over."""


class NotAsked(Exception):
    """Nobody has asked to be heard."""


def object_to(*, proceeding_id: UUID, acting_for: UUID, text: str, actor: Actor, at: datetime) -> Proceeding:
    """Let the subject object: whoever decides has to weigh it.

    Raises NoSuchProceeding, NotResponsible, ClosedMeanwhile, AnsweredAlready, WordsMissing,
    HoldsPersonalNumber.
    """
    words = _free_of_numbers(said(text, "objection"))
    with transaction.atomic():
        bulk.one_writer()
        one = _told(proceeding_id, acting_for)
        _objected(one, words, actor, at)
        return one


def note_objection(*, proceeding_id: UUID, text: str, who: Who, at: datetime) -> Proceeding:
    """Note what somebody objected to an honour that lies open to everybody.

    Raises NotResponsible, ClosedMeanwhile, NotTold, AnsweredAlready, WordsMissing, HoldsPersonalNumber.
    """
    refuse_machine(who)
    words = _free_of_numbers(said(text, "objection"))
    with transaction.atomic():
        bulk.one_writer()
        one, _ = open_proceeding(proceeding_id, who)
        if one.noticed_at is None:
            raise NotTold(one.id.hex)
        _objected(one, words, who.actor, at)
        return one


def ask_hearing(*, proceeding_id: UUID, acting_for: UUID, actor: Actor, at: datetime) -> Proceeding:
    """Let the subject ask to be heard: nothing is decided before it was.

    Raises NoSuchProceeding, NotResponsible, ClosedMeanwhile, AnsweredAlready, TooLate.
    """
    with transaction.atomic():
        bulk.one_writer()
        one = _told(proceeding_id, acting_for)
        if one.hearing_asked_at is not None:
            raise AnsweredAlready(one.id.hex)
        first = may_be_decided_from(one, statutory_list(one.list_id))
        if first is not None and legal_day(at) >= first:
            raise TooLate(first.isoformat())
        one.hearing_asked_at = at
        one.save(update_fields=["hearing_asked_at"])
        _tell_body(one, "listing.hearing-asked", actor, at)
        _audit(one, "listing.hearing-asked", actor, at)
        return one


def record_hearing(*, proceeding_id: UUID, heard_on: date, record: str, who: Who, at: datetime) -> Proceeding:
    """Write down when the subject was heard and what it said.

    Raises NotResponsible, ClosedMeanwhile, NotAsked, AnsweredAlready, WordsMissing, DecidedBeforeItsRecord.
    """
    refuse_machine(who)
    words = said(record, "hearing_record")
    with transaction.atomic():
        bulk.one_writer()
        one, _ = open_proceeding(proceeding_id, who)
        if one.hearing_asked_at is None:
            raise NotAsked(one.id.hex)
        if one.heard_on is not None:
            raise AnsweredAlready(one.id.hex)
        if not legal_day(one.hearing_asked_at) <= heard_on <= legal_day(at):
            raise DecidedBeforeItsRecord(heard_on.isoformat())
        one.heard_on, one.hearing_record = heard_on, words
        one.save(update_fields=["heard_on", "hearing_record"])
        more = {"heard_on": heard_on.isoformat()}
        tell_of_proceeding(one, "listing.heard", by=who.actor.written, at=at, more=more)
        _audit(one, "listing.heard", who.actor, at)
        return one


def _told(proceeding_id: UUID, acting_for: UUID) -> Proceeding:
    """Return a proceeding the subject was told of; one it was not told of is not there for it."""
    one = proceeding_of(proceeding_id)
    refuse_another_subject(one.subject_id, acting_for)
    if one.noticed_at is None:
        raise NoSuchProceeding(proceeding_id.hex)
    if one.outcome:
        raise ClosedMeanwhile(one.id.hex)
    return one


def _objected(one: Proceeding, words: str, actor: Actor, at: datetime) -> None:
    if one.objected_at is not None:
        raise AnsweredAlready(one.id.hex)
    one.objection, one.objected_at = words, at
    one.save(update_fields=["objection", "objected_at"])
    _tell_body(one, "listing.objected", actor, at)
    _audit(one, "listing.objected", actor, at)


def _tell_body(one: Proceeding, kind: str, actor: Actor, at: datetime) -> None:
    facts = facts_of(one, on=legal_day(at))
    tell_agency(agency=one.agency, subject_id=one.subject_id, kind=kind, facts=facts, by=actor.written, at=at)


def _free_of_numbers(text: str) -> str:
    if holds_personal_number(text):
        raise HoldsPersonalNumber
    return text


def _audit(one: Proceeding, action: str, actor: Actor, at: datetime) -> None:
    write_event(
        actor=actor, action=action, object_kind="proceeding", object_id=one.id.hex, at=at,
        detail={"list": one.list_id},
    )  # fmt: skip
