"""The answers of the reconciliation service, as OpenAPI describes them.

What free text they hold stands after the ids: the gate on the way out reads eight digits that follow the word
for a passport as a passport's number, and an id may begin with eight digits.
"""

from ninja import Schema
from pydantic import Field


class Type(Schema):
    id: str
    name: str


class TypeWithBroader(Type):
    broader: list[Type]


class Property(Schema):
    id: str
    name: str


class PropertyExplained(Property):
    description: str


class Address(Schema):
    url: str = Field(description="With `{{id}}` in it")


class Preview(Address):
    width: int
    height: int


class Service(Schema):
    service_url: str
    service_path: str


class ServiceWithFlyout(Service):
    flyout_service_path: str


class Suggests(Schema):
    entity: ServiceWithFlyout
    type: Service
    property: Service


class Extends(Schema):
    propose_properties: Service


class Manifest(Schema):
    versions: list[str]
    name: str
    identifierSpace: str  # noqa: N815 (so the specification calls it)
    schemaSpace: str  # noqa: N815
    documentation: str
    serviceVersion: str  # noqa: N815
    defaultTypes: list[Type]  # noqa: N815
    view: Address
    preview: Preview
    suggest: Suggests
    extend: Extends
    batchSize: int = Field(description="How many queries a batch may have")  # noqa: N815


class Feature(Schema):
    id: str = Field(
        description="A part of the name, `decided_by_code`, or what leaves the choice to a person:"
        " `name_contradicts`, `codes_differ`, `code_of_another`, `equally_alike`"
    )
    value: float | bool


class Candidate(Schema):
    score: float = Field(description="Of the names, to 100; 100 by a code, be it one the name contradicts")
    match: bool = Field(description="True only where a checked code decides; a name alone never links")
    type: list[Type]
    id: str
    name: str
    description: str
    features: list[Feature]


class Candidates(Schema):
    result: list[Candidate]


class Value(Schema):
    str: str


class Extended(Schema):
    meta: list[Property]
    rows: dict[str, dict[str, list[Value]]]


class SuggestedEntity(Schema):
    notable: list[Type]
    id: str
    name: str
    description: str


class SuggestedEntities(Schema):
    result: list[SuggestedEntity]


class SuggestedTypes(Schema):
    result: list[TypeWithBroader]


class SuggestedProperties(Schema):
    result: list[PropertyExplained]


class Flyout(Schema):
    id: str
    html: str


class Proposal(Schema):
    type: str
    limit: int
    properties: list[Property]
