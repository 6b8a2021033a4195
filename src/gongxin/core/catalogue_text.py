"""Turns one catalogue document (the mapping a YAML file holds) into an InformationClass.

Nothing is guessed: an unknown key, a value without a source, a rule on a field that is not there, a
missing statutory element or a prohibited meaning refuses the whole document.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gongxin.core.catalogue import (
    ROLES,
    Citation,
    Condition,
    Field,
    FieldPublication,
    InformationClass,
    Label,
    Layout,
    Rule,
    Severity,
)
from gongxin.core.derived_rules import class_rules, field_rules, written_message
from gongxin.core.document_parts import CatalogueRefused, Part, read_citation
from gongxin.core.prohibited import refuse_prohibited
from gongxin.core.standard_messages import CODE_SUFFIX, MESSAGES

# The ten elements of every catalogue entry: Henan credit regulation, article 11. The tenth, 信息项, is
# the list of the class's fields and is never written by hand.
STATUTORY_ELEMENTS = (
    "数据代码",
    "数据名称",
    "数据格式",
    "提供单位",
    "主体类型",
    "信息性质",
    "共享属性",
    "覆盖范围",
    "更新周期",
)
FIELD_LIST = "信息项"

CLASS_KEYS = (
    "id",
    "edition",
    "label",
    "statutory",
    "basis",
    "adverse",
    "audience",
    "subject_kind",
    "key",
    "list_of",
    "publication_decision",
    "exit",
    "remedy",
    "persons_elsewhere",
    "roles",
    "fields",
    "rules",
    "layouts",
)
FIELD_KEYS = (
    "label",
    "aliases",
    "type",
    "max_length",
    "required",
    "codes",
    "codes_from",
    "code_aliases",
    "open_codes",
    "digits",
    "precision",
    "minimum",
    "maximum",
    "identifier",
    "publication",
    "sensitivity",
    "free_text",
    "person_name",
    "example",
    "citation",
    "warn",
    "only_in",
)
RULE_KEYS = ("kind", "fields", "code", "severity", "message", "when", "values", "example", "citation")
LAYOUT_KEYS = ("id", "label", "in_force_from", "columns", "required", "joins")
FIELD_TYPES = ("text", "date", "number", "code", "list")
IDENTIFIERS = ("unified", "organisation", "registration", "taxpayer")
CONDITIONS = ("filled", "empty", "equals", "not-equals", "contains")
# Kinds about a row rather than a field; their code is a bare word and has to be given.
ROW_KINDS = ("person-only-penalty", "one-of-a-group")


def parse_class(
    document: Mapping[str, Any], *, lists: Mapping[str, Sequence[str]] | None = None
) -> InformationClass:
    """Return the class a document describes, with every rule that follows from it.

    `lists` are the code lists a field may take by name (`codes_from: professions`).
    Raises CatalogueRefused for a document that is not complete and plain, and ProhibitedMeaning for one
    that would hold what the rights line excludes.
    Source: Henan credit regulation article 11; law-decisions 23, R15.
    """
    part = Part(document, str(document.get("id", "?")) if isinstance(document, Mapping) else "?", CLASS_KEYS)
    parsed = list(_fields(part, lists or {}))
    fields = tuple(field for field, _ in parsed)
    bare = InformationClass(
        id=part.text("id"),
        label=part.label("label"),
        edition=part.text("edition"),
        statutory=_statutory(part, fields),
        basis=_basis(part),
        adverse=part.flag("adverse"),
        audience=part.choice("audience", ("public", "subject")),
        subject_kind=part.choice("subject_kind", ("organisation", "professional")),
        key=part.texts("key"),
        roles=part.pairs("roles"),
        fields=fields,
        rules=(),
        list_of=part.text("list_of") if part.has("list_of") else None,
        publication_decision=part.flag("publication_decision"),
        exit=part.optional_label("exit"),
        remedy=part.optional_label("remedy"),
        persons_elsewhere=part.optional_label("persons_elsewhere"),
    )
    _refuse_broken_references(part, bare)
    derived = [rule for field, own in parsed for rule in field_rules(field=field, warnings=own.texts("warn"))]
    rules = (*derived, *_rules(part, bare), *class_rules(information_class=bare))
    _refuse_doubled([rule.code for rule in rules], part, "rules")
    whole = replace(bare, rules=rules, layouts=(_own_layout(part, parsed), *_layouts(part, bare)))
    refuse_prohibited(whole)
    return whole


def _statutory(part: Part, fields: tuple[Field, ...]) -> Mapping[str, str]:
    elements = Part(part.get("statutory"), f"{part.path}.statutory", STATUTORY_ELEMENTS)
    written = {name: elements.text(name) for name in STATUTORY_ELEMENTS}
    return {**written, FIELD_LIST: "、".join(field.label.zh for field in fields)}


def _basis(part: Part) -> tuple[Citation, ...]:
    basis = part.get("basis")
    if not isinstance(basis, list) or not basis:
        raise part.refused("basis", Label("没有法律依据的事项不得收集。", "No class exists without a basis."))
    return tuple(read_citation(item, f"{part.path}.basis[{at}]") for at, item in enumerate(basis))


def _fields(part: Part, lists: Mapping[str, Sequence[str]]) -> Iterator[tuple[Field, Part]]:
    groups = part.get("fields")
    if not isinstance(groups, list) or not groups:
        raise part.refused(
            "fields", Label("这里应为字段分组的列表。", "A list of groups of fields is expected.")
        )
    seen: list[str] = []
    for at, content in enumerate(groups):
        group = Part(content, f"{part.path}.fields[{at}]", ("group", "citation", "fields"))
        default = group.citation() if group.has("citation") else None
        members = group.get("fields")
        if not isinstance(members, Mapping):
            raise group.refused("fields", Label("这里应为键值表。", "A mapping is expected here."))
        for key, content_of in members.items():
            own = Part(content_of, f"{part.path}.{key}", FIELD_KEYS)
            seen.append(str(key))
            yield replace(_field(str(key), own, default, lists), group=group.text("group", "")), own
    _refuse_doubled(seen, part, "fields")


def _field(key: str, part: Part, default: Citation | None, lists: Mapping[str, Sequence[str]]) -> Field:
    identifier = part.choice("identifier", IDENTIFIERS) if part.has("identifier") else None
    return Field(
        key=key,
        label=part.label("label"),
        aliases=part.texts("aliases"),
        type=part.choice("type", FIELD_TYPES, "text"),
        max_length=part.whole("max_length"),
        required=part.flag("required"),
        codes=_codes(part, lists),
        code_aliases=part.pairs("code_aliases") or None,
        open_codes=part.texts("open_codes"),
        digits=part.whole("digits"),
        precision=part.whole("precision"),
        minimum=part.text("minimum") if part.has("minimum") else None,
        maximum=part.text("maximum") if part.has("maximum") else None,
        identifier=identifier,
        publication=FieldPublication(part.choice("publication", tuple(FieldPublication), "public")),
        sensitivity=int(part.choice("sensitivity", ("1", "2", "3", "4"), "1")),
        free_text=part.flag("free_text"),
        person_name=part.flag("person_name"),
        example=part.text("example", ""),
        citation=part.citation(default=default),
    )


def _codes(part: Part, lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if not part.has("codes_from"):
        return part.texts("codes")
    return tuple(lists[part.choice("codes_from", tuple(lists))])


def _refuse_broken_references(part: Part, information_class: InformationClass) -> None:
    """Refuse roles, keys and layouts that name nothing, and a list nobody can leave."""
    known = tuple(field.key for field in information_class.fields)
    for role, key in information_class.roles.items():
        if role not in ROLES:
            raise part.refused(f"roles.{role}", Label("没有这种角色。", "There is no such role."))
        _refuse_unknown_field(part, f"roles.{role}", key, known)
    for element in information_class.key:
        if element != "subject" and element not in information_class.roles:
            _refuse_unknown_field(part, "key", element, known)
    if "subject" not in information_class.key:
        raise part.refused("key", Label("记录的键必须包含主体。", "A record's key must include its subject."))
    if information_class.list_of and not (information_class.exit and information_class.remedy):
        raise part.refused(
            "exit", Label("名单必须写明退出条件和救济途径。", "A list must state its exit and its remedy.")
        )


def _refuse_unknown_field(part: Part, where: str, key: str, known: Sequence[str]) -> None:
    if key not in known:
        raise part.refused(where, Label(f"没有字段 {key}。", f"There is no field {key}."))


def _refuse_doubled(names: Sequence[str], part: Part, where: str) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise part.refused(
            where, Label(f"重复：{'、'.join(doubled)}。", f"Given more than once: {', '.join(doubled)}.")
        )


def _rules(part: Part, information_class: InformationClass) -> Iterator[Rule]:
    known = tuple(field.key for field in information_class.fields)
    for at, content in enumerate(part.entries("rules")):
        own = Part(content, f"{part.path}.rules[{at}]", RULE_KEYS)
        fields = own.texts("fields")
        for key in fields:
            _refuse_unknown_field(own, "fields", key, known)
        yield _rule(own, fields, information_class, known)


def _rule(
    part: Part, fields: tuple[str, ...], information_class: InformationClass, known: Sequence[str]
) -> Rule:
    kind = part.choice("kind", tuple(MESSAGES))
    when = _condition(part, known)
    values = part.texts("values")
    citation = part.citation(default=information_class.field(fields[0]).citation if fields else None)
    message = part.optional_label("message") or written_message(
        information_class=information_class, kind=kind, fields=fields, values=values, when=when
    )
    return Rule(
        code=part.text("code", None if kind in ROW_KINDS or not fields else _field_code(fields[0], kind)),
        kind=kind,
        severity=Severity(part.choice("severity", tuple(Severity), "error")),
        message=message,
        fields=fields,
        when=when,
        values=values,
        example=part.text("example", information_class.field(fields[0]).example if fields else ""),
        citation=citation,
    )


def _field_code(key: str, kind: str) -> str:
    return f"{key}.{CODE_SUFFIX.get(kind, kind)}"


def _condition(part: Part, known: Sequence[str]) -> Condition | None:
    if not part.has("when"):
        return None
    own = Part(part.get("when"), f"{part.path}.when", ("field", *CONDITIONS))
    _refuse_unknown_field(own, "field", own.text("field"), known)
    tests = [test for test in CONDITIONS if own.has(test)]
    if len(tests) != 1:
        raise own.refused("", Label("条件只能有一个。", "Exactly one test is expected."))
    values = () if tests[0] in ("filled", "empty") else own.texts(tests[0])
    return Condition(field=own.text("field"), test=tests[0], values=values)


def _own_layout(part: Part, parsed: Sequence[tuple[Field, Part]]) -> Layout:
    """Return the class's own form: every field by its key, its label in either language, its aliases."""
    own = [field for field, source in parsed if not source.has("only_in")]
    columns: dict[str, str] = {}
    for field in own:
        for header in dict.fromkeys((field.key, field.label.zh, field.label.en, *field.aliases)):
            if header in columns:
                raise part.refused(
                    field.key, Label(f"列名重复：{header}。", f"Header taken twice: {header}.")
                )
            columns[header] = field.key
    required = tuple(field.key for field in own if field.required)
    return Layout(
        id=part.text("edition"), label=part.label("label"), columns=columns, required=required, joins={}
    )


def _layouts(part: Part, information_class: InformationClass) -> Iterator[Layout]:
    known = tuple(field.key for field in information_class.fields)
    for at, content in enumerate(part.entries("layouts")):
        own = Part(content, f"{part.path}.layouts[{at}]", LAYOUT_KEYS)
        columns = own.pairs("columns")
        joined = own.get("joins") if own.has("joins") else {}
        if not isinstance(joined, Mapping):
            raise own.refused("joins", Label("这里应为键值表。", "A mapping is expected here."))
        parts = Part(joined, f"{own.path}.joins", tuple(joined))
        joins = {str(key): parts.texts(key) for key in joined}
        for key in (*columns.values(), *joins, *own.texts("required")):
            _refuse_unknown_field(own, "columns", key, known)
        yield Layout(
            id=own.text("id"),
            label=own.label("label"),
            columns=columns,
            required=own.texts("required"),
            joins=joins,
            in_force_from=own.text("in_force_from", ""),
        )


__all__ = ["FIELD_LIST", "STATUTORY_ELEMENTS", "CatalogueRefused", "parse_class"]
