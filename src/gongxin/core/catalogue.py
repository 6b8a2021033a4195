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
    digits: int | None = None  # all digits of a `number`: 18,6 is digits 18, precision 6
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
    group: str = ""  # the heading it stands under in the class's file


@dataclass(frozen=True, slots=True)
class Condition:
    """When a conditional rule bites. `equals` and `contains` hold for any one of `values`; `not-equals`
    holds for a filled value that is none of them. An empty value satisfies `empty` alone."""

    field: str
    test: str  # filled | empty | equals | not-equals | contains
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a row. `kind` names the meaning; `code` is what people quote.

    All kinds read normalised values (trimmed, codes half-width and upper case, `code_aliases` applied,
    dates ISO, numbers plain decimal); an empty cell is null. Unless the table says so a rule is silent
    on an empty value. `when` may stand on any rule: the rule is silent where it does not hold. A row
    that breaks an out-of-scope rule reports that and nothing else. `f` is `fields[0]`.

    Derived from a Field, code `<FIELD>.<kind>` unless the second column says otherwise:

    | kind | code | wrong when | values |
    |---|---|---|---|
    | required | | f is empty (asked only of the layout's own `required`) | |
    | length | | more than values[0] characters (code points) | (maximum,) |
    | one-of | | f is none of values; `其他-*` accepts 其他- and at least one more character | accepted |
    | list-of | | a part of f is none of values, as one-of. Parts: cut at ；; and vertical bar, then each \
      part that does not begin with an open prefix (`其他-`) also at 、，,. Stored joined by ； | accepted |
    | number | .not-a-number | f is not a decimal number | |
    | precision | | more than values[1] decimals, or than values[0] - values[1] whole digits \
      | (digits, decimals) |
    | range | | outside values[0] to values[1], ends included; "" is no limit | (minimum, maximum) |
    | date | .not-a-date | f is a date in no layout met, or no such day | |
    | identifier | | f does not pass the check of values[0]: unified, organisation, registration, taxpayer \
      (unified, or 15 to 20 letters and digits of the old form). The 17-zeros-X placeholder is left to \
      `placeholder` | (scheme,) |
    | organisation-part | | warning: unified f passes, its organisation part does not | |
    | full-width | | warning: f was written with full-width digits or letters | |

    Derived for a class, or written in its file (the code is given, row-level codes are a bare word):

    | kind | wrong when | values |
    |---|---|---|
    | required-when | `when` holds and one of fields is empty (one problem for each) | |
    | empty-when | `when` holds and one of fields is filled (one problem for each) | |
    | one-of-a-group | all of fields are empty | |
    | pattern | f as a whole does not match (`^…$`, syntax common to Python and Rust) | (pattern,) |
    | not-in-future | f is after the day of the check | |
    | not-before | f is before values[0] | (ISO day,) |
    | date-order | both filled and fields[1] is before fields[0] | |
    | amount-unit | f (in 万元) is at least values[0], or its digits stand before 元 in the text fields[1] \
      | (limit,) |
    | placeholder | the unified code is values[0], and the registration number is empty, fails its check \
      or has no field, or the category is filled and is not 个体工商户 (R3); by the class's roles, those \
      that exist are in fields | (placeholder,) |
    | person-row | the row is about a person (R1), by the class's roles: category 自然人; or a person's \
      document type or number is filled; or an organisation identifier column holds a valid resident \
      number; or no organisation identifier is filled (the placeholder does not count) and the name has \
      no organisational element | |
    | person-only-penalty | a part of f contains one of values; a further f the first (R2) | kinds |
    | personal-number | one of fields holds a person's number (`core.leaks`) (one problem for each) | |
    | replacement-character | any cell of the row holds U+FFFD; fields is empty | |
    | control-character | any cell holds a control character other than TAB, LF, CR; fields is empty | |
    | unique-key | rows share the class's `key` with different content: all of them are wrong | |
    | folded-row | warning: the row is identical to an earlier one and folds into it | |

    A rule that demands a value (required-when, one-of-a-group) passes over fields the layout in use has no
    column for; a group none of whose fields has a column is silent.
    In `key`, `subject` is the first filled of unified_code (not the placeholder), taxpayer_number,
    registration_number, organisation_code, professional_licence, else subject_name; `document_number` is
    compared in its normal form; other parts are roles or field keys compared as normalised text.
    """

    code: str
    kind: str
    severity: Severity
    message: Label
    fields: tuple[str, ...] = ()
    when: Condition | None = None
    values: tuple[str, ...] = ()  # kind-specific, see the table
    example: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One accepted arrangement of columns: a form of some year, with its own required set.

    The first layout of a class is its own form: every key, label and alias. Headers named in `joins`
    are not repeated in `columns`. The same header may mean another field in another layout (XK_ZT).
    """

    id: str
    label: Label
    columns: Mapping[str, str]  # header as the form prints it -> field key
    required: tuple[str, ...]
    joins: Mapping[str, tuple[str, ...]]  # field key <- several headers joined by ；
    in_force_from: str = ""


# Read once and passed around: one is itself alone, so that what is worked out of it can be kept by it.
@dataclass(frozen=True, slots=True, eq=False)
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
    exit: Label | None = None  # of a list: how and when a subject leaves it
    remedy: Label | None = None  # of an adverse class: how its subject contests a row
    persons_elsewhere: Label | None = None  # what a sender of a person's row reads, and where to ask instead

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
    "disclosure_scope",  # of a commitment: 可向社会公开 | 特定范围内公开 | 不可公开
    "ground",
    "removed_on",
    "professional_licence",
)
