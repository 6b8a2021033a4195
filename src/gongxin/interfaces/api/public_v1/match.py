"""Matching as yente's `/match` is asked and answers, so that its clients work here unchanged.

A score is of names, or 1 where a checked code leads to the subject. `match` says that the score reaches the
threshold asked for and that nothing told beside it leaves the choice to a person: a proposal, on which nobody
is linked or judged.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AfterValidator, Field

from gongxin.core.catalogue import Label
from gongxin.core.leaks import holds_personal_number
from gongxin.core.names.reasons import words_of
from gongxin.core.subjects import UNIFIED
from gongxin.flows.screen import Asked, Doubt, Near, nearest_shown
from gongxin.interfaces.api.public_v1 import refusals, schemas
from gongxin.interfaces.api.public_v1.answers import json_answer
from gongxin.interfaces.clock import now
from gongxin.interfaces.permissions import names_action
from gongxin.registry.publication.queries import public_values
from gongxin.registry.subjects.queries import Profile

MOST_QUERIES, MOST_VALUES, LONGEST = 20, 5, 200
LIMIT, MOST = 5, 20
CUTOFF, THRESHOLD = 0.5, 0.7
NAMES = ("name", "alias", "previousName")
CODES = ("uscCode", "registrationNumber", "idNumber")
_BY_CODE = Label("代码：校验通过，登记于此主体", "code: it passes its check, and this subject bears it")
# Under which key of the explanations a doubt stands, and what it says.
_DOUBTS: Mapping[Doubt, tuple[str, Label]] = {
    "name-contradicts": (
        "name",
        Label(
            "名称：与代码所指主体的名称明显不同；以代码为准，是否为所指由人判断",
            "name: clearly not one this subject bears; the code says who it is, a person whether it is meant",
        ),
    ),
    "codes-differ": (
        "code",
        Label("代码：所给代码并不都指向此主体", "code: not all of those given lead to this subject"),
    ),
    "code-of-another": (
        "code",
        Label("代码：所给代码指向另一主体", "code: that given leads to another subject"),
    ),
    "equally-alike": (
        "equally-alike",
        Label("另有同样近似的主体，由人判断", "another subject is as alike: a person decides"),
    ),
}

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
    if holds_personal_number(key):  # it would be repeated
        raise refusals.not_held_here()
    if any(map(holds_personal_number, names)):
        return Asked()  # as of every person: nothing is held, and the other queries have their answers
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
        _scheme_of_code(known): [known.code] if known.code else [],
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
        "match": near.score >= threshold and not near.doubts,
        "explanations": _explanations(near),
    }


def _scheme_of_code(known: Profile) -> str:
    return "uscCode" if UNIFIED in dict(known.identifiers) else "registrationNumber"


def _explanations(near: Near) -> dict[str, Any]:
    """Return what each part of the name says, what codes say, and what leaves the choice to a person."""
    said = {one.part: (one.score, words_of(one)) for one in near.reasons}
    for one in near.corroborations:
        said[f"code-{one.identifier}"] = (float(one.agrees), one.words)
    if near.repair is not None:
        said["repair"] = (near.score, near.repair.words)
    if near.by_code:
        said["code"] = (1.0, _BY_CODE)
    said |= {key: (0.0, words) for key, words in map(_DOUBTS.__getitem__, near.doubts)}
    return {
        key: {"score": score, "detail": words.en, "detail_zh": words.zh}
        for key, (score, words) in said.items()
    }
