"""What the body that made a record decides about its repair, and what is decided elsewhere.

Repaired, a record is published, shared and used no longer from that instant on; it leaves its fingerprint,
what else is asked about it is closed, and its subject has the decision as a paper. It never shows again.
Source: Order 36 arts 3, 4; Henan regulation art 43; law-decisions 15, 16.
"""

import os
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core import ledger as versions
from gongxin.core.actors import Actor
from gongxin.core.cases import Who, Words
from gongxin.core.cases.repair_law import FALSE_PROOF, refuse_other_ground
from gongxin.flows.case_steps import part_to_step, record_of, take
from gongxin.flows.change_publication import ONCE_SHOWN, end, leave_fingerprints, newest_decisions
from gongxin.flows.copies_of_ended import hold_copies_of
from gongxin.flows.end_of_record import close_parts_about
from gongxin.flows.false_proof import record_false_proof
from gongxin.flows.notify import tell_subject
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Step
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.models import Entry, StateChange
from gongxin.registry.ledger.queries import REPAIR_AXIS, REPAIRED, current_entry, is_repaired
from gongxin.registry.log import bulk as log

RULE, SOURCE = "repair", "S-HN"  # art 43: ended within a working day; here at the instant it is decided
SALT_BYTES = 16


def accept(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Take up an application whose papers are complete; the time to decide begins."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        return take(case, part, "accept", who=who, at=at, words=words)


def not_accept(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Turn an application away with its reason, basis and remedy. Raises NotAGround."""
    _refuse_other_ground("not-accept", words)
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        return take(case, part, "not-accept", who=who, at=at, words=words)


def repair(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Repair a record: its publication, sharing and use end at this instant, all together."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take(case, part, "repair", who=who, at=at, words=words)
        end_as_repaired(record_of(part), by=who.actor, at=at, but=part.id)
        return step


def refuse(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Refuse a repair. On the ground of false proof that is recorded, and takes another than who accepted.

    Raises NotAGround, OnePersonTwice, and what `take` raises.
    """
    _refuse_other_ground("refuse", words)
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take(case, part, "refuse", who=who, at=at, words=words)
        if words.detail.get("ground") == FALSE_PROOF:
            record_false_proof(case, part, who=who, words=words, at=at)
        return step


def repaired_elsewhere(
    *,
    subject_id: UUID,
    record_id: UUID,
    document: str,
    body: str,
    decided_on: date,
    by: Actor,
    at: datetime,
) -> bool:
    """End a record that was repaired elsewhere: at the national site, or by a decision in its source's file.

    Such a status prevails where it ends a publication and never restarts one. Returns whether it ended
    anything: told twice, it is repaired once. Raises NoSuchRecord.
    """
    with transaction.atomic():
        bulk.one_writer()
        entry = current_entry(subject_id, record_id)
        if is_repaired(entry.subject_id, entry.record_id):
            return False
        ground = f"{document} {body} {decided_on.isoformat()}"
        StateChange.objects.create(
            subject_id=entry.subject_id, id=fresh_id(at=at), record_id=record_id, axis=REPAIR_AXIS,
            value=REPAIRED, at=at, actor=by.written, ground=ground[:200],
        )  # fmt: skip
        end_as_repaired(entry, by=by, at=at)
        tell_subject(
            subject_id=entry.subject_id, kind="record.repaired-elsewhere", by=by.written, at=at,
            facts={"document": document, "body": body, "repaired_on": decided_on.isoformat()},
            record_id=record_id,
        )  # fmt: skip
        write_event(
            actor=by, action="record.repaired-elsewhere", object_kind="record", object_id=record_id.hex,
            at=at, detail={"document": document, "decided_on": decided_on.isoformat()},
        )  # fmt: skip
        return True


def end_as_repaired(entry: Entry, *, by: Actor, at: datetime, but: UUID | None = None) -> None:
    """End a record's publication, sharing and use at one instant, inside the running transaction.

    It leaves its fingerprint, its public act, and nothing open about it `but` the part that ended it.
    """
    newest = newest_decisions([entry]).get(entry.record_id)
    hidden = int(newest is None or newest.outcome not in ONCE_SHOWN)
    end([entry], reason="repaired", rule=RULE, source=SOURCE, decided_by=by.written, at=at)
    leave_fingerprints([entry], reason="repair", at=at)
    salt = os.urandom(SALT_BYTES)
    commitment = versions.commitment(salt, entry.record_id.hex, entry.content_hash)
    act = (fresh_id(at=at).hex, entry.subject_id.hex, entry.record_id.hex, commitment, salt, hidden)
    log.append([act], kind="repaired", at=bulk.instant(at))
    close_parts_about([entry], why="repair", by=by, at=at, but=but)
    hold_copies_of(entry, by=by, at=at)


def _refuse_other_ground(act: str, words: Words) -> None:
    ground = words.detail.get("ground")
    if ground:
        refuse_other_ground(str(ground), act=act)
