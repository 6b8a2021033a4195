"""The national site says that a record was repaired elsewhere; under its own number it says so once.

Such a status ends a publication and never restarts one. Source: law-decisions 15.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_steps import DecidedBeforeItsRecord
from gongxin.flows.decide_repair import repaired_elsewhere
from gongxin.flows.push_case import Held, NoSuchSubject, NotYet, PushedOtherwise, as_id
from gongxin.registry import bulk
from gongxin.registry.cases.models import RepairTold
from gongxin.registry.cases.queries import case_pushed, parts_of, repair_told
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.queries import NoSuchRecord, current_entry, subject_of_record
from gongxin.registry.subjects.queries import subject_of_code


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a repair: by which document of which body, on which day."""

    document: str
    body: str
    decided_on: date


def end_elsewhere(
    *,
    record: str,
    subject_code: str,
    told: Told,
    who: Who,
    at: datetime,
    external_number: str = "",
) -> tuple[UUID, bool]:
    """End a record that the national site says was repaired; return its id, and whether that ended it now.

    Told again under the same number it is the same, and ends nothing more.
    Raises NotYet, NoSuchSubject, NoSuchRecord; DecidedBeforeItsRecord for a repair older than what it would
    repair; PushedOtherwise for a number under which something else came.
    """
    if told.decided_on > legal_day(at):
        raise NotYet(told.decided_on.isoformat())
    kept = Told(mask_personal_numbers(told.document), mask_personal_numbers(told.body), told.decided_on)
    with transaction.atomic():
        bulk.one_writer()
        subject_id, record_id = _named(record, subject_code, at)
        if external_number and _came_before(external_number, record_id, kept):
            return record_id, False
        _refuse_repair_before_record(subject_id, record_id, kept.decided_on)
        ended = repaired_elsewhere(
            subject_id=subject_id, record_id=record_id, document=kept.document, body=kept.body,
            decided_on=kept.decided_on, by=who.actor, at=at,
        )  # fmt: skip
        if external_number:
            RepairTold.objects.create(
                subject_id=subject_id, id=fresh_id(at=at), external_number=external_number,
                record_id=record_id, document=kept.document, body=kept.body, decided_on=kept.decided_on,
                at=at, by=who.actor.written,
            )  # fmt: skip
        return record_id, ended


def _came_before(external_number: str, record_id: UUID, told: Told) -> bool:
    """Return whether this very repair was told under this number. Raises PushedOtherwise.

    The number of an application about the record may be that of its decision too.
    """
    before = repair_told(external_number)
    if before is not None:
        as_before = Told(before.document, before.body, before.decided_on)
        if (before.record_id, as_before) != (record_id, told):
            raise PushedOtherwise(external_number)
        return True
    application = case_pushed(external_number)
    if application is not None and record_id not in {part.record_id for part in parts_of(application)}:
        raise PushedOtherwise(external_number)
    return False


def _refuse_repair_before_record(subject_id: UUID, record_id: UUID, repaired_on: date) -> None:
    record_decided_on = current_entry(subject_id, record_id).decided_on
    if record_decided_on is not None and repaired_on < record_decided_on:
        raise DecidedBeforeItsRecord(repaired_on.isoformat())


def _named(record: str, subject_code: str, at: datetime) -> tuple[UUID, UUID]:
    """Return subject and id of a record named by its id, or by its number beside its subject's code."""
    if not subject_code:
        record_id = as_id(record)
        subject_id = subject_of_record(record_id) if record_id else None
        if record_id is None or subject_id is None:
            raise NoSuchRecord(mask_personal_numbers(record))
        return subject_id, record_id
    known = subject_of_code(subject_code, at=at)
    if known is None:
        raise NoSuchSubject
    view = Held(known, at).find(record)
    if view is None:
        raise NoSuchRecord(mask_personal_numbers(record))
    return view.subject_id, view.record_id
