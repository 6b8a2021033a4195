"""The rule that keeps people out: a row about a person is counted and nothing of it is kept (R1, R12)."""

from collections.abc import Iterator

import polars as pl

from gongxin.core.catalogue import Field, FieldPublication, Rule
from gongxin.core.derived_rules import IDENTIFIER_ROLES
from gongxin.engine.plausible_identifiers import identifies
from gongxin.engine.rules.context import A_PERSONS, NAMELESS, PERSONAL, Context, Finding, mark

PERSON = "自然人"
# An empty cell, as offices write it.
_NOTHING = ("无", "空", "暂无", "没有", "/", "\\", "-", "--", "—", "——", "null", "NULL", "N/A", "0")


def personal_number(rule: Rule, context: Context) -> Iterator[Finding]:
    for key in texts_watched(context):
        yield Finding(rule, key, pl.col(mark(key, PERSONAL)))


def person_row(rule: Rule, context: Context) -> Iterator[Finding]:
    numbered = [pl.col(mark(key, A_PERSONS)) for key in identifier_keys(context)]
    yield Finding(rule, None, pl.any_horizontal(_is_said_to_be(context), pl.col(NAMELESS), *numbered))


def texts_watched(context: Context) -> list[str]:
    """Return the fields in use no person's number may stand in.

    The catalogue names the free texts; a number is as much out of place in any other text that is kept.
    What is let in here no page could show: the gate on the way out would stop it.
    """
    rule = next((rule for rule in context.information_class.rules if rule.kind == "personal-number"), None)
    if rule is None:
        return []
    return [
        field.key
        for field in context.information_class.fields
        if context.has(field.key) and (field.key in rule.fields or _may_hold_a_number(field))
    ]


def _may_hold_a_number(field: Field) -> bool:
    kept = field.publication is not FieldPublication.NEVER_KEPT
    return kept and field.identifier is None and field.type in {"text", "list"}


def without_identifier(context: Context) -> pl.Expr:
    """Return where no identifier says that the row is an organisation's.

    A filler, the placeholder, a mistyped code or a passport's number identifies no organisation.
    """
    roles = ((role, context.information_class.role(role)) for role in IDENTIFIER_ROLES)
    identifying = [
        identifies(role, pl.col(key)) for role, key in roles if key is not None and context.has(key)
    ]
    return ~pl.any_horizontal(identifying) if identifying else pl.repeat(value=True, n=pl.len())


def _is_said_to_be(context: Context) -> pl.Expr:
    category = context.role("subject_category").str.contains(PERSON, literal=True)
    documents = (context.role(name) for name in ("person_document_type", "person_document"))
    return category.fill_null(value=False) | pl.any_horizontal(map(_is_filled, documents))


def _is_filled(value: pl.Expr) -> pl.Expr:
    return (value.is_not_null() & ~value.is_in(_NOTHING)).fill_null(value=False)


def identifier_keys(context: Context) -> list[str]:
    """Return the columns in use that should hold an organisation's identifier."""
    keys = (context.information_class.role(name) for name in IDENTIFIER_ROLES)
    return [key for key in keys if key is not None and context.has(key)]
