"""The JSON schemas published with the Reconciliation Service API 0.2, as judges of what we answer."""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

FOLDER = Path(__file__).parent / "files/reconciliation-0.2"


def judge(name: str) -> Draft7Validator:
    """Return the validator of one published schema, which names others by where they are published."""
    return Draft7Validator(_schemas()[f"{name}.json"], registry=_registry())


@cache
def _schemas() -> dict[str, object]:
    return {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}


@cache
def _registry() -> Registry:
    return Registry().with_resources(
        (schema["$id"], DRAFT7.create_resource(schema)) for schema in _schemas().values()
    )
