"""The pages for people who program: what can be asked, and what each refusal means."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.api.description import DescribedAPI, operations_of
from gongxin.interfaces.api.exchange_v1.endpoints import api as exchange
from gongxin.interfaces.api.public_v1.endpoints import api as public
from gongxin.interfaces.api.usage_v2.endpoints import api as usage
from gongxin.interfaces.pages.problem_words import PROBLEMS
from gongxin.interfaces.pages.problems import MEDIA_TYPE
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.models import Agency

LINES_SHOWN = 12  # of an example; the description has the whole


@dataclass(frozen=True, slots=True)
class Chapter:
    """One API, as its page tells it."""

    document: Mapping[str, Any]
    description: str  # the address of its OpenAPI document
    operations: list["Operation"]


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    method: str
    path: str
    told: Mapping[str, Any]
    curl: str
    example: str
    shortened: bool
    refusals: list[str]


@requires("catalogue.read")
def guide(request: HttpRequest) -> HttpResponse:
    """Every API, operation by operation, with lines to try."""
    shown = {
        "chapters": [
            _chapter(public, "public_v1"),
            _chapter(exchange, "exchange_v1"),
            _chapter(usage, "usage_v2"),
        ],
        "origin": f"{request.scheme}://{request.get_host()}",
        "fictional": Agency.objects.filter(demonstration=True).order_by("code") if settings.SANDBOX else (),
        "limit_of_address": settings.API_LIMIT_ADDRESS,
        "limit_of_key": settings.API_LIMIT_KEY,
        "section": "api",
    }
    return render(request, "api/guide.html", shown)


@requires("catalogue.read")
def problem_list(request: HttpRequest) -> HttpResponse:
    """Every code of a refusal; where the `type` of a problem leads."""
    return render(request, "api/problems.html", {"problems": PROBLEMS.items(), "section": "api"})


def _chapter(api: DescribedAPI, namespace: str) -> Chapter:
    document = api.get_openapi_schema()
    operations = [_operation(api, *found) for found in operations_of(document)]
    return Chapter(document, f"{namespace}:openapi-json", operations)


def _operation(api: DescribedAPI, path: str, method: str, told: dict[str, Any]) -> Operation:
    name = told["operationId"]
    example, shortened = _example(told["responses"])
    return Operation(
        name=name,
        method=method.upper(),
        path=path,
        told=told,
        curl=f"curl -s {api.words.operations[name].curl}",
        example=example,
        shortened=shortened,
        refusals=list(_refusals(told["responses"])),
    )


def _example(responses: Mapping[Any, Any]) -> tuple[str, bool]:
    """Return what is answered where it goes well, and whether that is all of it."""
    well = next(answer for status, answer in responses.items() if str(status).startswith("2"))
    content = well["content"]["application/json"]
    lines = json.dumps(content["example"], ensure_ascii=False, indent=1).splitlines()
    return "\n".join(lines[:LINES_SHOWN]), len(lines) > LINES_SHOWN


def _refusals(responses: Mapping[Any, Any]) -> Iterator[str]:
    for answer in responses.values():
        yield from answer["content"].get(MEDIA_TYPE, {}).get("examples", {})
