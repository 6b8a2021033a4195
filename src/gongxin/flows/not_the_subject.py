"""冒名登记: a person named in a record says that they are not the subject. They need no account.

Who they are is sealed; whoever answers opens it for a reason that is written down. They ask what became of it
by the receipt they were given. The record is marked as contested at once. Source: law-decisions 19.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.cases import Entry, Kind, Party, Who, Words
from gongxin.core.cases.points import REMOVE
from gongxin.core.cases.reasons import taken_back
from gongxin.core.receipts import as_typed
from gongxin.flows.case_steps import part_to_step, take
from gongxin.flows.open_case import Application, Asked, NewEvidence, open_case
from gongxin.flows.silence import lift_silence
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Case, Step
from gongxin.registry.cases.queries import NoSuchCase, case_of_receipt, parts_of
from gongxin.registry.cases.receipts import Person, code_of_form, hash_of_code, person_in, sealed_person

# Whoever fills in the public form is nobody here, signed in or not.
ASKER = Who(Actor(ActorKind.JOB, "public-form"), Party.APPLICANT)


class NobodySaid(Exception):
    """Such a case says who asks, how they are reached, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever asked is given, once: with the code they ask what became of it."""

    case: Case
    code: str


def ask(
    *,
    subject_id: UUID,
    record_id: UUID,
    person: Person,
    statement: str,
    evidence: Sequence[NewEvidence],
    form_id: UUID,
    at: datetime,
    who: Who = ASKER,
    entry: Entry = Entry.PUBLIC,
) -> Receipt:
    """Take in that somebody named in a record is not its subject; a form sent again gets the same receipt.

    Raises NobodySaid, and what `open_case` raises.
    """
    if not (person.name.strip() and person.contact.strip() and statement.strip()):
        raise NobodySaid
    code = code_of_form(form_id)
    application = Application(
        kind=Kind.NOT_THE_SUBJECT,
        subject_id=subject_id,
        asked=[Asked(record_id, REMOVE)],
        form_id=form_id,
        entry=entry,
        statement=statement,
        evidence=evidence,
        sealed_applicant=sealed_person(form_id, person),
        receipt_hash=hash_of_code(code),
    )
    with transaction.atomic():
        bulk.one_writer()
        case, _ = open_case(application, who=who, at=at)
    return Receipt(case, code)


def case_by_receipt(code: str) -> Case:
    """Return the case a receipt's code belongs to. Raises NoSuchCase."""
    return case_of_receipt(hash_of_code(as_typed(code)))


@transaction.atomic
def read_person(*, case: Case, reason: str, actor: Actor, at: datetime) -> Person:
    """Return who asked, once it is written down who opened it and why. Raises NobodySaid, NoSuchCase."""
    if not reason.strip():
        raise NobodySaid
    write_event(
        actor=actor, action="case.person-read", object_kind="case", object_id=case.id.hex, at=at,
        detail={"reason": reason[:200]},
    )  # fmt: skip
    person = person_in(case)
    if person is None:
        raise NoSuchCase(case.id.hex)
    return person


def give_up(*, code: str, words: Words, at: datetime) -> Sequence[Step]:
    """Let whoever holds the receipt take back what is still open. Raises NoSuchCase."""
    case = case_by_receipt(code)
    with transaction.atomic():
        bulk.one_writer()
        still_open = [part for part in parts_of(case) if part.closed_at is None]
        said, steps = taken_back(case.kind, words), list[Step]()
        for part in still_open:
            steps += [take(*part_to_step(part.id, seen=None), "withdraw", who=ASKER, at=at, words=said)]
            lift_silence(part, decided_by=ASKER.actor.written, at=at)
        return steps
