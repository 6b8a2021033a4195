"""Opening the further kinds of case: review of a listing, demand to archive, complaint about the platform,
and word of a review or a suit against a decision itself.

Source: Henan regulation arts 28, 44, 66, 69; law-decisions 9, 19.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Who
from gongxin.core.disclosure import Audience, Publication
from gongxin.core.legal_day import legal_day
from gongxin.flows.applicants import refuse_stranger
from gongxin.flows.case_steps import NOTHING
from gongxin.flows.open_case import Application, Asked, NewEvidence, NotAbout, open_case
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case
from gongxin.registry.cases.queries import was_refused
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.publication.queries import record
from gongxin.registry.subjects.clusters import subject_ids_of


class NotRefusedBefore(Exception):
    """The province reviews a listing only once its authority has refused an objection to it (art 28)."""


class NotEndedYet(Exception):
    """Only what has ended goes to the archive at its subject's demand (art 44)."""


class NothingSaid(Exception):
    """A complaint says what it is about, word of a proceeding names the authority and its number."""


def ask_further(
    kind: Kind,
    *,
    subject_id: UUID,
    record_ids: Sequence[UUID],
    form_id: UUID,
    entry: Entry,
    statement: str,
    evidence: Sequence[NewEvidence],
    who: Who,
    at: datetime,
    external_number: str = "",
    detail: Mapping[str, Any] = NOTHING,
) -> Case:
    """Open a case of one of these kinds; sent twice with one form it is one case.

    Raises NotTheirSubject, NothingSaid, NotRefusedBefore, NotEndedYet, NotAbout, and what `open_case` raises.
    """
    if not statement.strip():
        raise NothingSaid(kind)
    with transaction.atomic():
        bulk.one_writer()
        if entry is not Entry.SOURCE:
            refuse_stranger(subject_id, who=who, entry=entry, at=at)
        for record_id in record_ids:
            _refuse_unfit(kind, subject_id, record_id, at)
        application = Application(
            kind=kind,
            subject_id=subject_id,
            asked=[Asked(one) for one in record_ids] or [Asked(None)],
            form_id=form_id,
            entry=entry,
            statement=statement,
            evidence=evidence,
            external_number=external_number,
            detail=detail,
        )
        return open_case(application, who=who, at=at)[0]


def _refuse_unfit(kind: Kind, subject_id: UUID, record_id: UUID, at: datetime) -> None:
    if kind is Kind.LIST_REVIEW:
        _refuse_review(subject_id, record_id, on=legal_day(at))
    if kind is Kind.ARCHIVE_DEMAND:
        seen = record(subject_id, record_id, audience=Audience.SUBJECT, at=at)
        if seen is None or seen.publication != Publication.ENDED.value:
            raise NotEndedYet(record_id.hex)


def _refuse_review(subject_id: UUID, record_id: UUID, *, on: date) -> None:
    listed = classes_by_id(on=on).get(current_entry(subject_id, record_id).class_id)
    if listed is None or not listed.list_of:
        raise NotAbout(record_id)
    if not was_refused(subject_ids_of(subject_id), record_id, kind=Kind.OBJECTION):
        raise NotRefusedBefore(record_id.hex)
