"""Recalling a batch that was sent wrongly: every version that still stands as it sent it is taken back.

The submission row is the job, as in posting: `begin_recall` sets its state, a worker takes the versions
back a batch at a time, each batch one short transaction that also moves the watermark `taken_back`.
What stands no more is not found again, so a killed worker neither loses nor doubles a withdrawal.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.disclosure import Outcome
from gongxin.core.ledger import Kind
from gongxin.core.notices import CORRECTED
from gongxin.core.submissions import NotAStep, State, next_state
from gongxin.flows import lease
from gongxin.flows.attach_listing import attach_to
from gongxin.flows.change_publication import decision_again, newest_decisions
from gongxin.flows.decided_anew import has_ended
from gongxin.flows.end_of_record import close_parts_about
from gongxin.flows.lease import Clock, Progress
from gongxin.flows.notify import tell_of_records
from gongxin.flows.returning import HIDDEN_FOR_A_TIME
from gongxin.flows.submission_audit import write_audit
from gongxin.flows.withdraw import version, withdraw_entries
from gongxin.registry import bulk
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.intake.spool import kept_folder
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision

BATCH = 50  # no write lock over 250 ms: a posting must not wait long for a recall
TAKEN_BACK = frozenset({State.RECALLING.value, State.RECALLED.value})


def begin_recall(*, submission: Submission, reason: str, actor: Actor, at: datetime) -> None:
    """Let a worker take back what this submission brought. Raises NotAStep for one that cannot be recalled.

    What only waits for its sender's word has brought nothing yet and is recalled at once.
    """
    waits = submission.state == State.CHECKED
    wanted = next_state(State(submission.state), State.RECALLED if waits else State.RECALLING)
    with transaction.atomic():
        bulk.one_writer()  # nobody undoes a link meanwhile and leaves its row waiting for ever
        standing = Submission.objects.filter(id=submission.id, state=submission.state)
        begun = (standing.filter(check_first=True) if waits else standing).update(
            state=wanted.value,
            recall_reason=reason[:200],
            recall_actor_kind=actor.kind.value,
            recall_actor=actor.name,
            recalled_at=at if waits else None,
            **lease.FRESH,
        )
        if begun != 1:
            raise NotAStep(f"{submission.state} -> {wanted}")
        write_audit(submission, "submission.recall-begun", actor=actor, at=at, detail={"reason": reason})
        if waits:
            write_audit(
                submission, "submission.recalled", actor=actor, at=at, detail={"records": 0, "reason": reason}
            )
    if waits:
        (kept_folder(submission.id) / "accepted.parquet").unlink(missing_ok=True)


def is_small(submission: Submission) -> bool:
    """Return whether a recall is done in a moment, so that whoever asked need not wait for a worker."""
    return submission.posted + submission.superseded + submission.held + submission.unlinked <= BATCH


def take_back(*, submission: Submission, worker: str, clock: Clock, progress: Progress | None) -> None:
    """Take back, for a submission whose lease `worker` holds, all that still stands as it sent it.

    A record it brought is withdrawn; where it had superseded an earlier version, that one stands again.
    The agency answers for its own batch, so it counts as the one who decides; whoever asked proposes.
    Raises LeaseLost.
    """
    # First the rows without a subject: from here on no officer can link one behind our back, and what was
    # linked is taken back with the rest and must be asked anew if it is sent again.
    while _close_rows(submission, worker, clock()):
        pass
    while taken := _take_batch(submission, worker, clock()):
        submission.taken_back += taken
        if progress is not None:
            progress("recall", submission.taken_back, 0)
    _finish(submission, worker, clock())


def _close_rows(submission: Submission, worker: str, at: datetime) -> bool:
    with transaction.atomic():
        bulk.one_writer()  # as in a link, which takes the row before the submission
        lease.renew(submission_id=submission.id, worker=worker, at=at)
        rows = UnlinkedRow.objects.filter(submission=submission, state__in=("open", "linked"))
        some = list(rows.values_list("id", flat=True)[:BATCH])
        UnlinkedRow.objects.filter(id__in=some).update(state="recalled")
        return bool(some)


def _take_batch(submission: Submission, worker: str, at: datetime) -> int:
    reason, decided_by = submission.recall_reason, f"agency:{submission.agency.code}"
    with transaction.atomic():
        bulk.one_writer()
        entries = list(Entry.objects.filter(submission=submission, superseded_at=None)[:BATCH])
        if entries:
            take_back_versions(
                entries, ground=reason, proposed_by=_proposer(submission), decided_by=decided_by, at=at
            )
            taken = {"taken_back": F("taken_back") + len(entries)}
            lease.renew(submission_id=submission.id, worker=worker, at=at, **taken)
    return len(entries)


def take_back_versions(
    entries: Sequence[Entry], *, ground: str, proposed_by: Actor, decided_by: str, at: datetime
) -> None:
    """Withdraw the records these current versions began, inside the running transaction.

    Where one had replaced an earlier version, that one stands again. What is asked about a withdrawn one
    is closed.
    """
    brought, replaced = _by_predecessor(entries)
    withdraw_entries(brought, ground=ground, proposed_by=proposed_by.written, decided_by=decided_by, at=at)
    close_parts_about(brought, why="withdrawal", by=proposed_by, at=at)
    _reinstate(replaced, ground, decided_by, at)


def _finish(submission: Submission, worker: str, at: datetime) -> None:
    with transaction.atomic():
        finished = Submission.objects.filter(
            id=submission.id, lease_owner=worker, state=State.RECALLING.value
        ).update(state=State.RECALLED.value, recalled_at=at, lease_until=None)
        if finished != 1:
            raise lease.LeaseLost(str(submission.id))
        detail = {"records": submission.taken_back, "reason": submission.recall_reason}
        write_audit(submission, "submission.recalled", actor=_proposer(submission), at=at, detail=detail)


def _proposer(submission: Submission) -> Actor:
    return Actor(ActorKind(submission.recall_actor_kind), submission.recall_actor)


def _by_predecessor(entries: Sequence[Entry]) -> tuple[list[Entry], list[tuple[Entry, Entry]]]:
    """Return the versions that began a record, and those that replaced one beside what they replaced."""
    earlier = Entry.objects.filter(
        subject_id__in={entry.subject_id for entry in entries},
        record_id__in={entry.record_id for entry in entries},
        superseded_at__isnull=False,
    ).exclude(kind=Kind.WITHDRAWAL.value)
    before = {(found.record_id, found.superseded_at): found for found in earlier.select_related("submission")}
    pairs = [(entry, _last_not_recalled(entry, before)) for entry in entries]
    brought = [entry for entry, found in pairs if found is None]
    return brought, [(entry, found) for entry, found in pairs if found is not None]


def _last_not_recalled(entry: Entry, before: dict[tuple[UUID, datetime | None], Entry]) -> Entry | None:
    """Return the newest version before `entry` that no recall has taken back, if there is one."""
    found = before.pop((entry.record_id, entry.recorded_at), None)
    while found is not None and found.submission is not None and found.submission.state in TAKEN_BACK:
        found = before.pop((found.record_id, found.recorded_at), None)
    return found


def _reinstate(replaced: Sequence[tuple[Entry, Entry]], ground: str, decided_by: str, at: datetime) -> None:
    """Let the earlier version stand again, as a new one, with the decision that was taken for it."""
    moment = bulk.instant(at)
    made = [(entry, before, fresh_id(at=at).hex) for entry, before in replaced]
    decisions, newest = (
        _decisions_for([before for _, before in replaced]),
        newest_decisions([one for one, _ in replaced]),
    )
    ledger.supersede([(entry.subject_id.hex, entry.id.hex) for entry, _, _ in made], moment)
    rows = [
        version(
            before, fresh, ground=ground, proposed_by=decided_by, decided_by=decided_by, at=at,
            kind=Kind.RESEND, sent_in=before,
        )
        for _, before, fresh in made
    ]  # fmt: skip
    ledger.append(rows)
    for row in rows:
        columns = dict(zip(ledger.ENTRY_COLUMNS, row, strict=True))
        attach_to(columns, proposed_by=decided_by, decided_by=decided_by, at=at)
    standing = [
        (_that_holds(decisions[before.id], newest[entry.record_id], at=at), fresh)
        for entry, before, fresh in made
    ]
    publication.append(
        [decision_again(taken, decided_by=decided_by, at=at, entry_id=fresh) for taken, fresh in standing]
    )
    told = [
        (entry.subject_id.hex, fresh_id(at=at).hex, entry.record_id.hex, CORRECTED)
        for entry, before, _ in made
        if entry.adverse and decisions[before.id].outcome != Outcome.PENDING
    ]
    tell_of_records(told, by=decided_by, at=at, reason=ground)


def _that_holds(before: Decision, newest: Decision, *, at: datetime) -> Decision:
    """Return the decision about what stands again: what ended or was hidden meanwhile does not show again."""
    stays = has_ended(newest, at=at) or newest.outcome in HIDDEN_FOR_A_TIME
    return newest if stays else before


def _decisions_for(versions: Sequence[Entry]) -> dict[UUID, Decision]:
    """Return the newest decision taken for each version."""
    taken = Decision.objects.filter(
        subject_id__in={entry.subject_id for entry in versions}, entry_id__in={entry.id for entry in versions}
    )
    return {decision.entry_id: decision for decision in taken.order_by("decided_at", "id")}
