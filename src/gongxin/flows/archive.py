"""To the archive: what a record says is erased here, its fingerprint and its history of acts stay.

At its subject's demand once it has ended (Henan regulation art 44), and by itself five years after its
decision (art 19): content and salt go, once, and the public log's other proofs stay valid.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.cases import Who, Words
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.periods import add_months
from gongxin.core.terms import ceiling_years
from gongxin.flows.case_steps import part_to_step, take
from gongxin.flows.change_publication import leave_fingerprints
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Step
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.log import bulk as log
from gongxin.registry.publication.ended_long import ended_before
from gongxin.registry.publication.showing import sum_again

SOME = 200  # a turn: no write lock over a quarter of a second


def archive(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Archive a record at its subject's demand, inside one transaction. Raises what `take` raises."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take(case, part, "archive", who=who, at=at, words=words)
        if part.record_id is not None:
            _erase([current_entry(part.subject_id, part.record_id)], by=who.actor, at=at)
        return step


def archive_some(*, actor: Actor, at: datetime) -> int:
    """Archive some of what ended and is past the ceiling of five years; return how many, 0 once all are."""
    ceiling = day_begins(add_months(legal_day(at), -12 * ceiling_years()))
    with transaction.atomic():
        bulk.one_writer()
        found = ended_before(ceiling, at=at, limit=SOME)
        _erase([current_entry(subject_id, record_id) for subject_id, record_id in found], by=actor, at=at)
    return len(found)


def _erase(entries: Sequence[Entry], *, by: Actor, at: datetime) -> None:
    """Erase what every version of these records says, inside the running transaction."""
    if not entries:
        return
    leave_fingerprints(entries, reason="expiry", at=at)
    records = [(one.subject_id.hex, one.record_id.hex) for one in entries]
    log.forget_salts(ledger.erase(records, at=bulk.instant(at)))
    sum_again(subject for subject, _ in records)
    for one in entries:
        write_event(
            actor=by, action="record.archived", object_kind="record", object_id=one.record_id.hex, at=at,
            detail={"class": one.class_id},
        )  # fmt: skip
