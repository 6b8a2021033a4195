"""A case taken down at the counter for a subject, on the paper that whoever came has shown.

Which procedure opens it is by its kind; what was shown is kept with its first step.
Source: law-decisions 15.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.core.cases import Entry, Kind, Who, kind_of_case
from gongxin.core.leaks import mask_personal_numbers
from gongxin.flows.ask_further import ask_further
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewEvidence
from gongxin.flows.reorganise import Ruling, RulingMissing, ask_for_reorganisation
from gongxin.flows.repair import ask_for_repair
from gongxin.registry.cases.models import Case

# Who is not the subject shows no power of attorney: they have a form of their own.
COUNTER_KINDS = tuple(
    kind
    for kind in Kind
    if Entry.COUNTER in kind_of_case(kind).opened_by and kind is not Kind.NOT_THE_SUBJECT
)


class NothingShown(Exception):
    """Whoever asks for a subject shows that they act for it."""


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What an officer wrote down: the kind, the records with what is asked of each, and the paper shown."""

    kind: Kind
    subject_id: UUID
    asked: Sequence[Asked]
    form_id: UUID
    statement: str
    shown: str
    evidence: Sequence[NewEvidence]
    ruling: Ruling | None = None


def take_down(said: TakenDown, *, who: Who, at: datetime) -> Case:
    """Open a case at the counter; sent twice with one form it is one case.

    Raises NothingShown, and what the procedure of its kind raises.
    """
    if not said.shown.strip():
        raise NothingShown
    given: dict[str, Any] = {
        "subject_id": said.subject_id, "form_id": said.form_id, "entry": Entry.COUNTER,
        "statement": said.statement, "evidence": said.evidence, "who": who, "at": at,
        "detail": {"shown": mask_personal_numbers(said.shown.strip())},
    }  # fmt: skip
    record_ids = [one.record_id for one in said.asked if one.record_id is not None]
    if said.kind is Kind.OBJECTION:
        return object_to(asked=said.asked, **given)
    if said.kind is Kind.REPAIR:
        return ask_for_repair(record_ids=record_ids, commitment=None, **given)
    if said.kind is Kind.REORGANISATION:
        if said.ruling is None:
            raise RulingMissing(("number", "court"))
        return ask_for_reorganisation(ruling=said.ruling, **given)
    return ask_further(said.kind, record_ids=record_ids, **given)
