"""An application that the national site, Credit China, took in and pushes here; the site asks for its answer.

The site's own number names it: pushed again it is the same case, and no other body may come under it. A
record that cannot be asked about is left out with its reason; the others are asked about.
Source: law-decisions 15, 16.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Who
from gongxin.core.cases.eligibility import WhyNot
from gongxin.core.cases.points import CORRECT, REMOVE
from gongxin.core.disclosure import Audience
from gongxin.core.document_numbers import normal_form
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.flows.objection import PointsNotInOrder, object_to
from gongxin.flows.open_case import AlreadyOpen, Asked, NewPoint, NotAbout
from gongxin.flows.repair import NotEligible, ask_for_repair
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import case_pushed, repair_told, steps_of_case
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

PUSHED_KINDS = (Kind.OBJECTION, Kind.REPAIR)
UNKNOWN, WITHDRAWN, POINTS = "unknown-record", "withdrawn", "points-not-in-order"
_FORMS = UUID("6f0c2c0e-51b4-5c40-9a43-6d9d0c5f1a77")  # of the site's numbers, so that each is one form


class NoSuchSubject(Exception):
    """Nobody here bears this code."""


class NotYet(Exception):
    """A day of the application, or of the decision, that has not come."""


class PushedOtherwise(Exception):
    """Another body came under this number before."""


class NothingLeft(Exception):
    """None of the records can be asked about; `refused` says why of each."""

    def __init__(self, refused: Sequence["RefusedRecord"]) -> None:
        super().__init__(", ".join(f"{one.record}: {one.why}" for one in refused))
        self.refused = tuple(refused)


@dataclass(frozen=True, slots=True)
class PushedPoint:
    """One thing contested, of one of the pushed records; no field: the record as a whole."""

    record: str
    field: str
    claimed: str
    said: str


@dataclass(frozen=True, slots=True)
class Pushed:
    """An application as it was pushed; `digest` is that of its body."""

    external_number: str
    kind: Kind
    subject_code: str
    records: tuple[str, ...]  # ids of records, or document numbers
    statement: str
    points: tuple[PushedPoint, ...]
    applied_on: date
    digest: str


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that was left out: as it was named, and why."""

    record: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The case, what was left out of it, and whether it is new."""

    case: Case
    refused: tuple[RefusedRecord, ...]
    is_new: bool


def push(pushed: Pushed, *, who: Who, at: datetime) -> Answer:
    """Open the case of a pushed application, or return the one it opened before.

    Raises PushedOtherwise, NoSuchSubject, NotYet, NothingLeft.
    """
    if pushed.applied_on > legal_day(at):
        raise NotYet(pushed.applied_on.isoformat())
    with transaction.atomic():
        bulk.one_writer()
        before = case_pushed(pushed.external_number)
        if before is not None:
            kept = _kept(before)
            if kept["digest"] != pushed.digest:
                raise PushedOtherwise(pushed.external_number)
            return Answer(before, refused_in(before), is_new=False)
        if repair_told(pushed.external_number) is not None:
            raise PushedOtherwise(pushed.external_number)
        subject_id = subject_of_code(pushed.subject_code, at=at)
        if subject_id is None:
            raise NoSuchSubject
        return _open(pushed, subject_id, who, at)


def refused_in(case: Case) -> tuple[RefusedRecord, ...]:
    """Return the records that were left out of a pushed case."""
    return tuple(RefusedRecord(one["record"], one["why"]) for one in _kept(case)["refused"])


class Held:
    """What is held about a subject, found by id or by document number."""

    def __init__(self, subject_id: UUID, at: datetime) -> None:
        self._views = records_of(subject_id, audience=Audience.SUBJECT, at=at)

    def find(self, named: str) -> RecordView | None:
        """Return the one record that is named so; none where two bear the same number."""
        wanted, number = as_id(named), normal_form(named)
        found = [
            view
            for view in self._views
            if view.record_id == wanted or (number and normal_form(view.document_number) == number)
        ]
        return found[0] if len(found) == 1 else None


def _open(pushed: Pushed, subject_id: UUID, who: Who, at: datetime) -> Answer:
    """Open the case about what can be asked about; each refusal leaves one record out and tries the rest."""
    held, refused, left = Held(subject_id, at), list[RefusedRecord](), dict[UUID, str]()
    for named in dict.fromkeys(pushed.records):
        view = held.find(named)
        if view is None:
            refused.append(_left_out(named, UNKNOWN))
        else:
            left.setdefault(view.record_id, named)
    ask: _Ask = _repair if pushed.kind is Kind.REPAIR else _objection
    while left:
        try:
            with transaction.atomic():
                case = ask(pushed, subject_id, left, _detail(pushed, refused), who, at)
        except _REFUSALS as no:
            record_id = no.record_id
            if record_id is None or record_id not in left:
                raise
            refused.append(_left_out(left.pop(record_id), _why(no)))
        else:
            return Answer(case, tuple(refused), is_new=True)
    raise NothingLeft(refused)


_REFUSALS = (NotEligible, AlreadyOpen, NotAbout, PointsNotInOrder)
_Refusal = NotEligible | AlreadyOpen | NotAbout | PointsNotInOrder
_Ask = Callable[[Pushed, UUID, Mapping[UUID, str], Mapping[str, Any], Who, datetime], Case]


def _repair(
    pushed: Pushed,
    subject_id: UUID,
    left: Mapping[UUID, str],
    detail: Mapping[str, Any],
    who: Who,
    at: datetime,
) -> Case:
    return ask_for_repair(
        subject_id=subject_id, record_ids=list(left), form_id=_form_of(pushed.external_number),
        entry=Entry.NATIONAL_SITE, statement=pushed.statement, commitment=None, evidence=[], who=who, at=at,
        external_number=pushed.external_number, applied_on=pushed.applied_on, detail=detail,
    )  # fmt: skip


def _objection(
    pushed: Pushed,
    subject_id: UUID,
    left: Mapping[UUID, str],
    detail: Mapping[str, Any],
    who: Who,
    at: datetime,
) -> Case:
    return object_to(
        subject_id=subject_id, asked=[_asked(pushed, record_id, named) for record_id, named in left.items()],
        form_id=_form_of(pushed.external_number), entry=Entry.NATIONAL_SITE, statement=pushed.statement,
        evidence=[], who=who, at=at, external_number=pushed.external_number, detail=detail,
    )  # fmt: skip


def _asked(pushed: Pushed, record_id: UUID, named: str) -> Asked:
    """Return what is asked about a record: its points, or with none that it be removed for what is said."""
    of_it = [one for one in pushed.points if one.record == named]
    points = tuple(NewPoint(one.field, "", one.claimed, one.said) for one in of_it)
    if not points:
        points = (NewPoint(said=pushed.statement[:2000]),)
    contests_all = any(not point.field for point in points)
    return Asked(record_id, REMOVE if contests_all else CORRECT, points)


def _why(no: _Refusal) -> str:
    if isinstance(no, NotEligible):
        told = no.eligible.why_not if no.eligible else WhyNot.NOT_ADVERSE
        return (told or WhyNot.OVER).value
    if isinstance(no, AlreadyOpen):
        return WhyNot.ASKED.value
    return WITHDRAWN if isinstance(no, NotAbout) else POINTS


def _left_out(named: str, why: str) -> RefusedRecord:
    return RefusedRecord(mask_personal_numbers(named), why)


def _detail(pushed: Pushed, refused: Sequence[RefusedRecord]) -> Mapping[str, Any]:
    left_out = [{"record": one.record, "why": one.why} for one in refused]
    told = {"digest": pushed.digest, "applied_on": pushed.applied_on.isoformat(), "refused": left_out}
    return {"pushed": told}


def _kept(case: Case) -> Mapping[str, Any]:
    """Return what was kept of the push with the first step."""
    found: Mapping[str, Any] = next(
        step.detail["pushed"] for step in steps_of_case(case) if "pushed" in step.detail
    )
    return found


def _form_of(external_number: str) -> UUID:
    return uuid5(_FORMS, external_number)


def as_id(named: str) -> UUID | None:
    """Return what is named as an id of a record, None where it is none."""
    try:
        return UUID(named)
    except ValueError:
        return None
