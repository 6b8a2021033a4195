"""Deciding that an organisation is listed: another person than who proposed it, after its time to object.

The record of the list's class is appended with its publication decision and its listing, and the subject is
told of cause, basis, measures, exit and remedy. Source: Henan regulation art 28; S-49; law-decisions 12, 20.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who
from gongxin.core.catalogue import Field, InformationClass
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import StatutoryList
from gongxin.core.one_record import asked_fields
from gongxin.core.subjects import REGISTRATION
from gongxin.flows.append_record import Decided, append_record
from gongxin.flows.attach_listing import Version, attach
from gongxin.flows.case_steps import NotToldYet, OnePersonTwice, TooSoon
from gongxin.flows.list_subject import (
    close,
    may_be_decided_from,
    open_proceeding,
    recorded,
    refuse_listed,
    refuse_unusable,
    refuse_without_ground,
)
from gongxin.flows.listing_rights import refuse_incompetent, refuse_machine, said
from gongxin.flows.listing_words import tell_of_proceeding
from gongxin.flows.publish import NoBasisInForce
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ledger.models import Entry
from gongxin.registry.lists.models import LISTED, Proceeding
from gongxin.registry.subjects.queries import profile

# What a decision to list never fills in: it is of the exit, or stands in for a decision made elsewhere.
NOT_OF_A_LISTING = ("removal_", "removed_", "removing_", "attestation", "remarks")


class NotHeard(Exception):
    """The subject asked to be heard and was not."""


class NoTerm(Exception):
    """The law gives a listing decided that day no term: it would be over before it begins."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The decision: its number, how what was objected was weighed, and what the class asks for besides."""

    number: str
    reason: str
    fields: Mapping[str, str] = field(default_factory=dict)


def decide(*, proceeding_id: UUID, ruling: Ruling, who: Who, at: datetime) -> Entry:
    """List the organisation, as the second person; return its record.

    Raises DecidedByAPerson, NotResponsible, ClosedMeanwhile, NotCompetent, OnePersonTwice, WordsMissing,
    NotToldYet, TooSoon, NotHeard, ListInert, GroundGone, RecordUnusable, ListedAlready, FieldsAtFault,
    AnotherRecordThere, NoTerm, NoBasisInForce.
    """
    refuse_machine(who)
    number, reason, on = said(ruling.number, "number"), said(ruling.reason, "reason"), legal_day(at)
    with transaction.atomic():
        bulk.one_writer()
        one, found = open_proceeding(proceeding_id, who)
        refuse_incompetent(found, one.agency)
        if one.proposed_by == who.actor.written:
            raise OnePersonTwice(who.actor.written)
        _refuse_before_its_time(one, found, on)
        refuse_without_ground(found, one.ground, on=on)
        refuse_unusable(one.subject_id, recorded(one), at=at)
        refuse_listed(one.subject_id, found, at)
        entry = _listed(one, found, number, ruling.fields, who, at)
        close(one, LISTED, reason, by=who.actor.written, at=at)
        more = {"reason": reason, "document_number": number, "decided_on": on.isoformat()}
        kind = "listing.decided" if found.adverse else "listing.honoured"
        tell_of_proceeding(one, kind, by=who.actor.written, at=at, more=more, record_id=entry.record_id)
        write_event(
            actor=who.actor, action="listing.decided", object_kind="proceeding", object_id=one.id.hex, at=at,
            detail={"list": found.id, "record": entry.record_id.hex, "proposed_by": one.proposed_by},
        )  # fmt: skip
        return entry


def fields_to_fill(found: StatutoryList, of: InformationClass) -> Sequence[Field]:
    """Return the fields a decision on this list has to be given, in the order of the class's form."""
    known = {of.roles[role] for role in _KNOWN_ROLES if role in of.roles} | set(_known_keys(found))
    required = set(of.layouts[0].required) | {one.key for one in of.fields if one.required}
    return [
        one
        for one in asked_fields(of)
        if one.key not in known
        and (one.key in required or (one.key in found.published and not one.person_name))
        and not one.key.startswith(NOT_OF_A_LISTING)
    ]


_KNOWN_ROLES = (
    "subject_name", "unified_code", "taxpayer_number", "registration_number", "document_number", "decided_on",
    "deciding_body", "deciding_body_code", "ground",
)  # fmt: skip


def _known_keys(found: StatutoryList) -> Mapping[str, str]:
    return {"exit_terms": found.exit.zh, "remedy_terms": found.remedy.zh}


def _refuse_before_its_time(one: Proceeding, found: StatutoryList, on: date) -> None:
    first = may_be_decided_from(one, found)
    if first is None:
        raise NotToldYet(one.id.hex)
    if on < first:
        raise TooSoon(first)
    if one.hearing_asked_at is not None and one.heard_on is None:
        raise NotHeard(one.id.hex)


def _listed(
    one: Proceeding, found: StatutoryList, number: str, told: Mapping[str, str], who: Who, at: datetime
) -> Entry:
    """Append the record and its listing."""
    of = classes_by_id(on=legal_day(at)).get(found.class_id)
    if of is None:
        raise NoBasisInForce(found.class_id)
    ground = next(ground for ground in found.grounds_on(legal_day(at)) if ground.key == one.ground)
    by = who.actor.written
    decided = Decided(one.subject_id, of, one.agency, ground.label.zh, one.proposed_by, by)
    may_say = {one.key for one in fields_to_fill(found, of)}
    fields = {key: text for key, text in told.items() if key in may_say}
    entry = append_record(decided, {**fields, **dict(_known(one, found, of, number, at))}, at=at)
    version = Version(
        entry.subject_id.hex, entry.id.hex, entry.record_id.hex, entry.content or "", entry.decided_on, number
    )
    written = attach(
        [version], of, proposed_by=one.proposed_by, decided_by=by, at=at, notice_id=one.notice_id,
        ground=one.ground,
    )  # fmt: skip
    if not written:
        raise NoTerm(found.id)
    return entry


def _known(
    one: Proceeding, found: StatutoryList, of: InformationClass, number: str, at: datetime
) -> Iterator[tuple[str, str]]:
    """Yield what nobody need fill in: whom, by which body, on which day and basis, the way out."""
    about = profile(one.subject_id, at=at)
    codes = dict(about.identifiers) if about else {}
    by_role = {
        "subject_name": about.name if about else "",
        "unified_code": (about.code or "") if about else "",
        "taxpayer_number": (about.code or "") if about else "",
        "registration_number": codes.get(REGISTRATION, ""),
        "document_number": number,
        "decided_on": legal_day(at).isoformat(),
        "deciding_body": one.agency.name,
        "deciding_body_code": one.agency.code,
        "ground": one.basis,
    }
    yield from ((of.roles[role], text) for role, text in by_role.items() if text and role in of.roles)
    has = {one.key for one in of.fields}
    noticed = legal_day(one.noticed_at).isoformat() if one.noticed_at else ""
    until = (one.objections_until - timedelta(days=1)).isoformat() if one.objections_until else ""
    by_key = {**_known_keys(found), "noticed_from": noticed, "noticed_until": until}
    yield from ((key, text) for key, text in by_key.items() if key in has)
