"""Rules that read one field."""

from collections.abc import Callable, Iterator

import polars as pl

from gongxin.core.catalogue import Rule
from gongxin.engine.rules.context import DOUBTFUL_PART, FULL_WIDTH, REFUSED, Context, Finding, mark


def required(rule: Rule, context: Context) -> Iterator[Finding]:
    key = rule.fields[0]
    if key in context.required:
        yield Finding(rule, key, context.column(key).is_null())


def length(rule: Rule, context: Context) -> Iterator[Finding]:
    yield from _of_first(rule, context, lambda value: value.str.len_chars() > int(rule.values[0]))


def one_of(rule: Rule, context: Context) -> Iterator[Finding]:
    closed = [value for value in rule.values if not value.endswith("-*")]
    open_prefixes = [value.removesuffix("*") for value in rule.values if value.endswith("-*")]

    def accepted(value: pl.Expr) -> pl.Expr:
        accepted = value.is_in(closed)
        for prefix in open_prefixes:
            accepted = accepted | (value.str.starts_with(prefix) & (value.str.len_chars() > len(prefix)))
        return accepted

    yield from _of_first(rule, context, lambda value: ~accepted(value))


def refused(rule: Rule, context: Context) -> Iterator[Finding]:
    """Yield what cleaning could not read as a date, number, list or identifier."""
    yield from _of_first(rule, context, lambda _: pl.col(mark(rule.fields[0], REFUSED)))


def full_width(rule: Rule, context: Context) -> Iterator[Finding]:
    yield from _of_first(rule, context, lambda _: pl.col(mark(rule.fields[0], FULL_WIDTH)))


def precision(rule: Rule, context: Context) -> Iterator[Finding]:
    digits, decimals = (int(value) for value in rule.values)
    fitting = rf"^-?0*[0-9]{{0,{digits - decimals}}}(\.[0-9]{{0,{decimals}}})?$"
    yield from _of_read(rule, context, lambda value: ~value.str.contains(fitting))


def limits(rule: Rule, context: Context) -> Iterator[Finding]:
    minimum, maximum = rule.values

    def outside(value: pl.Expr) -> pl.Expr:
        number = value.cast(pl.Float64, strict=False)
        below = number < float(minimum) if minimum else pl.lit(value=False)
        return below | (number > float(maximum)) if maximum else below

    yield from _of_read(rule, context, outside)


def organisation_part(rule: Rule, context: Context) -> Iterator[Finding]:
    yield from _of_first(rule, context, lambda _: pl.col(mark(rule.fields[0], DOUBTFUL_PART)))


def pattern(rule: Rule, context: Context) -> Iterator[Finding]:
    yield from _of_first(rule, context, lambda value: ~value.str.contains(rule.values[0]))


def not_in_future(rule: Rule, context: Context) -> Iterator[Finding]:
    yield from _of_read(rule, context, lambda value: value > context.on.isoformat())


def not_before(rule: Rule, context: Context) -> Iterator[Finding]:
    yield from _of_read(rule, context, lambda value: value < rule.values[0])


def person_only_penalty(rule: Rule, context: Context) -> Iterator[Finding]:
    """The kinds of penalty hold any of the words; what was imposed is free text and holds the first."""
    yield from _of_first(rule, context, lambda value: value.str.contains_any(list(rule.values)))
    for key in filter(context.has, rule.fields[1:]):
        named = pl.lit(False)  # a row told once is not told twice
        if context.has(rule.fields[0]):
            named = pl.col(rule.fields[0]).str.contains_any(list(rule.values)).fill_null(False)
        yield Finding(rule, key, pl.col(key).str.contains(rule.values[0], literal=True) & ~named)


def _of_first(rule: Rule, context: Context, wrong: Callable[[pl.Expr], pl.Expr]) -> Iterator[Finding]:
    key = rule.fields[0]
    if context.has(key):
        yield Finding(rule, key, wrong(pl.col(key)))


def _of_read(rule: Rule, context: Context, wrong: Callable[[pl.Expr], pl.Expr]) -> Iterator[Finding]:
    """As `_of_first`, silent on a date or number that was refused already."""
    unread = pl.col(mark(rule.fields[0], REFUSED))
    yield from _of_first(rule, context, lambda value: wrong(value) & ~unread)
