"""The rows as they were sent, less what may not be kept: what the sender's own copy is marked from.

Cut are rows about persons, columns of documents, and columns that are no field of the class (nothing
is stored without a catalogue entry). A person's number left in any other cell is masked (R12).
"""

import polars as pl

from gongxin.core.catalogue import Field, FieldPublication
from gongxin.engine.personal_numbers import without_mistyped, without_numbers
from gongxin.engine.plan import CheckedRows, Plan
from gongxin.engine.rules.context import REFUSED, mark


def rows_to_keep(*, plan: Plan, rows: pl.DataFrame, checked: CheckedRows) -> pl.DataFrame:
    """Return `rows` (c0..cN as sent) as they may be kept."""
    organisations = ~checked.person
    cleaned = checked.cleaned.filter(organisations)
    columns = [rows["row"].filter(organisations)]
    for field in plan.information_class.fields:
        if field.publication is FieldPublication.NEVER_KEPT:
            continue
        for place in plan.arrangement.sources.get(field.key, ()):
            texts = rows[f"c{place}"].filter(organisations)
            columns.append(_masked(texts, field, cleaned))
    return pl.DataFrame(columns)


def _masked(texts: pl.Series, field: Field, cleaned: pl.DataFrame) -> pl.Series:
    if field.identifier is None:
        return without_numbers(texts)
    # Codes that pass their check are organisations'; to look at each again would take longer than the check.
    return without_mistyped(texts, among=cleaned[mark(field.key, REFUSED)])
