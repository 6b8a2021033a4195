"""Matching as yente's `/match` is asked and answers, so that its clients work here unchanged.

A score is of names, or 1 where a checked code decides. `match` says that the score reaches the threshold
asked for: a proposal, on which nobody is linked or judged.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AfterValidator, Field

from gongxin.core.leaks import holds_personal_number
from gongxin.core.names.reasons import words_of
from gongxin.flows.screen import Asked, Near, nearest_shown
from gongxin.interfaces.api.public_v1 import refusals, schemas
from gongxin.interfaces.api.public_v1.answers import json_answer
from gongxin.interfaces.clock import now
from gongxin.interfaces.permissions import names_action
from gongxin.registry.publication.queries import public_values

MOST_QUERIES, MOST_VALUES, LONGEST = 20, 5, 200
LIMIT, MOST = 5, 20
CUTOFF, THRESHOLD = 0.5, 0.7
NAMES = ("name", "alias", "previousName")
CODES = ("uscCode", "registrationNumber", "idNumber")

router = Router()


def _whole(text: str) -> str:
    text.encode()  # half of a surrogate pair, which JSON can spell, is no text: that is a ValueError
    return text


Text = Annotated[str, AfterValidator(_whole)]


class Query(Schema):
    schema_: str = Field(default="Company", alias="schema")
    properties: dict[str, list[Text]]


class Question(Schema):
    queries: dict[Text, Query]


@router.post("/match", response={200: schemas.MatchAnswer}, by_alias=True)
@names_action("public.read")
def match(
    request: HttpRequest,  # noqa: ARG001 (ninja passes it)
    body: Question,
    limit: int = LIMIT,
    threshold: float = THRESHOLD,
    cutoff: float = CUTOFF,
) -> HttpResponse:
    """Return for each query the organisations its names and codes may be meant for, best first."""
    if not 0 < len(body.queries) <= MOST_QUERIES:
        raise refusals.too_many_queries(MOST_QUERIES)
    most = min(max(limit, 1), MOST)
    asked = [_asked(key, query) for key, query in body.queries.items()]
    at = now()
    found = nearest_shown(asked, at=at, limit=most)
    known = {one.profile.subject_id: one.profile for near in found for one in near}
    states = public_values(known, class_id="registration", field="registration_state", at=at)
    answers = {
        key: _answer(near, threshold, cutoff, states) for key, near in zip(body.queries, found, strict=True)
    }
    return json_answer({"responses": answers, "limit": most})


def _asked(key: str, query: Query) -> Asked:
    names, codes = (_values(query.properties, keys) for keys in (NAMES, CODES))
    if any(map(holds_personal_number, (key, *names))):  # the key would be repeated
        raise refusals.not_held_here()
    return Asked(names, codes)


def _answer(
    found: Sequence[Near], threshold: float, cutoff: float, states: Mapping[UUID, str]
) -> dict[str, Any]:
    results = [
        _result(one, threshold, states.get(one.profile.subject_id, ""))
        for one in found
        if one.score >= cutoff
    ]
    return {"status": 200, "results": results, "total": {"value": len(results), "relation": "eq"}}


def _values(properties: Mapping[str, Sequence[str]], keys: Sequence[str]) -> list[str]:
    found = [value[:LONGEST] for key in keys for value in properties.get(key, ()) if value.strip()]
    return list(dict.fromkeys(found))[:MOST_VALUES]


def _result(near: Near, threshold: float, state: str) -> dict[str, Any]:
    known = near.profile
    properties = {"name": [known.public_name], "previousName": list(known.former_names)}
    properties |= {
        "alias": list(known.other_names),
        "status": [state] if state else [],
        "uscCode": [known.code] if known.code else [],
        "jurisdiction": ["cn"],
    }
    return {
        "id": str(known.subject_id),
        "caption": known.public_name,
        "schema": "Company" if known.database == "legal-person" else "Organization",
        "properties": {key: values for key, values in properties.items() if values},
        "datasets": ["gongxin"],
        "referents": [str(one) for one in known.absorbed],
        "target": False,
        "score": near.score,
        "match": near.score >= threshold,
        "explanations": _explanations(near),
    }


def _explanations(near: Near) -> dict[str, Any]:
    """Return what each part of the name says, what valid codes say, and what a damaged one may have been."""
    said = {one.part: (one.score, words_of(one)) for one in near.reasons}
    for one in near.corroborations:
        said[f"code-{one.identifier}"] = (float(one.agrees), one.words)
    if near.repair is not None:
        said["repair"] = (near.score, near.repair.words)
    return {
        key: {"score": score, "detail": words.en, "detail_zh": words.zh}
        for key, (score, words) in said.items()
    }
