"""Correcting a record: a new version of it, checked as an arriving row is, its publication decided anew.

What ended never shows again, and nothing shows longer than it would have before: a correction may take
from a publication, not add to it. A record keeps its address also when its number was what was wrong.
Source: Henan regulation arts 41, 42; law-decisions 5, 6, 15, 16.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.core import ledger as versions
from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass, Severity
from gongxin.core.disclosure import Outcome
from gongxin.core.kept_clocks import PERIOD_OVER
from gongxin.core.ledger import Kind, content_fields
from gongxin.core.legal_day import legal_day
from gongxin.core.notices import CORRECTED
from gongxin.core.one_record import asked_fields
from gongxin.engine.accepted import SUBJECT_ROLES, AcceptedRow
from gongxin.engine.one_record import Fault, check_record, read_record
from gongxin.flows.attach_listing import attach_to
from gongxin.flows.case_steps import OnePersonTwice
from gongxin.flows.change_publication import newest_decisions
from gongxin.flows.decided_anew import decided_anew
from gongxin.flows.notify import tell_of_records
from gongxin.flows.publish import TERM_ROLES, DecisionMaker, NoBasisInForce, PlannedDecision
from gongxin.flows.repair_days import ask_anew
from gongxin.flows.withdraw import version
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import active_edition_number, classes_by_id
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger import bulk as ledger
from gongxin.registry.ledger.models import Entry
from gongxin.registry.log import bulk as log
from gongxin.registry.publication import bulk as publication
from gongxin.registry.publication.models import Decision
from gongxin.registry.quality.bulk import count_again

# Whom a record is about is no slip of the pen: it is withdrawn and sent about the right one.
WHOSE = (*SUBJECT_ROLES[:-1], "profession")
CORRECTIONS = frozenset({Kind.CLERICAL, Kind.SUBSTANTIVE})


class NotStanding(Exception):
    """The record was withdrawn or erased: there is nothing to correct."""


class NotAField(Exception):
    """The class has no such field that may be corrected."""


class AboutAnother(Exception):
    """The correction would say that the record is about another subject: withdraw it and send it anew."""


class NothingCorrected(Exception):
    """The record says this already."""


class AnotherRecordThere(Exception):
    """Another record of the subject bears this number already."""


class FieldsAtFault(Exception):
    """The corrected record breaks rules of its class; `faults` says which, where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults


def correct_entry(
    entry: Entry,
    fields: Mapping[str, str],
    *,
    kind: Kind,
    ground: str,
    proposed_by: str,
    decided_by: Actor,
    at: datetime,
) -> Entry:
    """Correct `fields` of a current version inside the running transaction, as the one writer.

    A field is emptied by an empty text. Raises OnePersonTwice, NotStanding, NotAField, AboutAnother,
    NoBasisInForce, FieldsAtFault, NothingCorrected, AnotherRecordThere.
    """
    if kind not in CORRECTIONS:
        raise ValueError(kind)
    if proposed_by == decided_by.written:
        raise OnePersonTwice
    row, information_class = corrected_row(entry, fields, at=at)
    key = _key_after(entry, row, fields, information_class)
    newest = newest_decisions([entry]).get(entry.record_id)
    decision = _planned(newest, row, information_class, at)
    _write(entry, row, key, decision, newest, kind=kind, ground=ground, by=(proposed_by, decided_by), at=at)
    write_event(
        actor=decided_by,
        action="record.corrected",
        object_kind="record",
        object_id=entry.record_id.hex,
        at=at,
        detail={"kind": kind.value, "ground": ground, "proposed_by": proposed_by, "fields": sorted(fields)},
    )
    ask_anew([(entry.subject_id, entry.record_id)], at=at)
    return Entry.objects.get(subject_id=entry.subject_id, id=UUID(row.entry_id))


def corrected_row(
    entry: Entry, fields: Mapping[str, str], *, at: datetime, language: str = "zh"
) -> tuple[AcceptedRow, InformationClass]:
    """Return the record as it would read with `fields` corrected, and its class of that day.

    Writes nothing. Raises NotStanding, NotAField, AboutAnother, NoBasisInForce, FieldsAtFault,
    NothingCorrected.
    """
    if entry.kind == Kind.WITHDRAWAL or entry.content is None:
        raise NotStanding(entry.record_id.hex)
    on = legal_day(at)
    information_class = classes_by_id(on=on).get(entry.class_id)
    if information_class is None:
        raise NoBasisInForce(entry.class_id)
    said = content_fields(entry.content)
    changed = {key: text for key, text in fields.items() if text != said.get(key, "")}
    _refuse_what_is_no_correction(changed, information_class)
    values = {**said, **changed}
    faults = check_record(values, information_class=information_class, on=on, language=language)
    if wrong := [fault for fault in faults if fault.severity is not Severity.WARNING]:
        raise FieldsAtFault(wrong)
    row = read_record(
        values, information_class=information_class, fact_roles=TERM_ROLES,
        missing={"deciding_body_code": _deciding_code(entry)}, on=on, at=at,
    )  # fmt: skip
    if row.content_hash == entry.content_hash:
        raise NothingCorrected(entry.record_id.hex)
    return row, information_class


