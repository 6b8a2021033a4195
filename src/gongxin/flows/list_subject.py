"""Listing an organisation: proposed from records, told beforehand, heard, decided by a second person.

The platform suggests nobody's listing by itself: a person proposes, and the subject is told in writing of
basis, reasons, the measures that would follow and its rights before anything is decided; an honour lies open
to everybody instead. Source: Henan regulation arts 20, 28; law-decisions 9, 12.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from gongxin.core.cases import Who
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import StatutoryList
from gongxin.core.use import WhyNotUsed
from gongxin.core.working_days import add_working_days
from gongxin.flows.listing_rights import (
    refuse_another_body,
    refuse_incompetent,
    refuse_machine,
    said,
)
from gongxin.flows.listing_words import basis_in_words, list_known, notice_step, tell_of_proceeding
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import confirmed_sources, working_calendar
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.queries import NoSuchRecord, current_entry
from gongxin.registry.lists.models import DROPPED, Proceeding
from gongxin.registry.lists.queries import proceeding_of
from gongxin.registry.notices.queries import arrived_at
from gongxin.registry.publication.listings import in_force_of
from gongxin.registry.publication.usable import uses_of
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.models import Organisation
from gongxin.registry.subjects.queries import profile


class NotAnOrganisation(Exception):
    """Only organisations stand on lists; no natural person does (R7)."""


class ListInert(Exception):
    """The list binds nobody that day: nothing it rests on is in force, or nobody has read it in full."""


class GroundGone(Exception):
    """The list has no such ground that day, or nobody has read where it stands."""


class RecordUnusable(Exception):
    """Nothing may be founded on this record now; `why` says what is in the way."""

    def __init__(self, record_id: UUID, why: WhyNotUsed) -> None:
        super().__init__(f"{record_id.hex}: {why}")
        self.record_id, self.why = record_id, why


class NotOfSubject(Exception):
    """A record named is not one of this subject's."""


class ListedAlready(Exception):
    """The organisation stands on this list."""


class ProposedAlready(Exception):
    """A proceeding about this organisation and list is open."""


class ClosedMeanwhile(Exception):
    """Somebody has closed this proceeding."""


class ToldAlready(Exception):
    """The notice was given."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is to be listed, on which list and ground, why, and on which records it rests.

    `records` may be empty where the body found the ground itself. An empty `basis` is the list's own.
    """

    subject_id: UUID
    list_id: str
    ground: str
    reasons: str
    agency: Agency
    records: Sequence[UUID] = ()
    basis: str = ""


def propose(proposal: Proposal, *, who: Who, at: datetime) -> Proceeding:
    """Propose a listing. Nothing follows from it until its subject was told.

    Raises DecidedByAPerson, NoSuchList, NotCompetent, NotResponsible, NotAnOrganisation, WordsMissing,
    ListInert, GroundGone, NotOfSubject, RecordUnusable, ListedAlready, ProposedAlready.
    """
    refuse_machine(who)
    found, on = list_known(proposal.list_id), legal_day(at)
    refuse_incompetent(found, proposal.agency)
    refuse_another_body(proposal.agency, who)
    reasons = said(proposal.reasons, "reasons")
    with transaction.atomic():
        bulk.one_writer()
        subject_id = _organisation(proposal.subject_id, at)
        refuse_without_ground(found, proposal.ground, on=on)
        refuse_unusable(subject_id, proposal.records, at=at)
        refuse_listed(subject_id, found, at)
        one = _written(proposal, subject_id, reasons, found, who, at)
        _audit(one, "listing.proposed", who, at, ground=one.ground, records=len(proposal.records))
        return one


def give_notice(*, proceeding_id: UUID, who: Who, at: datetime) -> Proceeding:
    """Tell the subject what is proposed and its rights; an honour lies open to everybody from now on.

    Raises NotResponsible, ClosedMeanwhile, ToldAlready, ListInert, GroundGone, RecordUnusable.
    """
    refuse_machine(who)
    with transaction.atomic():
        bulk.one_writer()
        one, found = open_proceeding(proceeding_id, who)
        if one.noticed_at is not None:
            raise ToldAlready(one.id.hex)
        refuse_without_ground(found, one.ground, on=legal_day(at))
        refuse_unusable(one.subject_id, recorded(one), at=at)
        one.noticed_at, one.objections_until = at, first_day_to_decide(found, legal_day(at))
        kind = "listing.proposed" if found.adverse else "listing.honour-proposed"
        one.notice_id = tell_of_proceeding(one, kind, by=who.actor.written, at=at).id
        one.save(update_fields=["noticed_at", "objections_until", "notice_id"])
        _audit(one, "listing.noticed", who, at, until=one.objections_until.isoformat())
        return one


