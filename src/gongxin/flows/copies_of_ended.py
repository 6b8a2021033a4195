"""Copies under two codes of one subject: what stands under one and has ended, or is hidden, under the other.

A penalty sent under two codes is two records until the codes are known to be one subject's. Such a copy is
held as posting would hold it if it came now (`flows.returning`): for a person, and shown to nobody meanwhile.
A merge brings copies to light, and so does the end of one of two that were merged before.
Like there, class and number loosely read tell that two may be one. Source: law-decisions 6, 15, 16.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from gongxin.core.actors import Actor
from gongxin.core.cases.kinds import words_of_ending
from gongxin.core.disclosure import Outcome
from gongxin.core.document_numbers import loose_form
from gongxin.core.ledger import Kind
from gongxin.flows.change_publication import ONCE_SHOWN, decision_again, newest_decisions
from gongxin.flows.notify import tell_of_records
from gongxin.flows.recall import take_back_versions
from gongxin.flows.returning import RETURNS_AFTER, SUSPENSION, how_it_ended
from gongxin.flows.withdraw import version
from gongxin.registry import bulk
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger import ended
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication import bulk as publication
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.models import Merge

COPY_HELD = "record.copy-held"
HOLDABLE = {*ONCE_SHOWN, Outcome.PENDING.value}  # what shows, or will once a person or a day has spoken


class Held(NamedTuple):
    """A version to be held, and why."""

    entry: Entry
    reason: str


def hold_copies(
    here: Collection[str], there: Collection[str], *, ground: str, by: Actor, at: datetime
) -> list[str]:
    """Hold what stands of one side (subjects in hexadecimal) as the copy of what has ended of the other.

    Inside the running transaction. Each subject is told of what is adverse. Returns the records held.
    """
    standing = _standing([*here, *there])
    over = _how_each_ended(standing, at)
    found = [
        copy
        for side, other in ((here, there), (there, here))
        for copy in _copies(standing, over, of=side, ended_of=other)
    ]
    return _hold(found, ground=ground, by=by, at=at)


def hold_copies_of(entry: Entry, *, by: Actor, at: datetime) -> list[str]:
    """Hold what stands under another code of its subject as the copy of a record that ended just now.

    Inside the running transaction. The subject is told of what is adverse. Returns the records held.
    """
    others = {one.hex for one in subject_ids_of(entry.subject_id)} - {entry.subject_id.hex}
    if not others or not entry.document_number:
        return []
    standing = [one for one in _standing([*others]) if _said(one) == _said(entry)]
    over = _how_each_ended([*standing, entry], at)
    reason = over.get(entry.record_id, "")
    copies = [Held(one, reason) for one in standing if one.record_id not in over and reason]
    return _hold(copies, ground=words_of_ending("copy").reason.zh, by=by, at=at)


def release_copies(merge: Merge, members: Collection[str], *, ground: str, by: Actor, at: datetime) -> None:
    """Let stand again what `merge` held and nobody has decided about, inside the running transaction."""
    held = Entry.objects.filter(
        subject_id__in=[UUID(one) for one in members], superseded_at=None, recorded_at__gte=merge.at,
        kind=Kind.RESEND.value, held_reason__startswith=RETURNS_AFTER,
    )  # fmt: skip
    newest = newest_decisions(list(held))
    waiting = [
        one for one in held if newest[one.record_id].outcome == Outcome.PENDING and _was_held_as_copy(one)
    ]
    if waiting:
        take_back_versions(waiting, ground=ground, proposed_by=by, decided_by=by.written, at=at)


def _was_held_as_copy(held: Entry) -> bool:
    """Return whether nobody sent this version: it is the one before, held."""
    if held.submission_id is None:
        return False
    return Entry.objects.filter(
        subject_id=held.subject_id, record_id=held.record_id, superseded_at=held.recorded_at,
        submission_id=held.submission_id, row=held.row,
    ).exists()  # fmt: skip


def _standing(members: Sequence[str]) -> list[Entry]:
    return list(
        Entry.objects.filter(
            subject_id__in=[UUID(one) for one in members], superseded_at=None, erased_at=None
        ).exclude(document_number="")
    )


def _how_each_ended(standing: Sequence[Entry], at: datetime) -> dict[UUID, str]:
    """Return how each record ended that has, or that it is hidden."""
    left = {
        (one.subject_id, one.record_key): one.reason
        for class_id in {entry.class_id for entry in standing}
        for one in ended.fingerprints_left({entry.subject_id.hex for entry in standing}, class_id=class_id)
        if one.document_number
    }
    addresses = [(entry.subject_id.hex, entry.record_id.hex) for entry in standing]
    newest = ended.newest_of(addresses, at=bulk.instant(at))
    reasons = {
        entry.record_id: left.get((entry.subject_id.hex, entry.record_key))
        or how_it_ended(entry.held_reason, newest.get(entry.record_id.hex), adverse=entry.adverse)
        for entry in standing
    }
    return {record_id: reason for record_id, reason in reasons.items() if reason}


def _copies(
    standing: Sequence[Entry], over: Mapping[UUID, str], *, of: Collection[str], ended_of: Collection[str]
) -> Iterator[Held]:
    """Yield what stands of one side beside what has ended of the other; an end outweighs a suspension."""
    ended_there = {
        _said(entry): over[entry.record_id]
        for entry in standing
        if entry.record_id in over and entry.subject_id.hex in ended_of
    }
    for entry in standing:
        reason = ended_there.get(_said(entry), "") if entry.subject_id.hex in of else ""
        if reason and (entry.record_id not in over or (over[entry.record_id] == SUSPENSION != reason)):
            yield Held(entry, reason)


def _said(entry: Entry) -> tuple[str, str]:
    return entry.class_id, loose_form(entry.document_number)


def _hold(found: Sequence[Held], *, ground: str, by: Actor, at: datetime) -> list[str]:
    """Append each that shows, or would, as a version that waits, and the decision to wait; return which."""
    newest = newest_decisions([one.entry for one in found])
    made = [
        (one.entry, f"{RETURNS_AFTER}{one.reason}", fresh_id(at=at).hex)
        for one in found
        if (taken := newest.get(one.entry.record_id)) is not None and taken.outcome in HOLDABLE
    ]
    ledger.supersede([(entry.subject_id.hex, entry.id.hex) for entry, *_ in made], bulk.instant(at))
    ledger.append([_held_version(*one, ground=ground, by=by, at=at) for one in made])
    publication.append(
        [
            decision_again(
                newest[entry.record_id], decided_by=by.written, at=at, entry_id=fresh,
                outcome=Outcome.PENDING.value, reason=reason, publish_until=None,
            )
            for entry, reason, fresh in made
        ]
    )  # fmt: skip
    told = [
        (entry.subject_id.hex, fresh_id(at=at).hex, entry.record_id.hex, COPY_HELD)
        for entry, *_ in made
        if entry.adverse
    ]
    tell_of_records(told, by=by.written, at=at, reason=ground)
    return [entry.record_id.hex for entry, *_ in made]


def _held_version(
    entry: Entry, reason: str, made: str, *, ground: str, by: Actor, at: datetime
) -> tuple[object, ...]:
    row = version(
        entry, made, ground=ground, proposed_by=by.written, decided_by=by.written, at=at, kind=Kind.RESEND,
        sent_in=entry,
    )  # fmt: skip
    values = {**dict(zip(ledger.ENTRY_COLUMNS, row, strict=True)), "held_reason": reason}
    return tuple(values[name] for name in ledger.ENTRY_COLUMNS)
