"""What a rule is compiled against: the class, the columns in use, and the day of the check."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from gongxin.core.catalogue import InformationClass, Rule


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule asked of one field. A row is wrong where `wrong` is true; null counts as in order."""

    rule: Rule
    field: str | None
    wrong: pl.Expr


@dataclass(frozen=True, slots=True)
class Context:
    """The cleaned columns a rule may read: one String column for each field in use, and its marks."""

    information_class: InformationClass
    fields: frozenset[str]  # fields the layout in use has a column or a constant for
    required: frozenset[str]
    on: date

    def has(self, key: str) -> bool:
        return key in self.fields

    def column(self, key: str | None) -> pl.Expr:
        """Return the values of field `key`; a field without a column is empty in every row."""
        if key is None or key not in self.fields:
            return pl.lit(None, dtype=pl.String)
        return pl.col(key)

    def role(self, name: str) -> pl.Expr:
        return self.column(self.information_class.role(name))


def mark(key: str, name: str) -> str:
    """Return the name of the Boolean column in which cleaning notes something about a field."""
    return f"{key}:{name}"


REFUSED = "refused"  # written, but means nothing as a date, number, list or identifier
DOUBTFUL_PART = "organisation-part"
A_PERSONS = "a-persons-number"  # where an organisation's should stand
FULL_WIDTH = "full-width"
PERSONAL = "personal-number"
NAMELESS = ":no-organisation"  # of the row: no identifier, and a name that is no organisation's
SUSPECT = ":suspect"  # of the row: a damaged character, or what may be a person's number in a text
UNREADABLE = ":replacement-character"
CONTROL = ":control-character"
