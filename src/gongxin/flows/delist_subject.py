"""Leaving a list before one's day: early, on the list's conditions, or because the listing was wrong.

One asks, another person decides. A wrong listing is suspended the moment the first person finds it wrong: no
check uses it from that instant; the second confirms or lifts. The end of a term needs nobody. Source: Henan
regulation arts 37, 66; law-decisions 12, 20.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from gongxin.core.actors import Actor
from gongxin.core.cases import Who
from gongxin.core.leaks import holds_personal_number
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import StatutoryList
from gongxin.flows.case_steps import DecidedBeforeItsRecord, NotResponsible, OnePersonTwice
from gongxin.flows.correct import correct_entry
from gongxin.flows.end_of_record import close_parts_about
from gongxin.flows.listing_rights import refuse_another_body, refuse_machine, said
from gongxin.flows.listing_words import list_known, tell_of_exit
from gongxin.flows.notify import tell_agency
from gongxin.flows.state_beside import HoldsPersonalNumber
from gongxin.flows.withdraw import withdraw_entries
from gongxin.flows.wrong_listing import show_as_before, suspend_at_once
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.lists.models import EARLY, KEPT, LEFT, WRONG, Exit, Listing
from gongxin.registry.lists.queries import NotListed, exit_of, listing_of, open_exit
from gongxin.registry.subjects.clusters import subject_ids_of


class NoEarlyExit(Exception):
    """The list's law knows no exit before the end."""


class TooEarly(Exception):
    """Nobody may leave yet; `first` is the first day, None where the cause has not been put right."""

    def __init__(self, first: date | None) -> None:
        super().__init__(first.isoformat() if first else "")
        self.first = first


class AskedAlready(Exception):
    """This exit was asked for, and nobody has decided yet."""


class DecidedMeanwhile(Exception):
    """Somebody has decided about this exit."""


class FoundWrong(Exception):
    """Somebody found this listing wrong: that is decided first."""


class ConditionsOpen(Exception):
    """Nobody leaves early before every condition of the list is met."""


class NotWronged(Exception):
    """A rehabilitation is told of a listing that was found wrong, and once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which listing is to be left early, why, and since when its cause is put right."""

    subject_id: UUID
    record_id: UUID
    reason: str
    corrected_on: date | None = None


def ask_to_leave(wish: Wish, *, actor: Actor, at: datetime) -> Exit:
    """Let a subject ask to leave a list early; `wish.subject_id` is whom the asker acts for.

    Raises NotListed, NoEarlyExit, TooEarly, WordsMissing, HoldsPersonalNumber, AskedAlready,
    DecidedBeforeItsRecord.
    """
    reason = said(wish.reason, "reason")
    if holds_personal_number(reason):
        raise HoldsPersonalNumber
    with transaction.atomic():
        bulk.one_writer()
        entry, listing = _standing(wish.subject_id, wish.record_id)
        refuse_too_early(list_known(listing.list_id), listing, wish.corrected_on, on=legal_day(at))
        one = _asked(listing, EARLY, reason, actor, at, corrected_on=wish.corrected_on, by_subject=True)
        tell_agency(
            agency=entry.agency, subject_id=entry.subject_id, kind="listing.exit-asked",
            facts={"list": listing.list_id, "document_number": listing.decision_number, "reason": reason},
            by=actor.written, at=at, record_id=listing.record_id,
        )  # fmt: skip
        return one


def propose_exit(wish: Wish, *, who: Who, at: datetime) -> Exit:
    """Let an officer propose that an organisation leaves a list early.

    Raises DecidedByAPerson, NotResponsible, and what `ask_to_leave` raises.
    """
    refuse_machine(who)
    reason = said(wish.reason, "reason")
    with transaction.atomic():
        bulk.one_writer()
        entry, listing = _standing(wish.subject_id, wish.record_id)
        refuse_another_body(entry.agency, who)
        refuse_too_early(list_known(listing.list_id), listing, wish.corrected_on, on=legal_day(at))
        return _asked(listing, EARLY, reason, who.actor, at, corrected_on=wish.corrected_on)


