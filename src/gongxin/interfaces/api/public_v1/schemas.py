"""The answers of the public API, as OpenAPI describes them. Days are ISO, instants UTC; money is as sent."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

RecordAxis = Literal["in_force", "corrected", "withdrawn", "held", "archived"]
PublicationAxis = Literal["pending", "published", "withheld", "masked", "suspended", "ended"]
DisputeAxis = Literal["none", "open", "upheld", "refused"]
RepairAxis = Literal["none", "requested", "refused", "repaired"]


class Words(Schema):
    zh: str
    en: str


class Dated(Schema):
    as_of: datetime = Field(description="The moment the answer speaks of")
    valid_until: datetime = Field(description="Ask again after this; never later than the next end")


class Identifier(Schema):
    scheme: str
    value: str


class Region(Schema):
    code: str
    name: str


class SubjectLinks(Schema):
    self: str
    records: str
    page: str


class Result(Schema):
    id: UUID
    name: str
    code: str | None
    database: str
    region: Region
    former_name: str | None = Field(description="The name that was met, if it is no longer borne")
    other_name: str | None = Field(description="The name that was met, if it is one of `other_names`")
    links: SubjectLinks


class SearchAnswer(Dated):
    total: int
    capped: bool = Field(description="True where there are more than `total`")
    page: int
    results: list[Result]


class Subject(Schema):
    id: UUID
    kind: str
    database: str
    name: str
    code: str | None
    identifiers: list[Identifier]
    former_names: list[str]
    other_names: list[str] = Field(description="Borne by those that are one with it by a merge")
    absorbed: list[UUID] = Field(description="The ids of those: answered for by this one")
    region: Region
    links: SubjectLinks


class Succession(Schema):
    role: Literal["successor", "predecessor"] = Field(description="What the other is to the subject")
    id: UUID
    name: str
    code: str | None
    kind: str
    on: date


class SubjectAnswer(Dated):
    subject: Subject
    registration_state: str = Field(description="As its newest registration says; empty where none does")
    successions: list[Succession] = Field(description="From and to whom rights and duties passed by law")
    classes: dict[str, int] = Field(description="How many records of each class show")


class Agency(Schema):
    code: str
    name: str
    telephone: str
    address: str


class Basis(Schema):
    source: str
    title: Words | None
    article: str
    confidence: str


class Term(Schema):
    rule: str
    source: str
    title: Words | None
    provisional: bool = Field(description="True where a day was reckoned without an official calendar")


class RecordLinks(Schema):
    self: str
    page: str
    subject: str
    information_class: str


class Axes(Schema):
    record: RecordAxis
    publication: PublicationAxis
    dispute: DisputeAxis
    repair: RepairAxis


class Tombstone(Axes):
    """A record that was shown and has ended: which, how, when; nothing else."""

    id: UUID
    visibility: Literal["tombstone"]
    ended_at: datetime | None


class Record(Axes):
    id: UUID
    visibility: Literal["shown"]
    class_id: str
    class_label: Words
    adverse: bool
    document_number: str
    decided_on: date | None
    deciding_body: str
    fields: dict[str, str] = Field(
        description="By the column codes of the catalogue, masked where it says so"
    )
    statement: str = Field(description="What its subject says beside it; empty where it says nothing")
    agency: Agency
    basis: list[Basis]
    term: Term
    publish_from: datetime | None
    publish_until: datetime | None
    share_until: datetime | None
    use_until: datetime | None
    repairable_from: date | None
    recorded_at: datetime
    links: RecordLinks


class RecordsAnswer(Dated):
    subject: Subject
    records: list[Record | Tombstone]


class RecordAnswer(Dated):
    subject: Subject
    record: Record


class Borne(Schema):
    """Whose record it is."""

    id: UUID
    name: str
    links: SubjectLinks


class NewestRecord(Schema):
    subject: Borne
    record: Record


class NewestAnswer(Dated):
    records: list[NewestRecord]
    next: str | None = Field(description="The address of the next page; null on the last")


class ClassSummary(Schema):
    id: str
    label: Words
    edition: str
    adverse: bool
    audience: str
    links: dict[str, str]


class CatalogueAnswer(Schema):
    classes: list[ClassSummary]


class FieldAnswer(Schema):
    key: str
    label: Words
    type: str
    required: bool
    max_length: int | None
    codes: list[str]
    identifier: str | None
    publication: str
    example: str


class RuleAnswer(Schema):
    code: str
    kind: str
    severity: str
    message: Words
    fields: list[str]
    values: list[str]
    example: str
    basis: Basis | None


class LayoutAnswer(Schema):
    id: str
    label: Words
    columns: dict[str, str] = Field(description="Header as printed, to the column's key")
    required: list[str]


class ClassAnswer(Schema):
    id: str
    label: Words
    edition: str
    statutory: dict[str, str]
    basis: list[Basis]
    adverse: bool
    audience: str
    subject_kind: str
    key: list[str]
    remedy: Words | None
    exit: Words | None
    fields: list[FieldAnswer]
    rules: list[RuleAnswer]
    layouts: list[LayoutAnswer]


class PartScore(Schema):
    score: float
    detail: str
    detail_zh: str


class Matched(Schema):
    id: UUID
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]
    referents: list[str]
    target: bool
    score: float = Field(description="Of the names; 1 where a checked code leads here")
    match: bool = Field(description="Whether the score reaches the threshold and nobody need choose; no link")
    explanations: dict[str, PartScore] = Field(
        description="What each part of the name says, what codes say, and what leaves the choice to a person"
    )


class Total(Schema):
    value: int
    relation: str


class Matches(Schema):
    status: int
    results: list[Matched]
    total: Total


class MatchAnswer(Schema):
    responses: dict[str, Matches]
    limit: int
