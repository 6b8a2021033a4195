"""For each query of a batch, whom of the public register it may be meant for.

`match` is true only where a checked code decides: a client links what is marked so without asking anyone, and
a name alone never links (design §1.7).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gongxin.core.leaks import holds_personal_number
from gongxin.core.regions import is_within
from gongxin.flows.screen import LEAST_SCORE, LOOKED_AT, Asked, Near, nearest_shown, shown_organisations
from gongxin.interfaces.api.public_v1.reconcile.questions import Query, in_one_line
from gongxin.interfaces.api.public_v1.reconcile.vocabulary import ANY, NAMES, described, type_json
from gongxin.interfaces.pages.subject_words import region_in_words
from gongxin.registry.subjects.queries import Profile, keys_in

LIMIT, MOST, MOST_VALUES = 5, 20, 5
LANGUAGES = ("zh-hans", "en")


def candidates_json(batch: Mapping[str, Query], *, at: datetime) -> dict[str, Any]:
    """Return the result of each query under its key."""
    asked = [_asked(query) for query in batch.values()]
    found = nearest_shown(asked, at=at, limit=LOOKED_AT)
    by_id = _by_id(batch.values(), at)
    return {
        key: {"result": [_candidate(one) for one in _kept(query, near or by_id.get(query.query, []))]}
        for (key, query), near in zip(batch.items(), found, strict=True)
    }


def subject_id_in(text: str) -> UUID | None:
    """Return the id a text is, if it is one, with its hyphens or without."""
    try:
        return UUID(text) if len(text) in {32, 36} else None
    except ValueError:
        return None


def _asked(query: Query) -> Asked:
    """Return by which names and codes to look; nothing where a person's number is among them."""
    given, codes = in_one_line(query.query), query.values("code")
    names = query.values(*NAMES)
    if keys_in(given):
        codes = [given, *codes]
    elif given and subject_id_in(given) is None:
        names = [given, *names]
    if any(map(holds_personal_number, names)):
        return Asked()
    return Asked(names[:MOST_VALUES], codes[:MOST_VALUES])


def _by_id(queries: Iterable[Query], at: datetime) -> dict[str, list[Near]]:
    """Return whom those queries mean that are an id; the specification expects it to be found."""
    ids = {query.query: found for query in queries if (found := subject_id_in(query.query)) is not None}
    known = shown_organisations(ids.values(), at=at) if ids else {}
    return {text: [Near(known[found], 1.0)] for text, found in ids.items() if found in known}


def _kept(query: Query, near: Iterable[Near]) -> list[Near]:
    limit = min(query.limit, MOST) if query.limit > 0 else LIMIT
    regions = query.values("region")
    return [
        one
        for one in near
        if one.score >= LEAST_SCORE
        and _is_of(one.profile, query.types)
        # By its code it is who it is, wherever it is thought to be.
        and (not one.reasons or not regions or any(_lies_in(one.profile.region, place) for place in regions))
    ][:limit]


def _is_of(known: Profile, types: frozenset[str]) -> bool:
    return not types or bool(types & {ANY, known.database})


def _lies_in(region: str, place: str) -> bool:
    if not region:
        return True
    if place.isdecimal():
        return is_within(region, place)
    return any(place in region_in_words(region, language=language) for language in LANGUAGES)


def _candidate(near: Near) -> dict[str, Any]:
    """Return a candidate; its ids before its free text, as `schemas` says why."""
    known = near.profile
    features = [
        {"id": "decided_by_code", "value": near.decided},
        *({"id": doubt.replace("-", "_"), "value": True} for doubt in near.doubts),
        *({"id": one.part, "value": one.score} for one in near.reasons),
    ]
    return {
        "score": round(near.score * 100, 1),
        "match": near.decided,
        "type": [type_json(known.database)],
        "id": str(known.subject_id),
        "name": known.public_name,
        "description": described(known),
        "features": features,
    }