def find_wrong(*, subject_id: UUID, record_id: UUID, reason: str, who: Who, at: datetime) -> Exit:
    """Find a listing wrong, as the first person: from this instant nothing is founded on it, nothing shows.

    Raises DecidedByAPerson, NotResponsible, NotListed, WordsMissing, AskedAlready.
    """
    refuse_machine(who)
    words = said(reason, "reason")
    with transaction.atomic():
        bulk.one_writer()
        entry, listing = _standing(subject_id, record_id)
        refuse_another_body(entry.agency, who)
        one = _asked(listing, WRONG, words, who.actor, at)
        suspend_at_once(entry, by=who.actor.written, at=at)
        told = {"document_number": listing.decision_number, "reason": words}
        tell_of_exit(one, "listing.suspended", by=who.actor.written, at=at, more=told)
        tell_agency(
            agency=entry.agency, subject_id=entry.subject_id, kind="listing.suspended",
            facts={"list": listing.list_id, **told}, by=who.actor.written, at=at, record_id=listing.record_id,
        )  # fmt: skip
        return one


def let_leave(*, exit_id: UUID, reason: str, who: Who, at: datetime, conditions_met: bool = False) -> Exit:
    """Decide that the listing ends now, as the second person. A wrong one is withdrawn.

    Raises NotResponsible, OnePersonTwice, DecidedMeanwhile, WordsMissing, FoundWrong, ConditionsOpen, and
    what `correct_entry` raises.
    """
    refuse_machine(who)
    words = said(reason, "reason")
    with transaction.atomic():
        bulk.one_writer()
        one, entry = _open_exit(exit_id, who)
        if one.why == EARLY:
            if open_exit(one.record_id, why=WRONG) is not None:
                raise FoundWrong(one.record_id.hex)
            _refuse_open_conditions(one, conditions_met)
            _remove(one, entry, words, who, at)
            _audit(one, "listing.left", who.actor, at)
            return _closed(one, LEFT, words, "listing.left", who, at)
        _withdraw(one, entry, words, who, at)
        _audit(one, "listing.revoked", who.actor, at)
        revoked = _closed(one, LEFT, words, "listing.revoked", who, at)
        _close_early(revoked, who, at)
        return revoked


def keep_listed(*, exit_id: UUID, reason: str, who: Who, at: datetime) -> Exit:
    """Decide that the listing stays, with the reason; what was suspended holds again from now on.

    Raises NotResponsible, OnePersonTwice, DecidedMeanwhile, WordsMissing.
    """
    refuse_machine(who)
    words = said(reason, "reason")
    with transaction.atomic():
        bulk.one_writer()
        one, entry = _open_exit(exit_id, who)
        if one.why == WRONG:
            show_as_before(entry, by=who.actor.written, at=at)
        _audit(one, "listing.kept", who.actor, at)
        return _closed(one, KEPT, words, "listing.kept", who, at)


def ask_rehabilitation(*, exit_id: UUID, acting_for: UUID, actor: Actor, at: datetime) -> Exit:
    """Let who was listed wrongly wish that everybody be told so, for thirty days beside the list.

    Raises NoSuchExit, NotResponsible, NotWronged.
    """
    with transaction.atomic():
        bulk.one_writer()
        one = exit_of(exit_id)
        if one.subject_id not in subject_ids_of(acting_for, at=at):
            raise NotResponsible(exit_id.hex)
        if (one.why, one.outcome) != (WRONG, LEFT) or one.rehabilitation_asked_at is not None:
            raise NotWronged(exit_id.hex)
        one.rehabilitation_asked_at = at
        one.save(update_fields=["rehabilitation_asked_at"])
        _audit(one, "listing.rehabilitated", actor, at)
        return one


def refuse_too_early(found: StatutoryList, listing: Listing, corrected_on: date | None, *, on: date) -> None:
    """Raise NoEarlyExit, TooEarly or DecidedBeforeItsRecord unless a listing may be left on a day."""
    if corrected_on is not None and not listing.decided_on <= corrected_on <= on:
        raise DecidedBeforeItsRecord(corrected_on.isoformat())
    instrument = found.instrument_on(listing.decided_on)
    if instrument is None or instrument.early_exit is None:
        raise NoEarlyExit(found.id)
    first = found.may_leave_from(listing.decided_on, corrected_on=corrected_on)
    if first is None or on < first:
        raise TooEarly(first)


def _standing(subject_id: UUID, record_id: UUID) -> tuple[Entry, Listing]:
    """Return a listing and the version it stands on. Raises NotListed where it stands on none any more."""
    entry = current_entry(subject_id, record_id)
    listing = listing_of([entry.subject_id], record_id)
    if listing.entry_id != entry.id:
        raise NotListed(record_id.hex)
    return entry, listing


