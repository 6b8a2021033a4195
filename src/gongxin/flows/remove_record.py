"""Removing a record because a case decided so: it is withdrawn, and what else is asked about it is closed.

Who brought the case in has proposed it and who decides the case decides it: two persons.
"""

from datetime import datetime

from gongxin.core.cases import Who
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.flows.copies_of_ended import hold_copies_of
from gongxin.flows.end_of_record import close_parts_about
from gongxin.flows.withdraw import withdraw_entries
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Case, Part
from gongxin.registry.ledger.queries import current_entry


def remove_record(case: Case, part: Part, *, ground: str, who: Who, at: datetime) -> None:
    """Withdraw a part's record at this instant, inside the running transaction. Raises OnePersonTwice."""
    if who.actor.written == case.opened_by:
        raise OnePersonTwice(who.actor.written)
    if part.record_id is None:
        return
    entry = current_entry(part.subject_id, part.record_id)
    withdraw_entries([entry], ground=ground, proposed_by=case.opened_by, decided_by=who.actor.written, at=at)
    write_event(
        actor=who.actor, action="record.withdrawn", object_kind="record", object_id=entry.record_id.hex,
        at=at, detail={"case": case.id.hex, "proposed_by": case.opened_by},
    )  # fmt: skip
    close_parts_about([entry], why="withdrawal", by=who.actor, at=at, but=part.id)
    hold_copies_of(entry, by=who.actor, at=at)
