"""Rules that read several fields of a row, or the row as a whole."""

from collections.abc import Iterator

import polars as pl

from gongxin.core.catalogue import Rule
from gongxin.core.derived_rules import PLACEHOLDER
from gongxin.engine import identifiers
from gongxin.engine.rules.context import CONTROL, REFUSED, UNREADABLE, Context, Finding, mark

INDIVIDUAL_BUSINESS = "个体工商户"
_SUM_IN_YUAN = r"[0-9]+(?:\.[0-9]+)?元"


def required_when(rule: Rule, context: Context) -> Iterator[Finding]:
    for key in filter(context.has, rule.fields):
        yield Finding(rule, key, pl.col(key).is_null())


def empty_when(rule: Rule, context: Context) -> Iterator[Finding]:
    for key in filter(context.has, rule.fields):
        yield Finding(rule, key, pl.col(key).is_not_null())


def one_of_a_group(rule: Rule, context: Context) -> Iterator[Finding]:
    group = [key for key in rule.fields if context.has(key)]
    if group:
        yield Finding(rule, group[0], pl.all_horizontal(pl.col(group).is_null()))


def date_order(rule: Rule, context: Context) -> Iterator[Finding]:
    first, second = rule.fields[:2]
    if context.has(first) and context.has(second):
        read = ~pl.col(mark(first, REFUSED)) & ~pl.col(mark(second, REFUSED))
        yield Finding(rule, second, (pl.col(second) < pl.col(first)) & read)


def amount_unit(rule: Rule, context: Context) -> Iterator[Finding]:
    key = rule.fields[0]
    if not context.has(key):
        return
    amount, limit = pl.col(key), float(rule.values[0])
    wrong = amount.cast(pl.Float64, strict=False) >= limit
    if len(rule.fields) > 1 and context.has(rule.fields[1]):
        wrong = wrong | _stands_before_yuan(amount, pl.col(rule.fields[1]))
    yield Finding(rule, key, wrong & ~pl.col(mark(key, REFUSED)))


def _stands_before_yuan(amount: pl.Expr, text: pl.Expr) -> pl.Expr:
    """Return where `text` states the very sum in 元 that `amount` gives in 万元."""
    plain = pl.when(amount.is_not_null() & text.str.contains("[0-9]元")).then(
        text.str.replace_all("[,，]", "")
    )
    sums = plain.str.replace_all(r"\.0+元", "元").str.extract_all(_SUM_IN_YUAN)
    return sums.list.contains(amount + "元")


def placeholder(rule: Rule, context: Context) -> Iterator[Finding]:
    roles = (context.information_class.role(name) for name in ("unified_code", "taxpayer_number"))
    for key in roles:
        if key is not None and context.has(key):
            yield Finding(rule, key, _stands_in(key, context))


def _stands_in(key: str, context: Context) -> pl.Expr:
    registered = _is_registered(context)
    category = context.role("subject_category")
    elsewhere = category.is_not_null() & (category != INDIVIDUAL_BUSINESS)
    return (pl.col(key) == PLACEHOLDER) & (~registered | elsewhere)


def _is_registered(context: Context) -> pl.Expr:
    key = context.information_class.role("registration_number")
    if key is None or not context.has(key):
        return pl.lit(value=False)
    if context.information_class.field(key).identifier != "registration":
        return identifiers.registration_valid(pl.col(key))
    return pl.col(key).is_not_null() & ~pl.col(mark(key, REFUSED))


def replacement_character(rule: Rule, context: Context) -> Iterator[Finding]:  # noqa: ARG001 (one shape for all kinds)
    yield Finding(rule, None, pl.col(UNREADABLE))


def control_character(rule: Rule, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    yield Finding(rule, None, pl.col(CONTROL))
