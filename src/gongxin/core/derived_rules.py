"""The rules that follow from a field or from a class as a whole, so that no catalogue file repeats them.

The kinds are defined in the table beside `core.catalogue.Rule`.
"""

from collections.abc import Collection, Iterator

from gongxin.core.catalogue import Citation, Condition, Field, InformationClass, Label, Rule, Severity
from gongxin.core.standard_messages import CODE_SUFFIX, standard_message

PLACEHOLDER = "0" * 17 + "X"
ALWAYS_WARNINGS = frozenset({"organisation-part", "full-width"})
IDENTIFIER_ROLES = (
    "unified_code",
    "registration_number",
    "organisation_code",
    "tax_number",
    "institution_number",
    "social_number",
    "taxpayer_number",
)
PERSON_ROLES = ("subject_category", "person_document_type", "person_document", "subject_name")
# Who a person is, who an individual business is, and what may not be written into a text: law-decisions,
# "Rules about people"; the national form's own placeholder is an implementers' finding.
PERSON_RULES = Citation("PRODUCT", "R1, R2, R3", "P")
FILE_RULES = Citation("PRODUCT", "rows", "P")


def field_rules(*, field: Field, warnings: Collection[str] = ()) -> Iterator[Rule]:
    """Yield the rules that follow from one field. Kinds named in `warnings` only warn."""
    for kind, values in _kinds_of(field):
        severity = Severity.WARNING if kind in warnings or kind in ALWAYS_WARNINGS else Severity.ERROR
        yield Rule(
            code=f"{field.key}.{CODE_SUFFIX.get(kind, kind)}",
            kind=kind,
            severity=severity,
            message=standard_message(kind=kind, fields=(field,), values=values),
            fields=(field.key,),
            values=values,
            example=field.example,
            citation=field.citation,
        )


def _kinds_of(field: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    if field.required:
        yield "required", ()
    if field.max_length is not None and field.type in ("text", "list"):
        yield "length", (str(field.max_length),)
    if field.type == "date":
        yield "date", ()
    yield from _code_kinds(field)
    yield from _number_kinds(field)
    if field.identifier is not None:
        yield "identifier", (field.identifier,)
        yield "full-width", ()
    if field.identifier == "unified":
        yield "organisation-part", ()


def _code_kinds(field: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    accepted = (*field.codes, *(f"{code}-*" for code in field.open_codes))
    if field.type == "code" and accepted:
        yield "one-of", accepted
    if field.type == "list" and accepted:
        yield "list-of", accepted


def _number_kinds(field: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    if field.type != "number":
        return
    yield "number", ()
    if field.digits is not None and field.precision is not None:
        yield "precision", (str(field.digits), str(field.precision))
    if field.minimum is not None or field.maximum is not None:
        yield "range", (field.minimum or "", field.maximum or "")


def class_rules(*, information_class: InformationClass) -> Iterator[Rule]:
    """Yield the rules every class has, or every class about organisations."""
    if information_class.subject_kind == "organisation":
        yield from _person_rules(information_class)
    free_text = tuple(field.key for field in information_class.fields if field.free_text)
    if "professional_licence" in information_class.roles:
        free_text += (information_class.roles["professional_licence"],)
    if free_text:
        yield _row_rule(information_class, "personal-number", free_text, citation=PERSON_RULES)
    yield _row_rule(information_class, "replacement-character")
    yield _row_rule(information_class, "control-character")
    key_fields = tuple(_key_fields(information_class))
    yield _row_rule(information_class, "unique-key", key_fields, code="duplicate-key")
    yield _row_rule(
        information_class, "folded-row", key_fields, code="duplicate-row", severity=Severity.WARNING
    )


def _person_rules(information_class: InformationClass) -> Iterator[Rule]:
    roles = information_class.roles
    watched = tuple(roles[name] for name in (*PERSON_ROLES, *IDENTIFIER_ROLES) if name in roles)
    yield _row_rule(
        information_class,
        "person-row",
        watched,
        severity=Severity.OUT_OF_SCOPE,
        message=information_class.persons_elsewhere,
        citation=PERSON_RULES,
    )
    if "unified_code" in roles or "taxpayer_number" in roles:
        named = ("unified_code", "taxpayer_number", "registration_number", "subject_category")
        yield _row_rule(
            information_class,
            "placeholder",
            tuple(roles[name] for name in named if name in roles),
            values=(PLACEHOLDER,),
            citation=PERSON_RULES,
        )


def _key_fields(information_class: InformationClass) -> Iterator[str]:
    """Yield the fields a record's identity is read from; `subject` stands for whoever the row is about."""
    roles = information_class.roles
    for part in information_class.key:
        if part == "subject":
            whom = ("unified_code", "taxpayer_number", "professional_licence", "subject_name")
            yield next(roles[name] for name in whom if name in roles)
        else:
            yield roles.get(part, part)


def _row_rule(
    information_class: InformationClass,
    kind: str,
    fields: tuple[str, ...] = (),
    *,
    code: str | None = None,
    severity: Severity = Severity.ERROR,
    values: tuple[str, ...] = (),
    message: Label | None = None,
    citation: Citation = FILE_RULES,
) -> Rule:
    named = tuple(information_class.field(key) for key in fields)
    return Rule(
        code=code or kind,
        kind=kind,
        severity=severity,
        message=message or standard_message(kind=kind, fields=named, values=values),
        fields=fields,
        values=values,
        citation=citation,
    )


def written_message(
    *,
    information_class: InformationClass,
    kind: str,
    fields: tuple[str, ...],
    values: tuple[str, ...],
    when: Condition | None,
) -> Label:
    """Return the standard words for a rule written in a catalogue file without words of its own."""
    return standard_message(
        kind=kind,
        fields=tuple(information_class.field(key) for key in fields),
        values=values,
        when=when,
        subject=None if when is None else information_class.field(when.field),
    )
