"""Withdrawing one record, as every procedure that does so does it in the end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.flows.withdraw import withdraw_entries
from gongxin.registry import bulk
from gongxin.registry.ledger.queries import current_entry


def withdraw_record(
    *, subject_id: UUID, record_id: UUID, ground: str, proposed_by: Actor, decided_by: Actor, at: datetime
) -> None:
    with transaction.atomic():
        bulk.one_writer()
        withdraw_entries(
            [current_entry(subject_id, record_id)], ground=ground, proposed_by=proposed_by.written,
            decided_by=decided_by.written, at=at,
        )  # fmt: skip
