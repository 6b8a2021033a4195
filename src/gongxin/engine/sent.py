"""The rows as they were sent, less what may not be kept: what the sender's own copy is marked from.

Cut are rows about persons, columns of documents, and columns that are no field of the class (nothing
is stored without a catalogue entry). In the rows that stay no person's number may: a cell that holds one is
a star, words and all, for who stands beside the number nobody can tell; and so is every cell of that row in
which a person is named. The organisation's own name and codes stay (R6, R12).
"""

from functools import reduce

import polars as pl

from gongxin.core.catalogue import Field, FieldPublication
from gongxin.engine.personal_numbers import without_mistyped, without_numbers
from gongxin.engine.plan import CheckedRows, Plan
from gongxin.engine.rules.context import PERSONAL, REFUSED, SUSPECT, mark

_STARRED = "*"


def rows_to_keep(*, plan: Plan, rows: pl.DataFrame, checked: CheckedRows) -> pl.DataFrame:
    """Return `rows` (c0..cN as sent) as they may be kept."""
    marks = checked.cleaned.select(pl.col(pl.Boolean))
    if checked.person.any():
        rows, marks = rows.filter(~checked.person), marks.filter(~checked.person)
    columns: dict[str, pl.Series] = {}
    numbered: list[pl.Series] = []
    names: list[str] = []
    for field in plan.information_class.fields:
        if field.publication is not FieldPublication.NEVER_KEPT:
            for texts in (rows[f"c{place}"] for place in plan.arrangement.sources.get(field.key, ())):
                columns[texts.name], found = _masked(texts, field, marks)
                numbered += [] if found is None else [found]
                names += [texts.name] if field.person_name else []
    if numbered and names:
        beside = reduce(pl.Series.__or__, numbered)
        columns |= {name: columns[name].set(beside & columns[name].is_not_null(), _STARRED) for name in names}
    return pl.DataFrame([rows["row"], *columns.values()])


def _masked(texts: pl.Series, field: Field, marks: pl.DataFrame) -> tuple[pl.Series, pl.Series | None]:
    """Return a column without persons' numbers, and the rows that held one; None if none did."""
    if field.identifier is not None:
        # Codes that pass their check are organisations'; looking again would take longer than the check.
        masked = without_mistyped(texts, among=marks[mark(field.key, REFUSED)])
    else:
        # The check has looked for candidates in the texts it watches; any other column is looked at here.
        watched = mark(field.key, PERSONAL) in marks.columns
        masked = without_numbers(texts, among=marks[SUSPECT] if watched else None)
        if watched:
            # An old number has no check to find it by.
            held = marks[mark(field.key, PERSONAL)]
            return (masked.set(held, _STARRED), held) if held.any() else (masked, None)
    if masked is texts:
        return texts, None
    held = (masked != texts).fill_null(value=False)
    return masked.set(held, _STARRED), held
