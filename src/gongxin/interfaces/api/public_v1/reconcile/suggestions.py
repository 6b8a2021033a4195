"""What may be meant by the beginning of a name, of a type, of a property."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gongxin.core.names import normalise_name
from gongxin.flows.screen import shown_organisations
from gongxin.interfaces.api.public_v1.reconcile.candidates import subject_id_in
from gongxin.interfaces.api.public_v1.reconcile.questions import in_one_line
from gongxin.interfaces.api.public_v1.reconcile.vocabulary import (
    ANY,
    PROPERTIES,
    TYPES,
    described,
    language,
    property_json,
    type_json,
)
from gongxin.interfaces.api.public_v1.refusals import not_held_here
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.registry.publication.search import CANDIDATES, LEAST_CHARACTERS, search
from gongxin.registry.subjects.queries import Profile, profiles

PAGE = 20


def entities_json(prefix: str, *, skip: int, at: datetime) -> dict[str, Any]:
    """Return organisations whose names hold what was typed, those that begin with it first."""
    text = in_one_line(prefix)
    if is_about_a_person(text):
        raise not_held_here()
    subject_id = subject_id_in(text)
    if subject_id is not None:
        found = [*shown_organisations([subject_id], at=at).values()][skip:]
    elif len(normalise_name(text)) < LEAST_CHARACTERS:
        found = []  # whoever types the first character has not asked yet
    else:
        found = _searched(text, min(skip, CANDIDATES), at)
    return {"result": [_entity(one) for one in found]}


def types_json(prefix: str, *, skip: int) -> dict[str, Any]:
    """Return the types whose id or name holds what was typed."""
    told = [{**type_json(one), "broader": [] if one == ANY else [type_json(ANY)]} for one in TYPES]
    return {"result": _holding(prefix, told)[skip:]}


def properties_json(prefix: str, *, skip: int) -> dict[str, Any]:
    """Return the properties whose id or name holds what was typed."""
    told = [
        {**property_json(one), "description": what.description.in_language(language())}
        for one, what in PROPERTIES.items()
    ]
    return {"result": _holding(prefix, told)[skip:]}


def _searched(text: str, skip: int, at: datetime) -> list[Profile]:
    hits = search(text, at=at, limit=PAGE, offset=skip).hits
    known = profiles([hit.subject_id for hit in hits], at=at)
    return [known[hit.subject_id] for hit in hits]


def _entity(known: Profile) -> dict[str, Any]:
    return {
        "notable": [type_json(known.database)],
        "id": str(known.subject_id),
        "name": known.public_name,
        "description": described(known),
    }


def _holding(prefix: str, told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    wanted = in_one_line(prefix).casefold()
    return [one for one in told if wanted in one["id"] or wanted in one["name"].casefold()]