def _asked(
    listing: Listing,
    why: str,
    reason: str,
    actor: Actor,
    at: datetime,
    *,
    corrected_on: date | None = None,
    by_subject: bool = False,
) -> Exit:
    try:
        with transaction.atomic():
            one = Exit.objects.create(
                subject_id=listing.subject_id, id=fresh_id(at=at), listing_id=listing.id,
                record_id=listing.record_id, list_id=listing.list_id, why=why, reason=reason,
                corrected_on=corrected_on, asked_by=actor.written, asked_by_subject=by_subject, asked_at=at,
            )  # fmt: skip
    except IntegrityError as taken:
        raise AskedAlready(listing.record_id.hex) from taken
    if why == EARLY:
        _audit(one, "listing.exit-asked", actor, at)
    else:
        _audit(one, "listing.suspended", actor, at)
    return one


def _open_exit(exit_id: UUID, who: Who) -> tuple[Exit, Entry]:
    one = exit_of(exit_id)
    entry = current_entry(one.subject_id, one.record_id)
    refuse_another_body(entry.agency, who)
    if one.outcome:
        raise DecidedMeanwhile(exit_id.hex)
    if one.asked_by == who.actor.written:
        raise OnePersonTwice(who.actor.written)
    return one, entry


def _refuse_open_conditions(one: Exit, conditions_met: bool) -> None:
    listing = listing_of([one.subject_id], one.record_id)
    if list_known(one.list_id).conditions_of_leaving(listing.decided_on) and not conditions_met:
        raise ConditionsOpen(one.id.hex)


def _remove(one: Exit, entry: Entry, words: str, who: Who, at: datetime) -> None:
    """Say in the record that it was removed today; a class that cannot say so loses it."""
    of = classes_by_id(on=legal_day(at)).get(entry.class_id)
    if of is None or "removed_on" not in of.roles:
        _withdraw(one, entry, words, who, at)
        return
    has = {field.key for field in of.fields}
    removal = {
        of.roles["removed_on"]: legal_day(at).isoformat(),
        "removal_kind": "1",
        "removal_reason": words[:500],
        "removing_body": entry.agency.name,
    }
    fields = {key: text for key, text in removal.items() if key in has}
    correct_entry(
        entry, fields, kind=Kind.SUBSTANTIVE, ground=words, proposed_by=one.asked_by, decided_by=who.actor,
        at=at,
    )  # fmt: skip


def _withdraw(one: Exit, entry: Entry, words: str, who: Who, at: datetime) -> None:
    withdraw_entries([entry], ground=words, proposed_by=one.asked_by, decided_by=who.actor.written, at=at)
    close_parts_about([entry], why="withdrawal", by=who.actor, at=at)


def _closed(one: Exit, outcome: str, words: str, kind: str, who: Who, at: datetime) -> Exit:
    listing = listing_of([one.subject_id], one.record_id)
    told = {"document_number": listing.decision_number, "reason": words}
    notice = tell_of_exit(one, kind, by=who.actor.written, at=at, more=told)
    one.outcome, one.outcome_reason, one.notice_id = outcome, words, notice.id
    one.closed_by, one.closed_at = who.actor.written, at
    one.save(update_fields=["outcome", "outcome_reason", "notice_id", "closed_by", "closed_at"])
    return one


def _close_early(revoked: Exit, who: Who, at: datetime) -> None:
    """Close what was asked of a listing that is no more, by the one of the two who did not ask for it."""
    early = open_exit(revoked.record_id, why=EARLY)
    if early is None:
        return
    other = revoked.asked_by if early.asked_by == who.actor.written else who.actor.written
    early.outcome, early.outcome_reason, early.notice_id = LEFT, revoked.outcome_reason, revoked.notice_id
    early.closed_by, early.closed_at = other, at
    early.save(update_fields=["outcome", "outcome_reason", "notice_id", "closed_by", "closed_at"])


def _audit(one: Exit, action: str, actor: Actor, at: datetime) -> None:
    write_event(
        actor=actor, action=action, object_kind="exit", object_id=one.id.hex, at=at,
        detail={"list": one.list_id, "record": one.record_id.hex},
    )  # fmt: skip
