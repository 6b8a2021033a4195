"""Appending a record that a person decided here: no batch brought it, and it is checked as if one had.

The record, its publication decision, its listing and its act in the log are written inside the running
transaction, as the one writer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gongxin.core.catalogue import InformationClass, Severity
from gongxin.core.ledger import Kind
from gongxin.core.legal_day import legal_day
from gongxin.engine.accepted import AcceptedRow
from gongxin.engine.one_record import check_record, read_record
from gongxin.flows.correct import AnotherRecordThere, FieldsAtFault
from gongxin.flows.publish import TERM_ROLES, DecisionMaker, PlannedDecision, same
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.catalogue.queries import active_edition_number
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry, Fingerprint
from gongxin.registry.log import bulk as log
from gongxin.registry.publication import bulk as publication


@dataclass(frozen=True, slots=True)
class Decided:
    """Whose record it is, of which class, decided for which body, proposed and decided by whom, and why."""

    subject_id: UUID
    information_class: InformationClass
    agency: Agency
    ground: str
    proposed_by: str
    decided_by: str


def append_record(decided: Decided, fields: Mapping[str, str], *, at: datetime) -> Entry:
    """Append a record that says `fields`. Raises FieldsAtFault, AnotherRecordThere."""
    row = _row(decided, fields, at)
    subject = decided.subject_id.hex
    _refuse_another(decided.subject_id, row.key)
    planned = DecisionMaker(decided.information_class).decide(row.facts, held="", on=legal_day(at))
    moment, class_id = bulk.instant(at), decided.information_class.id
    ledger.append([tuple(_version(decided, row, planned, at)[name] for name in ledger.ENTRY_COLUMNS)])
    columns = same(class_id=class_id, audience=planned.audience, actor=decided.decided_by, moment=moment)
    publication.append(
        [planned.row(subject, row.decision_id, row.entry_id, row.entry_id, moment)], same=columns
    )
    hidden = int(planned.shown_until is None)
    act = (row.entry_id, subject, row.entry_id, row.commitment, row.salt, hidden)
    log.append([act], kind="posted", at=moment)
    return Entry.objects.get(subject_id=decided.subject_id, id=UUID(row.entry_id))


def _row(decided: Decided, fields: Mapping[str, str], at: datetime) -> AcceptedRow:
    on, information_class = legal_day(at), decided.information_class
    faults = check_record(fields, information_class=information_class, on=on, language="zh")
    if wrong := [fault for fault in faults if fault.severity is not Severity.WARNING]:
        raise FieldsAtFault(wrong)
    return read_record(
        fields, information_class=information_class, fact_roles=TERM_ROLES,
        missing={"deciding_body_code": decided.agency.code}, on=on, at=at,
    )  # fmt: skip


def _refuse_another(subject_id: UUID, key: str) -> None:
    """Raise AnotherRecordThere where the subject has, or had, a record of this number."""
    address = (subject_id.hex, key)
    gone = Fingerprint.objects.filter(subject_id=subject_id, record_key=key)
    if address in ledger.current_entries([address]) or gone.exists():
        raise AnotherRecordThere(key)


def _version(decided: Decided, row: AcceptedRow, planned: PlannedDecision, at: datetime) -> dict[str, object]:
    return {
        "subject_id": decided.subject_id.hex,
        "id": row.entry_id,
        "record_id": row.entry_id,
        "record_key": row.key,
        "class_id": decided.information_class.id,
        "edition": active_edition_number(on=legal_day(at)),
        "adverse": decided.information_class.adverse,
        "kind": Kind.ORIGINAL.value,
        "content": row.content,
        "content_hash": row.content_hash,
        "salt": row.salt,
        "decided_on": row.decided_on,
        "served_on": row.served_on,
        "usable_from": planned.usable_from,
        "document_number": row.document_number or "",
        "held_reason": "",
        "ground": decided.ground[:200],
        "evidence_file": "",
        "proposed_by": decided.proposed_by,
        "decided_by": decided.decided_by,
        "agency_id": decided.agency.id.hex,
        "submission_id": None,
        "row": None,
        "recorded_at": bulk.instant(at),
    }
