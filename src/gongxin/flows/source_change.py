"""What a source asks for its own record: to withdraw it or to correct it. One proposes, a second confirms.

The second is another person of the body, or of the centre where an office has one only; on confirming, what
shows changes at that instant. Who is concerned is told of both steps, with what can be done against them.
Source: Henan regulation arts 41, 42; law-decisions 16, 20; design §7.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Who, Words
from gongxin.core.cases.kinds import number_in_words, source_act_words
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_steps import (
    DecidedBeforeItsRecord,
    TakenMeanwhile,
    WordsMissing,
    part_to_step,
)
from gongxin.flows.change_publication import newest_decision, show_again, shows_now
from gongxin.flows.copies_of_ended import hold_copies_of
from gongxin.flows.correct import CORRECTIONS, correct_entry, corrected_row
from gongxin.flows.end_of_record import close_parts_about
from gongxin.flows.open_case import Application, Asked, NewPoint, open_case
from gongxin.flows.second_person import refuse_another_body, take_as_second
from gongxin.flows.suspended import is_suspended_for_cause
from gongxin.flows.withdraw import withdraw_entries
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Case, Part, Step
from gongxin.registry.cases.queries import opening_of, points_of
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.ledger.queries import current_entry


class ChangedSince(Exception):
    """The record no longer says what the proposal found in it: it must be proposed anew."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a body asks of one of its records. `fields` are empty for a withdrawal."""

    subject_id: UUID
    record_id: UUID
    change: KindOfVersion  # clerical | substantive
    reason: str
    basis: str = ""
    fields: Mapping[str, str] | None = None
    revoked_on: date | None = None  # the day the act was revoked, if it was


def propose_withdrawal(proposal: Proposal, *, form_id: UUID, who: Who, at: datetime) -> Case:
    """Propose to withdraw a record; a second person has three working days from a revocation to confirm.

    Raises WordsMissing, NotResponsible, DecidedBeforeItsRecord, and what `open_case` raises.
    """
    return _propose(Kind.WITHDRAWAL, proposal, (), form_id=form_id, who=who, at=at)


def propose_correction(proposal: Proposal, *, form_id: UUID, who: Who, at: datetime) -> Case:
    """Propose to correct fields of a record, checked at once as they would be on confirming.

    Raises WordsMissing, NotResponsible, and what `corrected_row` and `open_case` raise.
    """
    fields = dict(proposal.fields or {})
    entry = current_entry(proposal.subject_id, proposal.record_id)
    corrected_row(entry, fields, at=at)
    said = content_fields(entry.content)
    points = tuple(
        NewPoint(field=key, held=said.get(key, ""), claimed=text)
        for key, text in fields.items()
        if text != said.get(key, "")
    )
    return _propose(Kind.CORRECTION, proposal, points, form_id=form_id, who=who, at=at)


def confirm_withdrawal(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Withdraw the record as proposed, at once; what else is asked about it is closed, and its subject told.

    Raises NotResponsible, and what `take` raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take_as_second(case, part, "confirm", who=who, words=words, at=at)
        entry, ground = _entry(part), _ground(case, part)
        withdraw_entries(
            [entry], ground=ground, proposed_by=case.opened_by, decided_by=who.actor.written, at=at
        )
        write_event(
            actor=who.actor, action="record.withdrawn", object_kind="record", object_id=entry.record_id.hex,
            at=at, detail={"case": case.id.hex, "proposed_by": case.opened_by},
        )  # fmt: skip
        close_parts_about([entry], why="withdrawal", by=who.actor, at=at, but=part.id)
        hold_copies_of(entry, by=who.actor, at=at)
        return step


def confirm_correction(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Correct the record as proposed, at once. What was suspended for its fault shows again as corrected.

    Raises ChangedSince, NotResponsible, and what `take` and `correct_entry` raise.
    """
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take_as_second(case, part, "confirm", who=who, words=words, at=at)
        entry = _entry(part)
        shown = shows_now(newest_decision(entry.subject_id, entry.record_id), at=at)
        made = correct_entry(
            entry, _fields_as_proposed(part, entry), kind=KindOfVersion(opening_of(part).detail["change"]),
            ground=_ground(case, part), proposed_by=case.opened_by, decided_by=who.actor, at=at,
        )  # fmt: skip
        if is_suspended_for_cause(made):
            show_again([made], decided_by=who.actor.written, at=at)
        if shown and not shows_now(newest_decision(made.subject_id, made.record_id), at=at):
            close_parts_about([made], why="correction", by=who.actor, at=at, but=part.id)
        return step


def decline(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Decline what was proposed, with the reason; the record stays as it is. Raises as `confirm` does."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        if not words.reason.strip():
            raise WordsMissing(("reason",))
        return take_as_second(case, part, "decline", who=who, words=words, at=at)


def _propose(
    kind: Kind,
    proposal: Proposal,
    points: tuple[NewPoint, ...],
    *,
    form_id: UUID,
    who: Who,
    at: datetime,
) -> Case:
    if not proposal.reason.strip():
        raise WordsMissing(("reason",))
    if proposal.change not in CORRECTIONS:
        raise ValueError(proposal.change)
    with transaction.atomic():
        bulk.one_writer()
        entry = current_entry(proposal.subject_id, proposal.record_id)
        refuse_another_body(entry, who)
        _refuse_impossible_day(entry, proposal.revoked_on, at)
        case, _ = open_case(
            Application(
                kind=kind,
                subject_id=proposal.subject_id,
                asked=[Asked(proposal.record_id, wish=_wish(kind), points=points)],
                form_id=form_id,
                entry=Entry.SOURCE,
                words=_proposed(kind, proposal),
                begun_on=proposal.revoked_on,
            ),
            who=who,
            at=at,
        )
        return case


def _wish(kind: Kind) -> str:
    return "remove" if kind is Kind.WITHDRAWAL else "correct"


def _proposed(kind: Kind, proposal: Proposal) -> Words:
    basis, remedy = source_act_words(kind)
    detail = {"change": proposal.change.value}
    if proposal.revoked_on is not None:
        detail["revoked_on"] = proposal.revoked_on.isoformat()
    return Words(proposal.reason, proposal.basis.strip() or basis.zh, remedy.zh, detail=detail)


def _refuse_impossible_day(entry: Version, revoked_on: date | None, at: datetime) -> None:
    if revoked_on is None:
        return
    if revoked_on > legal_day(at) or (entry.decided_on is not None and revoked_on < entry.decided_on):
        raise DecidedBeforeItsRecord(revoked_on.isoformat())


def _entry(part: Part) -> Version:
    if part.record_id is None:
        raise TakenMeanwhile(part.id.hex)
    return current_entry(part.subject_id, part.record_id)


def _ground(case: Case, part: Part) -> str:
    return f"{number_in_words(case.kind, case.year, case.number)}：{opening_of(part).reason}"


def _fields_as_proposed(part: Part, entry: Version) -> dict[str, str]:
    """Return the fields to correct. Raises ChangedSince where the record says something else by now."""
    said = content_fields(entry.content)
    points = points_of(part)
    if any(said.get(point.field, "") != point.held for point in points):
        raise ChangedSince(part.id.hex)
    return {point.field: point.claimed for point in points}
