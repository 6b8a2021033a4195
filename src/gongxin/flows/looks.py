from datetime import date, datetime
from uuid import UUID

from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.looks import Looker
from gongxin.registry.audit.events import write_look
from gongxin.registry.audit.looks import has_looked
from gongxin.registry.audit.models import Seal
from gongxin.registry.audit.seals import any_seal, ends_of, seal_in_force
from gongxin.registry.subjects.clusters import subject_ids_of


def note_look(
    *, looker: Looker, subject_id: UUID, purpose: str, at: datetime, case_number: str = ""
) -> date | None:
    """Write down that someone opened what is not public of a subject's file; the subject may see it.

    Return the day until which the subject does not, where a seal stands over looks in this case.
    """
    seal = _seal(looker, subject_id, case_number, at)
    write_look(
        looker=looker, subject_id=subject_id, purpose=purpose, at=at, case_number=case_number, seal=seal
    )
    return ends_of([seal], at=at)[seal.id] if seal else None


def note_look_of_the_day(
    *, looker: Looker, subject_id: UUID, purpose: str, at: datetime, case_number: str
) -> None:
    """Write down that someone opened a case page, once a day however often they come back to it."""
    since = day_begins(legal_day(at))
    if not has_looked(looker, subject_id, purpose=purpose, case_number=case_number, since=since):
        note_look(looker=looker, subject_id=subject_id, purpose=purpose, at=at, case_number=case_number)


def _seal(looker: Looker, subject_id: UUID, case_number: str, at: datetime) -> Seal | None:
    if not case_number or not any_seal():
        return None
    subject_ids = subject_ids_of(subject_id, at=at)
    return seal_in_force(agency_id=looker.agency_id, subject_ids=subject_ids, case_number=case_number, at=at)
