"""The catalogue's words: classes of information, their fields, rules and accepted layouts.

`lawbook` fills these values from `law/catalogue/*.yaml`; the engine compiles them to column
expressions; pages and API answers describe them. Nothing here reads a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What happens to a row that breaks a rule."""

    ERROR = "error"  # the row is rejected
    WARNING = "warning"  # the row is accepted, the sender is told
    OUT_OF_SCOPE = "out-of-scope"  # the row is about a person and is not kept (R1, R12)


class FieldPublication(StrEnum):
    """How far one field's value may go."""

    PUBLIC = "public"
    MASKED = "masked"  # kept; shown masked (a person's name as 姓*)
    INTERNAL = "internal"  # kept; shown to the subject and the auditor only
    NEVER_KEPT = "never-kept"  # read by the check, cut before anything is stored


@dataclass(frozen=True, slots=True)
class Label:
    """A legal name in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value comes from: a key of `law/sources.yaml`, an article, and how sure we are."""

    source: str
    article: str = ""
    confidence: str = "R"  # V, V-ex, V-impl, C, R, P (regulations.md's tags)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a class. `key` is the national column code, or English where there is none."""

    key: str
    label: Label
    aliases: tuple[str, ...] = ()  # other headers met for this column: legacy codes, Chinese labels
    type: str = "text"  # text | date | number | code | list
    max_length: int | None = None
    required: bool = False
    codes: tuple[str, ...] = ()  # accepted values of a `code`, or of each part of a `list`
    code_aliases: Mapping[str, str] | None = None  # met in the wild -> accepted value
    open_codes: tuple[str, ...] = ()  # values that may go on after a hyphen: 其他-…
    precision: int | None = None  # decimal places of a `number`
    minimum: str | None = None  # of a `number`, as decimal text
    maximum: str | None = None
    identifier: str | None = None  # unified | organisation | registration | tax | taxpayer …
    publication: FieldPublication = FieldPublication.PUBLIC
    sensitivity: int = 1  # 1 open … 4 a person's identifier
    free_text: bool = False  # the leak gate reads it
    person_name: bool = False
    example: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """When a conditional rule bites: one field's value is filled, empty, one of, or contains."""

    field: str
    test: str  # filled | empty | equals | not-equals | contains
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a row. `kind` names the meaning; `code` is what people quote."""

    code: str
    kind: str
    severity: Severity
    message: Label
    fields: tuple[str, ...] = ()
    when: Condition | None = None
    values: tuple[str, ...] = ()  # kind-specific: pattern text, accepted values, limits
    example: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One accepted arrangement of columns: a form of some year, with its own required set."""

    id: str
    label: Label
    columns: Mapping[str, str]  # header as met (normalised) -> field key
    required: tuple[str, ...]
    joins: Mapping[str, tuple[str, ...]]  # field key <- several headers joined by ；
    in_force_from: str = ""


@dataclass(frozen=True, slots=True)
class InformationClass:
    """One class of the catalogue with the ten statutory elements (Henan regulation art 11)."""

    id: str
    label: Label
    edition: str
    statutory: Mapping[str, str]
    basis: tuple[Citation, ...]
    adverse: bool
    audience: str  # public | subject
    subject_kind: str  # organisation | professional
    key: tuple[str, ...]  # roles or field keys that make a record's identity, `subject` among them
    roles: Mapping[str, str]  # role -> field key (see `ROLES`)
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    layouts: tuple[Layout, ...] = ()
    list_of: str | None = None  # the statutory list its rows belong to
    publication_decision: bool = False  # each row needs a decision within a legal limit

    def field(self, key: str) -> Field:
        """Return the field called `key`. Raises KeyError for one the class does not have."""
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KeyError(key)

    def role(self, name: str) -> str | None:
        """Return the key of the field that plays `name` in this class, if any."""
        return self.roles.get(name)


# What a field can be to the procedures that know no class by name.
ROLES = (
    "subject_name",
    "subject_category",
    "unified_code",
    "registration_number",
    "organisation_code",
    "tax_number",
    "institution_number",
    "social_number",
    "taxpayer_number",
    "person_document_type",
    "person_document",
    "representative",
    "representative_document_type",
    "representative_document",
    "document_number",
    "decided_on",
    "served_on",
    "valid_from",
    "valid_until",
    "published_until",
    "deciding_body",
    "deciding_body_code",
    "source_body",
    "source_body_code",
    "year",
    "penalty_kinds",
    "simple_procedure",
    "publication_reason",
    "withholding_reason",
    "ground",
    "removed_on",
    "professional_licence",
)
