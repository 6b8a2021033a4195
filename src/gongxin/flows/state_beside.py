"""A subject says something beside one of its records, in its own words; everyone reads it with the record.

One statement stands per record: a new one takes the place of the last. It is no objection: nobody examines
it, and it changes nothing of the record. It leaves with the record, or when it is withdrawn.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.free_text import without_hidden_characters
from gongxin.core.leaks import holds_personal_number
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Statement
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.mandates.queries import may_act_for
from gongxin.registry.subjects.clusters import subject_ids_of

LONGEST = 500  # characters


class NothingSaid(Exception):
    """A statement says something."""


class TooLong(Exception):
    """A statement has at most 500 characters."""


class HoldsPersonalNumber(Exception):
    """Everyone reads a statement: no number or home of a person stands in it."""


class NoSuchStatement(Exception):
    """No statement stands beside this record."""


class ActsForAnother(Exception):
    """Whoever states acts for this subject at that moment, or not at all."""


def state_beside(
    *, subject_id: UUID, record_id: UUID, text: str, by: UUID, actor: Actor, at: datetime
) -> Statement:
    """Put a statement beside a record; one that stood there is withdrawn.

    `by` is the user who acts for the subject. Raises NothingSaid, TooLong, HoldsPersonalNumber,
    ActsForAnother, NoSuchRecord.
    """
    said = " ".join(without_hidden_characters(text).split())
    _refuse_text(said)
    with transaction.atomic():
        bulk.one_writer()
        _refuse_stranger(by, subject_id, at)
        entry = current_entry(subject_id, record_id)
        _withdraw(subject_id, record_id, at)
        statement = Statement.objects.create(
            subject_id=entry.subject_id, id=fresh_id(at=at), record_id=record_id, text=said, at=at,
            by=actor.written,
        )  # fmt: skip
        _audit("statement.made", record_id, actor, at)
    return statement


def withdraw_statement(*, subject_id: UUID, record_id: UUID, by: UUID, actor: Actor, at: datetime) -> None:
    """Take back what stands beside a record. Raises NoSuchStatement, ActsForAnother."""
    with transaction.atomic():
        bulk.one_writer()
        _refuse_stranger(by, subject_id, at)
        if not _withdraw(subject_id, record_id, at):
            raise NoSuchStatement(record_id.hex)
        _audit("statement.withdrawn", record_id, actor, at)


def _refuse_text(said: str) -> None:
    if not said:
        raise NothingSaid
    if len(said) > LONGEST:
        raise TooLong(str(len(said)))
    if holds_personal_number(said):
        raise HoldsPersonalNumber


def _refuse_stranger(by: UUID, subject_id: UUID, at: datetime) -> None:
    if not may_act_for(by, subject_id, at=at):
        raise ActsForAnother(subject_id.hex)


def _withdraw(subject_id: UUID, record_id: UUID, at: datetime) -> bool:
    standing = Statement.objects.filter(
        subject_id__in=subject_ids_of(subject_id), record_id=record_id, withdrawn_at=None
    )
    return standing.update(withdrawn_at=at) > 0


def _audit(action: str, record_id: UUID, actor: Actor, at: datetime) -> None:
    write_event(actor=actor, action=action, object_kind="record", object_id=record_id.hex, at=at)
