"""Opening a case: one application about any number of records, whatever its kind and wherever it came in.

Sent twice with one form it is one case. What each kind asks for besides is its own procedure's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongxin.core.cases import NO_WORDS, Entry, Kind, KindOfCase, Who, Words, kind_of_case
from gongxin.core.deadlines import counts_from_application
from gongxin.core.free_text import without_hidden_characters
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_clocks import start
from gongxin.flows.case_steps import put_on_axis, write_step
from gongxin.registry.accounts.queries import successor_of
from gongxin.registry.cases.models import Case, Evidence, Part, Point
from gongxin.registry.cases.queries import case_of_form, next_number, open_parts_of
from gongxin.registry.ids import fresh_id
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.subjects.clusters import subject_ids_of


class NotOpenHere(Exception):
    """A case of this kind does not come in this way."""


class NothingAsked(Exception):
    """A case of this kind names at least one record."""


class AlreadyOpen(Exception):
    """A case of this kind about this record is open already; `case_id` is it."""

    def __init__(self, record_id: UUID, case_id: UUID) -> None:
        super().__init__(record_id.hex)
        self.record_id, self.case_id = record_id, case_id


class NotAbout(Exception):
    """This kind of case is not about such a record: it is not adverse, or was withdrawn."""

    def __init__(self, record_id: UUID) -> None:
        super().__init__(record_id.hex)
        self.record_id = record_id


class AnotherForm(Exception):
    """This form's number belongs to a case about another subject, or of another kind."""


@dataclass(frozen=True, slots=True)
class NewPoint:
    """One thing contested: a field (none: the record as a whole), what would be right, and why."""

    field: str = ""
    held: str = ""
    claimed: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about one record. `waits_until` is the day a repair can begin, where it has not come.

    `facts` are what the notice of it says besides what every notice says.
    """

    record_id: UUID | None
    wish: str = ""
    points: tuple[NewPoint, ...] = ()
    waits_until: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A paper that lies sealed already (`flows.evidence`)."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int
    digest: str
    wrapped_key: bytes


@dataclass(frozen=True, slots=True)
class Application:
    """One application as it came in, checked by the procedure of its kind."""

    kind: Kind
    subject_id: UUID
    asked: Sequence[Asked]
    form_id: UUID
    entry: Entry
    statement: str = ""
    commitment: str = ""
    evidence: Sequence[NewEvidence] = ()
    external_number: str = ""
    sealed_applicant: bytes | None = None
    receipt_hash: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)  # kept with the first step of each part
    words: Words = NO_WORDS  # why and on what basis, where a body itself proposes
    begun_on: date | None = None  # the day from which its limits run, where it is not the day it comes in
    applied_on: date | None = None  # when another site took it in; limits from the application count from it


def open_case(application: Application, *, who: Who, at: datetime) -> tuple[Case, bool]:
    """Open a case inside the running transaction, as the one writer; return it and whether it is new.

    Raises NotOpenHere, NothingAsked, NotAbout, AlreadyOpen, AnotherForm, NoSuchRecord.
    """
    before = case_of_form(application.form_id)
    if before is not None:
        if (before.kind, before.subject_id) != (application.kind.value, application.subject_id):
            raise AnotherForm(application.form_id.hex)
        return before, False
    kind = kind_of_case(application.kind)
    if application.entry not in kind.opened_by:
        raise NotOpenHere(f"{kind.kind} at {application.entry}")
    if not application.asked:
        raise NothingAsked(kind.kind)
    records = [_record(kind, application, one) for one in application.asked]
    case = _case(application, who, at)
    _keep_evidence(case, application.evidence, who, at)
    for one, record in zip(application.asked, records, strict=True):
        _open_part(kind, case, one, record, application, who=who, at=at, facts=one.facts)
    return case, True


def _record(kind: KindOfCase, application: Application, asked: Asked) -> Version | None:
    """Return the record that is asked about. Raises NotAbout, AlreadyOpen, NothingAsked, NoSuchRecord."""
    if asked.record_id is None:
        if kind.about != "anything":
            raise NothingAsked(kind.kind)
        return None
    record = current_entry(application.subject_id, asked.record_id)
    withdrawn = record.kind == KindOfVersion.WITHDRAWAL.value
    if (withdrawn and kind.about != "ended") or (kind.about in {"adverse", "listed"} and not record.adverse):
        raise NotAbout(asked.record_id)
    subject_ids = subject_ids_of(application.subject_id)
    for part in open_parts_of(subject_ids, asked.record_id, kind=kind.kind.value):
        raise AlreadyOpen(asked.record_id, part.case_id)
    return record


def _case(application: Application, who: Who, at: datetime) -> Case:
    year = legal_day(at).year
    return Case.objects.create(
        subject_id=application.subject_id,
        id=fresh_id(at=at),
        kind=application.kind.value,
        year=year,
        number=next_number(application.kind.value, year),
        form_id=application.form_id,
        entry=application.entry.value,
        external_number=application.external_number,
        statement=_as_kept(application.statement),
        commitment=without_hidden_characters(application.commitment),
        sealed_applicant=application.sealed_applicant,
        receipt_hash=application.receipt_hash,
        opened_at=at,
        opened_by=who.actor.written,
    )


def _open_part(
    kind: KindOfCase,
    case: Case,
    asked: Asked,
    record: Version | None,
    application: Application,
    *,
    who: Who,
    at: datetime,
    facts: Mapping[str, Any],
) -> None:
    waits = asked.waits_until is not None and kind.waits is not None
    begins = kind.waits if waits and kind.waits is not None else kind.begins
    part = Part.objects.create(
        # Of merged subjects the one to which the record was posted: its references carry that.
        subject_id=case.subject_id if record is None else record.subject_id,
        id=fresh_id(at=at),
        case_id=case.id,
        kind=case.kind,
        record_id=asked.record_id,
        class_id=record.class_id if record else "",
        state=begins.to,
        responsible=successor_of(record.agency) if record else None,
        waits_until=asked.waits_until if waits else None,
        wish=asked.wish,
    )
    _keep_points(part, asked.points, at)
    for limit in begins.starts:
        start(part, limit, at=at, on=_begins_on(application, limit.name))
    put_on_axis(part, begins.value, actor=who.actor.written, ground=f"{case.kind}/open", at=at)
    words = replace(application.words, detail={**application.words.detail, **application.detail})
    write_step(case, part, "open", "", who=who, words=words, at=at, facts=facts)


def _begins_on(application: Application, limit: str) -> date | None:
    """Return the day a limit of a new case runs from, where it is not the day it comes in."""
    if application.applied_on is not None and counts_from_application(limit):
        return application.applied_on
    return application.begun_on


def _keep_points(part: Part, points: Sequence[NewPoint], at: datetime) -> None:
    Point.objects.bulk_create(
        Point(
            subject_id=part.subject_id,
            id=fresh_id(at=at),
            part_id=part.id,
            place=place,
            field=point.field,
            held=point.held,
            claimed=_as_kept(point.claimed),
            said=_as_kept(point.said),
        )
        for place, point in enumerate(points, start=1)
    )


def _as_kept(text: str) -> str:
    return mask_personal_numbers(without_hidden_characters(text))


def _keep_evidence(case: Case, evidence: Sequence[NewEvidence], who: Who, at: datetime) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            subject_id=case.subject_id, id=one.id, case_id=case.id, name=one.name, media_type=one.media_type,
            size_bytes=one.size_bytes, digest=one.digest, wrapped_key=one.wrapped_key, kept_at=at,
            by=who.actor.written,
        )
        for one in evidence
    )  # fmt: skip
