"""A catalogue class compiled for one arrangement of columns, and its answer for one chunk of rows.

`check_rows` is the whole check of a chunk and knows nothing of files: the same function serves a
file on one machine and Arrow batches on many.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import polars as pl

from gongxin.core.catalogue import Field, FieldPublication, InformationClass, Severity
from gongxin.engine.arrangement import Arrangement
from gongxin.engine.cleaning import Cleaner, cleaner, empty_as_null, trimmed
from gongxin.engine.identity import record_key
from gongxin.engine.rules import findings
from gongxin.engine.rules.context import Context, Finding
from gongxin.engine.rules.persons import identifier_keys
from gongxin.engine.suspicions import Suspicions, suspicions_for


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that can be decided before the first row is seen."""

    information_class: InformationClass
    arrangement: Arrangement
    texts: tuple[pl.Expr, ...]
    cleaners: tuple[tuple[str, Cleaner], ...]
    findings: tuple[Finding, ...]
    masks: tuple[pl.Expr, ...]
    suspicions: Suspicions
    key: tuple[pl.Expr, ...]  # what makes two rows the same record
    content: tuple[pl.Expr, ...]  # what makes two rows of one record equal


@dataclass(frozen=True, slots=True)
class _Kept:
    """An arrangement under what tells it from others."""

    key: tuple[object, ...]
    arrangement: Arrangement = field(compare=False)


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """One chunk after the check. `hits` holds only the rules that were broken."""

    cleaned: pl.DataFrame
    person: pl.Series
    failed: pl.Series
    hits: tuple[tuple[Finding, pl.Series], ...]  # never true in a person row, but for the person rules


def compile_plan(*, information_class: InformationClass, arrangement: Arrangement, on: date) -> Plan:
    """Return the plan for `information_class` read through `arrangement` on the day `on`.

    The files of a day mostly look alike: what was compiled last is kept.
    """
    key = (
        arrangement.layout,
        tuple(arrangement.sources.items()),
        tuple(arrangement.constants.items()),
        arrangement.required,
        arrangement.unknown,
    )
    return _compiled(information_class, _Kept(key, arrangement), on)


@lru_cache(maxsize=64)
def _compiled(information_class: InformationClass, kept: _Kept, on: date) -> Plan:
    arrangement = kept.arrangement
    fields = [field for field in information_class.fields if field.key in arrangement.fields]
    context = Context(
        information_class=information_class,
        fields=frozenset(arrangement.fields),
        required=frozenset(arrangement.required),
        on=on,
    )
    asked = tuple(findings(context))
    identifying = identifier_keys(context)
    return Plan(
        information_class=information_class,
        arrangement=arrangement,
        texts=tuple(_text(field, arrangement) for field in fields),
        cleaners=tuple((field.key, cleaner(field, identifies=field.key in identifying)) for field in fields),
        findings=asked,
        masks=tuple(finding.wrong.alias(str(at)) for at, finding in enumerate(asked)),
        suspicions=suspicions_for(context, dict(arrangement.sources)),
        key=tuple(record_key(context)),
        content=tuple(context.column(key).alias(key) for key in kept_fields(information_class)),
    )


def kept_fields(information_class: InformationClass) -> tuple[str, ...]:
    """Return the keys of the fields that may be stored at all, in the order of the catalogue."""
    return tuple(
        field.key
        for field in information_class.fields
        if field.publication is not FieldPublication.NEVER_KEPT
    )


def check_rows(*, plan: Plan, rows: pl.DataFrame, plain: bool = False) -> CheckedRows:
    """Return everything that is wrong with `rows` (columns c0..cN as sent), in one pass.

    `plain`: the reader knows that no cell is damaged, so that nobody need look.
    """
    cleaned = plan.suspicions.marked(_clean(rows, plan), rows, plain=plain)
    asked = cleaned.select(plan.masks)
    broken = [(finding, mask) for finding, mask in zip(plan.findings, asked, strict=True) if mask.any()]
    person = _any_of(broken, Severity.OUT_OF_SCOPE, rows.height)
    if person.any():
        broken = [_beside(person, finding, mask) for finding, mask in broken]
    return CheckedRows(
        cleaned=cleaned,
        person=person,
        failed=_any_of(broken, Severity.ERROR, rows.height),
        hits=tuple((finding, mask) for finding, mask in broken if mask.any()),
    )


def _text(field: Field, arrangement: Arrangement) -> pl.Expr:
    if field.key in arrangement.constants:
        constant = pl.lit(arrangement.constants[field.key], dtype=pl.String)
        return pl.repeat(constant, pl.len()).alias(field.key)
    return trimmed(arrangement.sources[field.key]).alias(field.key)


def _clean(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    texts = rows.select("row", *plan.texts)
    columns = [texts["row"]]
    for key, read in plan.cleaners:
        columns += read(empty_as_null(texts[key]))
    return pl.DataFrame(columns)


def _any_of(broken: list[tuple[Finding, pl.Series]], severity: Severity, height: int) -> pl.Series:
    found = pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True)
    for finding, mask in broken:
        if finding.rule.severity is severity:
            found = found | mask
    return found


def _beside(person: pl.Series, finding: Finding, mask: pl.Series) -> tuple[Finding, pl.Series]:
    # A row about a person reports that and nothing else: even what is wrong with it would describe it.
    return finding, mask if finding.rule.severity is Severity.OUT_OF_SCOPE else mask & ~person
