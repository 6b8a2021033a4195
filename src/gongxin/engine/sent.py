"""The rows as they were sent, less what may not be kept: what the sender's own copy is marked from.

Cut are rows about persons, columns of documents, and columns that are no field of the class (nothing
is stored without a catalogue entry). A person's number left in any other cell is masked (R12).
"""

import polars as pl

from gongxin.core.catalogue import Field, FieldPublication
from gongxin.engine.personal_numbers import without_mistyped, without_numbers
from gongxin.engine.plan import CheckedRows, Plan
from gongxin.engine.rules.context import PERSONAL, REFUSED, SUSPECT, mark


def rows_to_keep(*, plan: Plan, rows: pl.DataFrame, checked: CheckedRows) -> pl.DataFrame:
    """Return `rows` (c0..cN as sent) as they may be kept."""
    marks = checked.cleaned.select(pl.col(pl.Boolean))
    if checked.person.any():
        rows, marks = rows.filter(~checked.person), marks.filter(~checked.person)
    columns = [rows["row"]]
    for field in plan.information_class.fields:
        if field.publication is not FieldPublication.NEVER_KEPT:
            places = plan.arrangement.sources.get(field.key, ())
            columns += [_masked(rows[f"c{place}"], field, marks) for place in places]
    return pl.DataFrame(columns)


def _masked(texts: pl.Series, field: Field, marks: pl.DataFrame) -> pl.Series:
    if field.identifier is not None:
        # Codes that pass their check are organisations'; looking again would take longer than the check.
        return without_mistyped(texts, among=marks[mark(field.key, REFUSED)])
    # The check has looked for candidates in the texts it watches; any other column is looked at here.
    looked_at = mark(field.key, PERSONAL) in marks.columns
    masked = without_numbers(texts, among=marks[SUSPECT] if looked_at else None)
    if not looked_at or field.free_text or not marks[mark(field.key, PERSONAL)].any():
        return masked
    # A cell for a name or a number has no words worth keeping; an old number has no check to find it by.
    return masked.set(marks[mark(field.key, PERSONAL)], "*")
