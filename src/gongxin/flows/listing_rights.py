"""Who may take part in a listing, as which side, and what is refused to everybody alike."""

from uuid import UUID

from gongxin.core.actors import ActorKind
from gongxin.core.cases import Party, Who
from gongxin.core.free_text import without_hidden_characters
from gongxin.core.lists import StatutoryList
from gongxin.flows.case_steps import NotResponsible, WordsMissing
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_under, successor_of
from gongxin.registry.subjects.clusters import subject_ids_of


class NotCompetent(Exception):
    """This body may not list anybody on this list."""


class DecidedByAPerson(Exception):
    """The platform may suggest whom to look at; proposing and deciding are a person's acts."""


def refuse_machine(who: Who) -> None:
    if who.actor.kind is not ActorKind.USER:
        raise DecidedByAPerson(who.actor.written)


def refuse_incompetent(found: StatutoryList, agency: Agency) -> None:
    if not found.is_competent(agency.name):
        raise NotCompetent(f"{agency.name}: {found.id}")


def refuse_another_body(agency: Agency, who: Who) -> None:
    """Raise NotResponsible for one of another body; the centre may act for every one (law-decisions 20)."""
    if who.party is Party.CENTRE and who.agency_id is None:
        return
    if who.agency_id is None or successor_of(agency).id not in agencies_under(who.agency_id):
        raise NotResponsible(agency.code)


def refuse_another_subject(subject_id: UUID, acting_for: UUID) -> None:
    """Raise NotResponsible for somebody who acts for another subject."""
    if subject_id not in subject_ids_of(acting_for):
        raise NotResponsible(subject_id.hex)


def said(text: str, name: str) -> str:
    """Return what was written without what nobody sees. Raises WordsMissing where nothing is left."""
    seen = without_hidden_characters(text).strip()
    if not seen:
        raise WordsMissing((name,))
    return seen