def drop(*, proceeding_id: UUID, reason: str, who: Who, at: datetime) -> Proceeding:
    """Give a proposal up, with the reason; whoever was told of it is told of this too.

    Raises NotResponsible, ClosedMeanwhile, WordsMissing.
    """
    refuse_machine(who)
    with transaction.atomic():
        bulk.one_writer()
        one, _ = open_proceeding(proceeding_id, who)
        close(one, DROPPED, said(reason, "reason"), by=who.actor.written, at=at)
        if one.noticed_at is not None:
            more = {"reason": one.outcome_reason}
            tell_of_proceeding(one, "listing.dropped", by=who.actor.written, at=at, more=more)
        _audit(one, "listing.dropped", who, at)
        return one


def open_proceeding(proceeding_id: UUID, who: Who) -> tuple[Proceeding, StatutoryList]:
    """Return a proceeding one may act on, and its list. Raises ClosedMeanwhile, NotResponsible."""
    one = proceeding_of(proceeding_id)
    refuse_another_body(one.agency, who)
    if one.outcome:
        raise ClosedMeanwhile(one.id.hex)
    return one, list_known(one.list_id)


def close(one: Proceeding, outcome: str, reason: str, *, by: str, at: datetime) -> None:
    one.outcome, one.outcome_reason, one.closed_by, one.closed_at = outcome, reason, by, at
    one.save(update_fields=["outcome", "outcome_reason", "closed_by", "closed_at"])


def first_day_to_decide(found: StatutoryList, told_on: date) -> date:
    """Return the first day after the time to object, in working days after the day of being told."""
    days = notice_step(found).working_days or 0
    return add_working_days(told_on, days, working_calendar()).day + timedelta(days=1)


def may_be_decided_from(one: Proceeding, found: StatutoryList) -> date | None:
    """Return the first day on which a proceeding may be decided; None while its notice has not arrived.

    The time to object begins when the notice reaches the subject; an honour's when it lies open.
    """
    if one.objections_until is None or one.notice_id is None:
        return None
    if not found.adverse:
        return one.objections_until
    arrived = arrived_at(one.subject_id, one.notice_id)
    return first_day_to_decide(found, legal_day(arrived)) if arrived else None


def refuse_without_ground(found: StatutoryList, ground: str, *, on: date) -> None:
    """Raise ListInert or GroundGone unless somebody may be listed on this ground on a day."""
    confirmed = confirmed_sources()
    if found.is_inert(on, confirmed):
        raise ListInert(found.id)
    if not found.accepts(ground, on=on, confirmed=confirmed):
        raise GroundGone(f"{found.id}: {ground}")


def refuse_unusable(subject_id: UUID, records: Sequence[UUID], *, at: datetime) -> None:
    """Raise RecordUnusable for a record that may found nothing now, NotOfSubject for another's."""
    uses = uses_of(subject_id, at=at)
    for record_id in records:
        why = uses.get(record_id)
        if why is not None:
            raise RecordUnusable(record_id, why)
        if record_id not in uses:
            refuse_anothers_record(subject_id, record_id)


def refuse_anothers_record(subject_id: UUID, record_id: UUID) -> None:
    """Raise NotOfSubject unless a good record is this subject's, and stands."""
    try:
        entry = current_entry(subject_id, record_id)
    except NoSuchRecord as missing:
        raise NotOfSubject(record_id.hex) from missing
    if entry.content is None or entry.adverse:
        raise NotOfSubject(record_id.hex)


def recorded(one: Proceeding) -> Sequence[UUID]:
    return [UUID(record_id) for record_id in one.records]


def _organisation(subject_id: UUID, at: datetime) -> UUID:
    known = profile(subject_id, at=at)
    if known is None or not Organisation.objects.filter(pk=known.subject_id).exists():
        raise NotAnOrganisation(subject_id.hex)
    return known.subject_id


def refuse_listed(subject_id: UUID, found: StatutoryList, at: datetime) -> None:
    """Raise ListedAlready for an organisation that stands on the list."""
    standing = in_force_of(subject_ids_of(subject_id, at=at), at=at)
    if any(one.list_id == found.id for one in standing):
        raise ListedAlready(found.id)


def _written(
    proposal: Proposal, subject_id: UUID, reasons: str, found: StatutoryList, who: Who, at: datetime
) -> Proceeding:
    try:
        with transaction.atomic():
            return Proceeding.objects.create(
                subject_id=subject_id, id=fresh_id(at=at), list_id=found.id, ground=proposal.ground,
                reasons=reasons, records=[one.hex for one in proposal.records], agency=proposal.agency,
                basis=(proposal.basis.strip() or basis_in_words(found, on=legal_day(at)))[:300],
                proposed_by=who.actor.written, proposed_at=at,
            )  # fmt: skip
    except IntegrityError as taken:
        raise ProposedAlready(found.id) from taken


def _audit(one: Proceeding, action: str, who: Who, at: datetime, **detail: str | int) -> None:
    write_event(
        actor=who.actor, action=action, object_kind="proceeding", object_id=one.id.hex, at=at,
        detail={"list": one.list_id, **detail},
    )  # fmt: skip