def _refuse_what_is_no_correction(changed: Mapping[str, str], information_class: InformationClass) -> None:
    asked = {field.key for field in asked_fields(information_class)}
    if unknown := sorted(changed.keys() - asked):
        raise NotAField(", ".join(unknown))
    whose = {information_class.roles.get(part, part) for part in WHOSE}
    if about := sorted(changed.keys() & whose):
        raise AboutAnother(", ".join(about))


def _deciding_code(entry: Entry) -> str:
    """Return what stood for the deciding body when the record came, where its row named none."""
    first = Entry.objects.filter(
        subject_id=entry.subject_id, record_id=entry.record_id, submission__isnull=False
    )
    sent = first.select_related("submission__agency").order_by("recorded_at").first()
    return sent.submission.deciding_code if sent and sent.submission else entry.agency.code


def _key_after(
    entry: Entry, row: AcceptedRow, fields: Mapping[str, str], information_class: InformationClass
) -> str:
    """Return the record's key: its own unless what makes it was corrected. Raises AnotherRecordThere."""
    making = {information_class.roles.get(part, part) for part in information_class.key}
    if not making & fields.keys() or row.key == entry.record_key:
        return entry.record_key
    address = (entry.subject_id.hex, row.key)
    if address in ledger.current_entries([address]):
        raise AnotherRecordThere(row.document_number or "")
    return row.key


def _planned(
    newest: Decision | None, row: AcceptedRow, information_class: InformationClass, at: datetime
) -> PlannedDecision:
    """Return what the law says of the corrected facts today; what waits for a person goes on waiting."""
    waits = newest is not None and newest.outcome == Outcome.PENDING
    held = newest.reason if newest is not None and waits else ""
    return DecisionMaker(information_class).decide(row.facts, held=held, on=legal_day(at))


def _write(
    entry: Entry,
    row: AcceptedRow,
    key: str,
    decision: PlannedDecision,
    newest: Decision | None,
    *,
    kind: Kind,
    ground: str,
    by: tuple[str, Actor],
    at: datetime,
) -> None:
    moment, (subject, record) = bulk.instant(at), (entry.subject_id.hex, entry.record_id.hex)
    ledger.supersede([(subject, entry.id.hex)], moment)
    made = _version(entry, row, key, decision, kind=kind, ground=ground, by=by, at=at)
    ledger.append([tuple(made[name] for name in ledger.ENTRY_COLUMNS)])
    attach_to(made, proposed_by=by[0], decided_by=by[1].written, at=at)
    if key != entry.record_key:
        ledger.leave_fingerprints([(subject, entry.record_key, record, entry.class_id, "correction", moment)])
    taken = decided_anew(
        newest, decision, at=at,
        told={"subject_id": subject, "id": fresh_id(at=at).hex, "record_id": record, "entry_id": row.entry_id,
              "decided_by": by[1].written},
    )  # fmt: skip
    publication.append([tuple(taken[name] for name in publication.DECISION_COLUMNS)])
    if (taken["outcome"], taken["reason"]) == (Outcome.ENDED, PERIOD_OVER):
        ledger.leave_fingerprints([(subject, key, record, entry.class_id, "expiry", moment)])
    if entry.adverse and taken["outcome"] != Outcome.PENDING:
        told = (subject, str(taken["id"]), record, CORRECTED)
        tell_of_records([told], by=by[1].written, at=at, reason=ground)
    hidden = int(taken["outcome"] != Outcome.PUBLISHED or taken["audience"] != "public")
    commitment = versions.commitment(row.salt, record, row.content_hash)
    log.append([(row.entry_id, subject, record, commitment, row.salt, hidden)], kind="corrected", at=moment)
    count_again([(subject, record)], at=at)


def _version(
    entry: Entry,
    row: AcceptedRow,
    key: str,
    decision: PlannedDecision,
    *,
    kind: Kind,
    ground: str,
    by: tuple[str, Actor],
    at: datetime,
) -> dict[str, Any]:
    """Return the new version. It stays with the batch that brought the record, so that a recall finds it."""
    before = version(
        entry, row.entry_id, ground=ground, proposed_by=by[0], decided_by=by[1].written, at=at, kind=kind,
        sent_in=entry,
    )  # fmt: skip
    return {
        **dict(zip(ledger.ENTRY_COLUMNS, before, strict=True)),
        "record_key": key,
        "edition": active_edition_number(on=legal_day(at)),
        "content": row.content,
        "content_hash": row.content_hash,
        "salt": row.salt,
        "decided_on": row.decided_on,
        "served_on": row.served_on,
        "usable_from": decision.usable_from,
        "document_number": row.document_number or "",
    }
