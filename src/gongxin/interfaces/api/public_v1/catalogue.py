"""The catalogue as JSON: classes, fields, rules, accepted layouts."""

from typing import Any

from gongxin.core.catalogue import Field, InformationClass, Layout, Rule
from gongxin.interfaces.api.public_v1.records import basis, words


def class_address(class_id: str) -> str:
    return f"/api/v1/catalogue/{class_id}"


def class_summary(found: InformationClass) -> dict[str, Any]:
    return {
        "id": found.id,
        "label": words(found.label),
        "edition": found.edition,
        "adverse": found.adverse,
        "audience": found.audience,
        "links": {"self": class_address(found.id), "page": f"/catalogue/{found.id}/"},
    }


def class_json(found: InformationClass) -> dict[str, Any]:
    """Return the whole class as the schema says."""
    required = found.layouts[0].required if found.layouts else ()
    return {
        "id": found.id,
        "label": words(found.label),
        "edition": found.edition,
        "statutory": dict(found.statutory),
        "basis": [basis(one) for one in found.basis],
        "adverse": found.adverse,
        "audience": found.audience,
        "subject_kind": found.subject_kind,
        "key": found.key,
        "remedy": words(found.remedy) if found.remedy else None,
        "exit": words(found.exit) if found.exit else None,
        "fields": [_field(one, required=one.key in required) for one in found.fields],
        "rules": [_rule(one) for one in found.rules],
        "layouts": [_layout(one) for one in found.layouts],
    }


def _field(field: Field, *, required: bool) -> dict[str, Any]:
    return {
        "key": field.key,
        "label": words(field.label),
        "type": field.type,
        "required": required,
        "max_length": field.max_length,
        "codes": field.codes,
        "identifier": field.identifier,
        "publication": field.publication,
        "example": field.example,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "kind": rule.kind,
        "severity": rule.severity,
        "message": words(rule.message),
        "fields": rule.fields,
        "values": rule.values,
        "example": rule.example,
        "basis": basis(rule.citation) if rule.citation else None,
    }


def _layout(layout: Layout) -> dict[str, Any]:
    joined = {header: key for key, headers in layout.joins.items() for header in headers}
    return {
        "id": layout.id,
        "label": words(layout.label),
        "columns": {**layout.columns, **joined},
        "required": layout.required,
    }
