"""Certifying what comes again after it had ended: the source vouches for it, an officer releases it.

What had been withdrawn, or bore a number since corrected, is then published as the law says of it today.
What was repaired or whose period is over is kept and never shows again: only another decision of the body
would. Source: law-decisions 6, 15, 16; design §5.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core import ledger as versions
from gongxin.core.actors import Actor
from gongxin.core.disclosure import Outcome
from gongxin.core.kept_clocks import PERIOD_OVER
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import legal_day
from gongxin.flows.attach_listing import attach_to
from gongxin.flows.change_publication import ONCE_SHOWN, decision_again, leave_fingerprints
from gongxin.flows.decided_anew import decided_anew, has_ended
from gongxin.flows.notify import tell_subject
from gongxin.flows.publish import NotWaiting, as_the_law_says, same
from gongxin.flows.returning import EXPIRY, FOR_GOOD, REPAIR, RETURNS_AFTER
from gongxin.flows.withdraw import version
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.log import bulk as log
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision

_WHY_OVER = {REPAIR: "repaired", EXPIRY: PERIOD_OVER}


def certify_returned(*, subject_id: UUID, record_id: UUID, ground: str, actor: Actor, at: datetime) -> bool:
    """Release a record that came again, certified by its source; return whether the law now shows it.

    `ground` says by what the source certifies it. The subject is told. Raises NotWaiting unless the record
    waits for this, NoBasisInForce where the catalogue no longer has its class, NoSuchRecord.
    """
    with transaction.atomic():
        bulk.one_writer()
        entry = current_entry(subject_id, record_id)
        if not _waits(entry):
            raise NotWaiting(record_id.hex)
        made = fresh_id(at=at)
        _append(entry, made.hex, ground=ground, actor=actor, at=at)
        outcome = _decide(entry, made.hex, actor=actor, at=at)
        if (why := entry.held_reason.removeprefix(RETURNS_AFTER)) in FOR_GOOD:
            leave_fingerprints([entry], reason=why, at=at)  # under the key it bears now as well
        _log(entry, made.hex, hidden=outcome is not Outcome.PUBLISHED, at=at)
        _tell(entry, ground=ground, outcome=outcome, actor=actor, at=at)
        return outcome is Outcome.PUBLISHED


def _waits(entry: Entry) -> bool:
    pending = publication.is_pending(entry.subject_id.hex, entry.record_id.hex)
    return pending and entry.held_reason.startswith(RETURNS_AFTER)


def _append(entry: Entry, made: str, *, ground: str, actor: Actor, at: datetime) -> None:
    """Append what the source certifies, in its name: it proposes, the officer decides."""
    proposed_by = f"agency:{entry.agency.code}"
    row = version(
        entry, made, ground=ground, proposed_by=proposed_by, decided_by=actor.written, at=at,
        kind=Kind.CERTIFIED, sent_in=entry,
    )  # fmt: skip
    values = {**dict(zip(ledger.ENTRY_COLUMNS, row, strict=True)), "held_reason": ""}
    ledger.supersede([(entry.subject_id.hex, entry.id.hex)], bulk.instant(at))
    ledger.append([tuple(values[name] for name in ledger.ENTRY_COLUMNS)])
    attach_to(values, proposed_by=proposed_by, decided_by=actor.written, at=at)


def _decide(entry: Entry, made: str, *, actor: Actor, at: datetime) -> Outcome:
    """Take the decision about what is certified; return its outcome."""
    why, last = entry.held_reason.removeprefix(RETURNS_AFTER), _last_shown(entry)
    if why in FOR_GOOD and last is not None:
        over = {} if has_ended(last, at=at) else _ends_now(why, at)
        publication.append([decision_again(last, decided_by=actor.written, at=at, entry_id=made, **over)])
        return Outcome.ENDED
    planned = as_the_law_says(entry, on=legal_day(at))
    if why in FOR_GOOD:
        planned = planned.withheld(_WHY_OVER[why])
    subject, record, decision_id = entry.subject_id.hex, entry.record_id.hex, fresh_id(at=at).hex
    if last is not None and not has_ended(last, at=at):  # the copy of another: it showed itself until held
        told: dict[str, object] = {
            "subject_id": subject, "id": decision_id, "record_id": record, "entry_id": made,
            "decided_by": actor.written,
        }  # fmt: skip
        taken = decided_anew(last, planned, told=told, at=at)
        publication.append([tuple(taken[name] for name in publication.DECISION_COLUMNS)])
        return Outcome(taken["outcome"])
    moment = bulk.instant(at)
    row = planned.row(subject, decision_id, record, made, moment)
    shared = same(class_id=planned.class_id, audience=planned.audience, actor=actor.written, moment=moment)
    publication.append([row], same=shared)
    return planned.outcome


def _ends_now(why: str, at: datetime) -> dict[str, object]:
    moment = bulk.instant(at)
    ends = dict.fromkeys(("publish_until", "share_until", "use_until"), moment)
    return {"outcome": Outcome.ENDED.value, "reason": _WHY_OVER[why], **ends}


def _last_shown(entry: Entry) -> Decision | None:
    """Return the last decision by which the record showed or ended, if it ever did."""
    taken = Decision.objects.filter(
        subject_id=entry.subject_id, record_id=entry.record_id, outcome__in={*ONCE_SHOWN, Outcome.ENDED.value}
    )
    return taken.order_by("decided_at", "id").last()


def _log(entry: Entry, made: str, *, hidden: bool, at: datetime) -> None:
    salt = bytes(entry.salt or b"")
    commitment = versions.commitment(salt, entry.record_id.hex, entry.content_hash)
    row = (made, entry.subject_id.hex, entry.record_id.hex, commitment, salt, int(hidden))
    log.append([row], kind="certified", at=bulk.instant(at))


def _tell(entry: Entry, *, ground: str, outcome: Outcome, actor: Actor, at: datetime) -> None:
    shown = outcome is Outcome.PUBLISHED
    tell_subject(
        subject_id=entry.subject_id,
        kind="record.certified" if shown else "record.certified-not-shown",
        facts={"class": entry.class_id, "document_number": entry.document_number, "reason": ground},
        by=actor.written,
        at=at,
        record_id=entry.record_id,
    )
    write_event(
        actor=actor,
        action="record.certified",
        object_kind="record",
        object_id=entry.record_id.hex,
        at=at,
        detail={"ground": ground, "shown": shown, "returned_after": entry.held_reason},
    )
