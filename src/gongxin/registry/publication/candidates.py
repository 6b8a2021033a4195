"""Whom an officer may look at for a list: a suggestion by rules, from records that may be used. No more.

Nothing is written of it: a person proposes, or does not (Henan regulation art 28; law-decisions 9, 12).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongxin.core.legal_day import legal_day
from gongxin.core.lists import StatutoryList, statutory_lists
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.lists.models import Proceeding
from gongxin.registry.publication.founding import Founding, standing_of
from gongxin.registry.publication.listings import in_force_of
from gongxin.registry.subjects.queries import Profile, profiles

LOOKED_AT = 200  # of the newest such records
PENALTY, LISTING = "penalty", "listing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject and the record that suggests it: a serious penalty, or a listing of the list before."""

    known: Profile
    record_id: UUID
    why: str
    document_number: str
    decided_on: date | None


def candidates(
    found: StatutoryList, *, at: datetime, agency_ids: Collection[UUID] | None = None
) -> list[Candidate]:
    """Return whom the records of its competent bodies suggest for an adverse list, the newest first."""
    if not found.adverse or found.is_inert(legal_day(at), confirmed_sources()):
        return []
    rows = [*_fined(found, agency_ids), *_listed_before(found, at)]
    known = profiles({subject_id for subject_id, *_ in rows}, at=at)
    busy = _busy(found, {one.subject_id for one in known.values()}, at)
    return [
        Candidate(known[subject_id], record_id, why, number, decided_on)
        for subject_id, record_id, why, number, decided_on in _usable(rows, at)
        if subject_id in known and known[subject_id].subject_id not in busy
    ]


Row = tuple[UUID, UUID, str, str, date | None]


def _fined(found: StatutoryList, agency_ids: Collection[UUID] | None) -> Iterator[Row]:
    competent = [
        one.id.hex
        for one in Agency.objects.all()
        if found.is_competent(one.name) and (agency_ids is None or one.id in agency_ids)
    ]
    if not competent:
        return
    one_of, given = bulk.one_of(competent)
    rows = bulk.select(
        "SELECT e.subject_id, e.record_id, e.document_number, e.decided_on FROM ledger_entry e"
        " JOIN publication_decision d ON d.subject_id = e.subject_id AND d.record_id = e.record_id"
        f" WHERE e.superseded_at IS NULL AND e.agency_id {one_of} AND e.class_id = 'penalty'"
        " AND d.penalty_class = 'serious' AND NOT EXISTS (SELECT 1 FROM publication_decision later"
        " WHERE later.subject_id = d.subject_id AND later.record_id = d.record_id"
        " AND (later.decided_at, later.id) > (d.decided_at, d.id))"
        " ORDER BY e.recorded_at DESC LIMIT %s",
        given,
        LOOKED_AT,
    )
    for subject_id, record_id, number, decided_on in rows:
        yield bulk.as_id(subject_id), bulk.as_id(record_id), PENALTY, number, bulk.as_day(decided_on)


def _listed_before(found: StatutoryList, at: datetime) -> Iterator[Row]:
    """Yield listings that have stood so long that this list follows on them."""
    on = legal_day(at)
    for before in statutory_lists().values():
        if before.leads_to is None or before.leads_to.list_id != found.id:
            continue
        rows = bulk.select(
            "SELECT subject_id, record_id, decision_number, decided_on FROM lists_listing WHERE list_id = %s"
            " AND until_on > %s ORDER BY decided_on LIMIT %s",
            before.id,
            on.isoformat(),
            LOOKED_AT,
        )
        for subject_id, record_id, number, decided in rows:
            follows = before.leads_from(bulk.as_day(decided) or on)
            if follows is not None and follows <= on:
                yield bulk.as_id(subject_id), bulk.as_id(record_id), LISTING, number, bulk.as_day(decided)


def _usable(rows: list[Row], at: datetime) -> Iterator[Row]:
    subject_ids = {subject_id for subject_id, *_ in rows}
    standing: dict[Any, Any] = {
        one.record_id: one for one in standing_of(subject_ids, at=at, class_ids=(PENALTY,))
    }
    founding = Founding(subject_ids, at)
    for row in rows:
        one = standing.get(row[1])
        if one is not None and founding.why_not(one) is None:
            yield row


def _busy(found: StatutoryList, subject_ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Return who stands on the list, or is proposed for it, already."""
    listed = {one.subject_id for one in in_force_of(subject_ids, at=at) if one.list_id == found.id}
    proposed = Proceeding.objects.filter(list_id=found.id, outcome="", subject_id__in=subject_ids)
    return listed | set(proposed.values_list("subject_id", flat=True))
