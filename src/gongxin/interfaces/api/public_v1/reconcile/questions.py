"""What a client asks, read strictly by the specification's schemas. Raises Refused for anything else."""

import re
from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator
from pydantic_core import ErrorDetails

from gongxin.core.leaks import holds_personal_number
from gongxin.interfaces.api.public_v1.reconcile import refusals
from gongxin.interfaces.api.public_v1.reconcile.vocabulary import ASKED_BY, PROPERTIES, TYPES
from gongxin.interfaces.api.public_v1.refusals import not_held_here
from gongxin.interfaces.api.refused import Refused

MOST_QUERIES, MOST_IDS = 20, 100
LONGEST, LONGEST_ID = 200, 100
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_OUR_WORDS = frozenset(("query", "type", "limit", "properties", "pid", "v", "type_strict", "ids", "id"))

T = TypeVar("T")


class Reference(BaseModel):
    """A value that is itself a reconciled thing."""

    id: str
    name: str = ""


Scalar = str | bool | int | float | Reference


class Narrowing(BaseModel):
    pid: str
    v: Scalar | list[Scalar]

    def values(self) -> list[str]:
        given = self.v if isinstance(self.v, list) else [self.v]
        return [text for one in given if (text := in_one_line(_text(one)))]


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid")

    query: str = ""
    type: str | list[str] = ""
    limit: int = 0
    properties: list[Narrowing] = []
    type_strict: Literal["any", "should", "all"] = "should"  # the specification gives it no meaning

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Query":
        if "query" not in self.model_fields_set and not self.properties:
            raise ValueError("query or properties")
        return self

    @property
    def types(self) -> frozenset[str]:
        given = [self.type] if isinstance(self.type, str) else self.type
        return frozenset(one for one in given if one)

    def values(self, *pids: str) -> list[str]:
        return [value for one in self.properties if one.pid in pids for value in one.values()]


class Wanted(BaseModel):
    id: str


class Extension(BaseModel):
    ids: list[str]
    properties: list[Wanted]


_BATCH, _EXTENSION = TypeAdapter(dict[str, Query]), TypeAdapter(Extension)


def read_batch(text: str) -> dict[str, Query]:
    """Return the queries of a batch by their keys."""
    batch = _read(_BATCH, text, "queries")
    if len(batch) > MOST_QUERIES:
        raise refusals.too_many("queries", MOST_QUERIES)
    _hold_nothing_of_a_person(batch)  # the keys are repeated in the answer
    _are_known({one for query in batch.values() for one in query.types}, TYPES, refusals.unknown_type)
    pids = {one.pid for query in batch.values() for one in query.properties}
    _are_known(pids, ASKED_BY, refusals.unknown_property)
    return batch


def read_extension(text: str) -> tuple[list[str], list[str]]:
    """Return of which ids which properties are wanted."""
    asked = _read(_EXTENSION, text, "extend")
    ids, wanted = _distinct(asked.ids), _distinct(one.id for one in asked.properties)
    if len(ids) > MOST_IDS:
        raise refusals.too_many("ids", MOST_IDS)
    if any(len(one) > LONGEST_ID for one in ids):
        raise refusals.unreadable("extend", "ids")
    _hold_nothing_of_a_person(ids)
    _are_known(wanted, PROPERTIES, refusals.unknown_property)
    return ids, wanted


def known_type(asked: str) -> str:
    """Return the type asked for, all organisations where none is."""
    _are_known({asked} - {""}, TYPES, refusals.unknown_type)
    return asked or TYPES[0]


def in_one_line(text: str) -> str:
    """Return a text as a name is looked for: what no reader sees is a space, and no more than is compared."""
    return " ".join(_UNSEEN.sub(" ", text[: LONGEST * 10]).split())[:LONGEST]


def _text(value: Scalar) -> str:
    if isinstance(value, Reference):
        return value.name or value.id
    if isinstance(value, bool):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _read(adapter: TypeAdapter[T], text: str, parameter: str) -> T:
    try:
        return adapter.validate_json(text)
    except ValidationError as invalid:
        raise refusals.unreadable(parameter, _place(invalid.errors()[0])) from invalid


def _place(error: ErrorDetails) -> str:
    """Return where in the JSON the fault is, as far as it can be told without the client's own words."""
    return ".".join(str(part) for part in error["loc"] if isinstance(part, int) or part in _OUR_WORDS)


def _hold_nothing_of_a_person(texts: Iterable[str]) -> None:
    if any(map(holds_personal_number, texts)):
        raise not_held_here()


def _are_known(
    asked: Iterable[str], known: Iterable[str], refuse: Callable[[Iterable[str]], Refused]
) -> None:
    if not set(asked) <= set(known):
        raise refuse(known)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
