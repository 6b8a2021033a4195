"""Closing what is still asked about records that have ended: nobody is left to decide it.

An objection, a repair, a review or suit of a record that was withdrawn, repaired or corrected away is
closed as overtaken, with reason, basis and remedy, and whoever asked is told.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from gongxin.core.actors import Actor
from gongxin.core.cases import Party, Who, Words, kind_of_case
from gongxin.core.cases.kinds import words_of_ending
from gongxin.flows.case_steps import take
from gongxin.registry.cases.models import Part
from gongxin.registry.cases.queries import case_of, open_parts_about
from gongxin.registry.ledger.models import Entry

RECORD_ENDED = "record-ended"


def close_parts_about(
    entries: Sequence[Entry], *, why: str, by: Actor, at: datetime, but: UUID | None = None
) -> int:
    """Close the open parts about these records inside the running transaction; return how many.

    `why` is `withdrawal`, `repair` or `correction`. `but` is the part whose own step ended the record, if
    one did. What is asked about ended records, such as a demand to archive them, goes on.
    """
    said = words_of_ending(why)
    words = Words(said.reason.zh, said.basis.zh, said.remedy.zh, detail={"because": why})
    overtaken = [part for part in open_parts_about(entries) if part.id != but and _ends_with_its_record(part)]
    for part in overtaken:
        take(case_of(part.case_id), part, RECORD_ENDED, who=Who(by, Party.CLOCK), at=at, words=words)
    return len(overtaken)


def _ends_with_its_record(part: Part) -> bool:
    steps = kind_of_case(part.kind).steps
    return any(one.act == RECORD_ENDED and part.state in one.sources for one in steps)
