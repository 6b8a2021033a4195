"""An agency's file from arrival to the end: received, checked, posted; or recalled again.

The Submission row is the durable state machine. Whatever dies in between, the next worker goes on
from the last committed step: the check is begun again, the posting continues after its watermark.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass
from gongxin.core.column_mapping import ColumnMapping, parse_column_mapping
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.submissions import NotAStep, State
from gongxin.core.succession import Succession
from gongxin.engine.check import CheckOutcome, check_file
from gongxin.engine.named_in import counted_in
from gongxin.engine.readers.table import FileRefused
from gongxin.flows import corrections, faults, lease
from gongxin.flows.inherited_mapping import inherited_mapping
from gongxin.flows.lease import Clock, Progress
from gongxin.flows.mappings import remembered_mapping
from gongxin.flows.post import post_submission
from gongxin.flows.recall import take_back
from gongxin.flows.submission_audit import sender, write_audit
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of, succeeded_codes, successor_of
from gongxin.registry.catalogue.queries import (
    active_class,
    active_edition_number,
    class_checked_by,
    classes_checked_by,
)
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake import spool as spools
from gongxin.registry.intake.models import SavedMapping, Submission
from gongxin.registry.sealing import SealingWriter


class IdempotencyConflict(Exception):
    """This idempotency key was used before for another file."""

    def __init__(self, submission_id: UUID) -> None:
        super().__init__(str(submission_id))
        self.submission_id = submission_id


def receive(
    *,
    agency: Agency,
    class_id: str,
    file_name: str,
    spool: SealingWriter,
    mapping: dict[str, Any] | None,
    idempotency_key: str | None,
    actor: Actor,
    at: datetime,
    on: date,
    check_first: bool = False,
    corrects: Submission | None = None,
) -> Submission:
    """Accept a sealed file as a submission, in one transaction; with `check_first` it waits to be confirmed.

    What is sent for an agency that another succeeded is the successor's, and says so.

    A known idempotency key with the same bytes answers with the submission it made; with other
    bytes it raises IdempotencyConflict. Raises UnknownClass for a class the catalogue does not have, and
    NotItsCorrection where `corrects` is another agency's or of another class.
    """
    information_class = active_class(class_id, on=on)
    named, agency = agency, successor_of(agency)
    told = [_sent_for(named, agency)] if named.id != agency.id else []
    original = corrections.original_of(corrects, agency_id=agency.id, class_id=information_class.id)
    earlier = _earlier(agency, idempotency_key, information_class.id, spool)
    if earlier is not None:
        spool.discard()
        return earlier
    submission_id = fresh_id(at=at)
    spool.path = spool.path.rename(spools.spool_path(submission_id))
    with transaction.atomic():
        return _written(
            spool,
            actor,
            id=submission_id,
            agency=agency,
            sent_for=named.code if told else "",
            successions=told,
            class_id=information_class.id,
            edition=active_edition_number(on=on),
            file_name=mask_personal_numbers(file_name)[:200],
            mapping=mapping,
            check_first=check_first,
            corrects=original,
            idempotency_key=idempotency_key,
            received_at=at,
            on=on,
        )


def _sent_for(named: Agency, agency: Agency) -> dict[str, Any]:
    return Succession(named.code, named.name, agency.code, agency.name).as_json()


def _written(spool: SealingWriter, actor: Actor, **values: Any) -> Submission:
    """Write the row that promises the file will be worked on, and record its arrival."""
    submission = Submission.objects.create(
        file_bytes=spool.size,
        file_hash=spool.digest,
        spool_key=spool.wrapped_key,
        actor_kind=actor.kind.value,
        actor=actor.name,
        state=State.RECEIVED.value,
        **values,
    )
    detail = {"class": submission.class_id, "agency": submission.agency.code, "bytes": spool.size}
    write_audit(submission, "submission.received", actor=actor, at=submission.received_at, detail=detail)
    return submission


def _earlier(
    agency: Agency, idempotency_key: str | None, class_id: str, spool: SealingWriter
) -> Submission | None:
    if idempotency_key is None:
        return None
    earlier = Submission.objects.filter(
        agency_id__in=agencies_of(agency), idempotency_key=idempotency_key
    ).first()
    if earlier is not None and (earlier.file_hash, earlier.class_id) != (spool.digest, class_id):
        raise IdempotencyConflict(earlier.id)
    return earlier


def advance(
    *, submission_id: UUID, worker: str, clock: Clock, progress: Progress | None = None
) -> Submission:
    """Take a submission, whose lease `worker` holds, to its end.

    Raises LeaseLost if another worker took over meanwhile; `progress` may raise Stopped to leave
    between two steps, and the next worker goes on at once; any other failure gives the lease back
    and leaves the submission where it stood, to be tried again or, after too many tries, stopped.
    """
    try:
        _advance(_fresh(submission_id), worker, clock, progress)
    except lease.LeaseLost:
        raise
    except lease.Stopped:
        lease.release(submission_id=submission_id, worker=worker, until=None, attempts=F("attempts") - 1)
        raise
    except Exception as error:
        _give_back(submission_id, worker, error, clock)
        raise
    return _fresh(submission_id)


def _fresh(submission_id: UUID) -> Submission:
    return Submission.objects.select_related("agency").get(id=submission_id)


def _advance(submission: Submission, worker: str, clock: Clock, progress: Progress | None) -> None:
    if submission.attempts > faults.MOST_TRIES:
        faults.stop(submission=submission, worker=worker, failures=submission.failures, at=clock())
        return
    if submission.state == State.RECEIVED:
        submission = _check(submission, worker, clock, progress)
    if submission.state == State.RECALLING:
        take_back(submission=submission, worker=worker, clock=clock, progress=progress)
    elif submission.state == State.CHECKED and submission.check_first:
        lease.release(submission_id=submission.id, worker=worker, until=None)
    elif submission.state in {State.CHECKED, State.POSTING}:
        information_class = class_checked_by(submission.class_id, edition=submission.edition)
        post_submission(
            submission=submission,
            information_class=information_class,
            worker=worker,
            clock=clock,
            progress=progress,
        )


def confirm(*, submission: Submission, actor: Actor, at: datetime) -> None:
    """Let a submission that was checked first be posted. Raises NotAStep if it does not wait for that."""
    with transaction.atomic():
        waiting = Submission.objects.filter(id=submission.id, state=State.CHECKED.value, check_first=True)
        if waiting.update(check_first=False) != 1:
            raise NotAStep(f"{submission.state} -> {State.POSTING}")
        write_audit(submission, "submission.confirmed", actor=actor, at=at)


def _give_back(submission_id: UUID, worker: str, error: Exception, clock: Clock) -> None:
    try:
        faults.give_back(submission=_fresh(submission_id), worker=worker, error=error, at=clock())
    except Exception:  # noqa: BLE001 (the database itself may be gone; the lease then simply runs out)
        return


def _check(submission: Submission, worker: str, clock: Clock, progress: Progress | None) -> Submission:
    def noted(rows: int) -> None:
        lease.renew(submission_id=submission.id, worker=worker, at=clock(), progress_rows=rows)
        if progress is not None:
            progress("check", rows, 0)

    information_class = class_checked_by(submission.class_id, edition=submission.edition)
    try:
        outcome, saved = _check_rows(submission, information_class, noted)
    except FileRefused as refused:
        _mark_refused(submission, refused, worker, clock())
    else:
        _mark_checked(submission, outcome, worker, clock(), saved)
    spools.erase_spool(submission.id)
    return _fresh(submission.id)


def _check_rows(
    submission: Submission, information_class: InformationClass, noted: Callable[[int], None]
) -> tuple[CheckOutcome, SavedMapping | None]:
    folder = spools.fresh_folder(submission.id)
    with spools.open_spool(submission) as source:
        mapping, saved = _mapping_of(submission, source)
        outcome = check_file(
            source,
            filename=submission.file_name,
            information_class=information_class,
            mapping=mapping,
            on=submission.on,
            keep=folder,
            progress=noted,
            others=lambda: classes_checked_by(submission.edition),
        )
    noted(outcome.rows)  # still ours: the folder below may be another worker's otherwise
    spools.keep(submission.id, folder)
    return outcome, saved


def _mapping_of(submission: Submission, source: BinaryIO) -> tuple[ColumnMapping | None, SavedMapping | None]:
    """Return how the columns are read: as sent with the file, else with what it corrects, else as saved."""
    if submission.mapping:
        return parse_column_mapping(json.dumps(submission.mapping)), None  # JSON is YAML
    file_name = submission.file_name
    inherited = inherited_mapping(source=source, file_name=file_name, corrects=submission.corrects)
    if inherited is not None:
        return inherited, None
    agency, class_id = submission.agency, submission.class_id
    found = remembered_mapping(source=source, file_name=file_name, agency=agency, class_id=class_id)
    return (found.mapping, found.saved) if found else (None, None)


def _mark_checked(
    submission: Submission, outcome: CheckOutcome, worker: str, at: datetime, saved: SavedMapping | None
) -> None:
    original = corrections.recognised(outcome.batch, submission)
    named = _predecessors_named(submission)
    with transaction.atomic():
        _swap(
            submission,
            worker,
            state=State.CHECKED.value,
            spool_key=None,
            checked_at=at,
            attempts=1,
            failures=0,
            progress_rows=outcome.rows,
            rows=outcome.rows,
            accepted=outcome.accepted,
            rejected=outcome.rejected,
            out_of_scope=outcome.out_of_scope,
            warnings=outcome.warnings,
            problems=dict(outcome.problems),
            unchanged=outcome.folded,
            corrects=original,
            saved_mapping=saved,
            successions=[*submission.successions, *named],
        )
        write_audit(
            submission,
            "submission.checked",
            actor=sender(submission),
            at=at,
            detail={"rows": outcome.rows, "accepted": outcome.accepted},
        )


def _predecessors_named(submission: Submission) -> list[dict[str, Any]]:
    """Return, for the sender, the deciding bodies the accepted rows name that another succeeded since."""
    gone = succeeded_codes()
    field = class_checked_by(submission.class_id, edition=submission.edition).role("deciding_body_code")
    if not gone or field is None:
        return []
    named = counted_in(spools.kept_folder(submission.id), field=field, among=gone)
    return [_named_in(gone[code], successor_of(gone[code]), rows) for code, rows in named.items()]


def _named_in(body: Agency, now: Agency, rows: int) -> dict[str, Any]:
    return Succession(body.code, body.name, now.code, now.name, rows).as_json()


def _mark_refused(submission: Submission, refused: FileRefused, worker: str, at: datetime) -> None:
    with transaction.atomic():
        _swap(
            submission,
            worker,
            state=State.REFUSED.value,
            spool_key=None,
            done_at=at,
            lease_until=None,
            refusal_code=refused.code,
            refusal_zh=refused.message.zh,
            refusal_en=refused.message.en,
        )
        write_audit(
            submission, "submission.refused", actor=sender(submission), at=at, detail={"code": refused.code}
        )


def _swap(submission: Submission, worker: str, **values: Any) -> None:
    changed = Submission.objects.filter(id=submission.id, state=submission.state, lease_owner=worker).update(
        **values
    )
    if changed != 1:
        raise lease.LeaseLost(str(submission.id))
