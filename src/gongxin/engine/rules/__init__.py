"""The rule kinds of the table beside `core.catalogue.Rule`, as column expressions."""

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from gongxin.core.catalogue import Condition, Rule
from gongxin.engine.rules import persons, rows, values
from gongxin.engine.rules.context import Context, Finding

Kind = Callable[[Rule, Context], Iterator[Finding]]

# Asked of the whole file at its end, by `engine.duplicates`.
OF_THE_FILE = frozenset({"unique-key", "folded-row"})

KINDS: Mapping[str, Kind] = {
    "required": values.required,
    "length": values.length,
    "one-of": values.one_of,
    "list-of": values.refused,
    "number": values.refused,
    "date": values.refused,
    "precision": values.precision,
    "range": values.limits,
    "identifier": values.refused,
    "organisation-part": values.organisation_part,
    "full-width": values.full_width,
    "pattern": values.pattern,
    "not-in-future": values.not_in_future,
    "not-before": values.not_before,
    "personal-number": persons.personal_number,
    "person-only-penalty": values.person_only_penalty,
    "required-when": rows.required_when,
    "empty-when": rows.empty_when,
    "one-of-a-group": rows.one_of_a_group,
    "date-order": rows.date_order,
    "amount-unit": rows.amount_unit,
    "placeholder": rows.placeholder,
    "replacement-character": rows.replacement_character,
    "control-character": rows.control_character,
    "person-row": persons.person_row,
}


def findings(context: Context) -> Iterator[Finding]:
    """Yield every question the class asks of a row, as an expression that is never null.

    Raises KeyError for a kind nobody wrote: a rule that is not checked must not look as if it were.
    """
    for rule in context.information_class.rules:
        if rule.kind not in OF_THE_FILE:
            for finding in KINDS[rule.kind](rule, context):
                wrong = finding.wrong if rule.when is None else finding.wrong & _holds(rule.when, context)
                yield Finding(rule, finding.field, wrong.fill_null(value=False))


def _holds(condition: Condition, context: Context) -> pl.Expr:
    value = context.column(condition.field)
    match condition.test:
        case "filled":
            return value.is_not_null()
        case "empty":
            return value.is_null()
        case "equals":
            return value.is_in(list(condition.values))
        case "not-equals":
            return ~value.is_in(list(condition.values))
        case "contains":
            return value.str.contains_any(list(condition.values))
    raise KeyError(condition.test)
