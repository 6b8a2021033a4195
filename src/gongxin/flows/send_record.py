"""Sending one record that was filled in by hand: a submission of one row, by the way of every file."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass
from gongxin.core.one_record import record_line
from gongxin.flows.drafts import draft_as_seen, let_go
from gongxin.flows.submit import IdempotencyConflict, receive
from gongxin.registry.accounts.models import Agency
from gongxin.registry.intake.drafts import form_key, submission_of_form
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import new_spool
from gongxin.registry.sealing import SealingWriter


def send_record(
    *,
    form_id: UUID,
    agency: Agency,
    information_class: InformationClass,
    values: Mapping[str, str],
    name: str,
    draft_version: int,
    actor: Actor,
    at: datetime,
    on: date,
) -> Submission:
    """Accept the record as a submission, and let its draft go, in one transaction.

    A form that has sent the same before answers with that submission; one that has sent something
    else raises IdempotencyConflict. Raises DraftChanged if its draft was changed in another window.
    """
    draft = draft_as_seen(
        draft_id=form_id, agency=agency, values=values, version=draft_version, actor=actor, at=at
    )
    spool = _sealed(record_line(information_class, values))
    try:
        with transaction.atomic():
            submission = receive(
                agency=agency,
                class_id=information_class.id,
                file_name=name,
                spool=spool,
                mapping=None,
                idempotency_key=form_key(form_id),
                actor=actor,
                at=at,
                on=on,
            )
            if draft is not None:
                let_go(draft)
    except IntegrityError:
        spool.discard()
        # The other press of the button was quicker.
        earlier = submission_of_form(form_id, agency_id=agency.id)
        if earlier is None:
            raise
        if earlier.file_hash != spool.digest:
            raise IdempotencyConflict(earlier.id) from None
        return earlier
    except BaseException:
        spool.discard()
        raise
    return submission


def _sealed(line: bytes) -> SealingWriter:
    spool = new_spool()
    try:
        spool.write(line)
        spool.close()
    except OSError:
        spool.discard()
        raise
    return spool
