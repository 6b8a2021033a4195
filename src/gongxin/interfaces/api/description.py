"""Makes of what ninja knows of an API a description to program against: words, true examples, refusals.

OpenAPI 3.1, in the language asked. Examples are answers the API gave about the fictional cast, kept in
`examples/`; a test asks again and compares.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language
from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from pydantic import Field

from gongxin.core.catalogue import Label
from gongxin.interfaces.pages.problem_words import PROBLEMS
from gongxin.interfaces.pages.problems import MEDIA_TYPE, TYPES

ALWAYS = ("too-many-requests", "fault-on-our-side", "not-available")
HEADERS = {
    "ETag": Label(
        "答复的标记；放入 If-None-Match 再问，未变则得 304",
        "Tag; ask with it in If-None-Match: 304 while unchanged",
    ),
    "RateLimit": Label("本分钟剩余次数与秒数", "How many questions are left, and for how many seconds"),
    "RateLimit-Policy": Label("每分钟的限额", "How many questions a minute"),
}


class CodeAndMessage(Schema):
    code: str
    message: str = Field(description="In Chinese and English")


class Problem(Schema):
    """RFC 9457; `error` is what answers had before."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    error: CodeAndMessage


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of one operation, and the line of curl that shows it."""

    summary: Label
    description: Label
    refusals: tuple[str, ...]
    curl: str
    parameters: Mapping[str, Label] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one API."""

    name: str  # the folder of its examples
    title: Label
    description: Label
    tag: Label
    operations: Mapping[str, Described]
    refusals: tuple[str, ...] = ()


class DescribedAPI(NinjaAPI):
    """An API of ours: ninja's, and what its words say."""

    def __init__(self, words: Words, **given: Any) -> None:
        super().__init__(docs_url=None, **given)
        self.words = words
        self._documents: dict[str, OpenAPISchema] = {}  # by language: putting it together takes 50 ms

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        language = get_language() or ""
        if language not in self._documents:
            made = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            self._documents[language] = _described(made, self.words)
        return self._documents[language]


def operations_of(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation, in the order of the document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@cache
def example_of(api: str, operation: str) -> Any:
    """Return the answer (or `NAME.request`) kept as an example, or None where there is none."""
    file = files("gongxin.interfaces.api") / "examples" / api / f"{operation}.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def _said(label: Label) -> str:
    return label.in_language(get_language() or "")


def _described(made: OpenAPISchema, words: Words) -> OpenAPISchema:
    made["info"] |= {
        "title": _said(words.title),
        "description": _said(words.description),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    made["servers"] = [{"url": "/", "description": _said(Label("本平台", "This platform"))}]
    made["tags"] = [{"name": words.name, "description": _said(words.tag)}]
    components = made["components"]
    components["schemas"]["Problem"] = _schema_of_problem(components["schemas"])
    components["headers"] = {
        name: {"description": _said(what), "schema": {"type": "string"}} for name, what in HEADERS.items()
    }
    for _, _, operation in operations_of(made):
        _describe(operation, words)
    return made


def _schema_of_problem(schemas: dict[str, Any]) -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs"))
    return schema


def _describe(operation: dict[str, Any], words: Words) -> None:
    """This will put an operation's words, examples and refusals into its description."""
    name = operation["operationId"]
    told = words.operations[name]
    operation["tags"] = [words.name]
    operation["summary"], operation["description"] = _said(told.summary), _said(told.description)
    for parameter in operation["parameters"]:
        if parameter["name"] in told.parameters:
            parameter["description"] = _said(told.parameters[parameter["name"]])
    answers = operation["responses"]
    for status, answer in answers.items():
        answer["description"] = _said(_MEANINGS[int(status)])
        answer["headers"] = {header: {"$ref": f"#/components/headers/{header}"} for header in HEADERS}
        _show(answer, example_of(words.name, name))
    _show_request(operation.get("requestBody", {}), example_of(words.name, f"{name}.request"))
    for code in (*told.refusals, *words.refusals, *ALWAYS):
        _refuse(answers, code)


_MEANINGS = {
    200: Label("答复", "The answer"),
    201: Label("已记录", "Recorded"),
    202: Label("已接收，等待校验", "Taken; it waits to be checked"),
}


def _show(answer: dict[str, Any], example: Any) -> None:
    if example is not None and "application/json" in answer.get("content", {}):
        answer["content"]["application/json"]["example"] = example


def _show_request(body: dict[str, Any], example: Any) -> None:
    if example is not None:
        body["content"]["application/json"]["example"] = example
        if "application/x-ndjson" in body["content"]:
            line = json.dumps(example["rows"][0], ensure_ascii=False)
            body["content"]["application/x-ndjson"]["example"] = f"{line}\n"


def _refuse(answers: dict[Any, Any], code: str) -> None:
    kind = PROBLEMS[code]
    answer = answers.setdefault(
        kind.status,
        {
            "description": _said(kind.title),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}},
        },
    )
    if code not in answer["content"][MEDIA_TYPE]["examples"]:
        shown = answer["content"][MEDIA_TYPE]["examples"]
        shown[code] = {"summary": _said(kind.title), "value": problem_example(code)}
        answer["description"] = "; ".join(one["summary"] for one in shown.values())


def problem_example(code: str) -> dict[str, Any]:
    """Return what a refusal with `code` looks like."""
    kind = PROBLEMS[code]
    return {
        "type": f"{TYPES}#{code}",
        "title": _said(kind.title),
        "status": kind.status,
        "detail": _said(kind.remedy),
        "instance": "/api/",
        "error": {"code": code, "message": f"{kind.title.zh} {kind.title.en}"},
    }
