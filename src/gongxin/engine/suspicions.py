"""What only a closer look at a few rows can tell: a person's number in a text, a name that is no firm's.

One cheap pass over every cell finds the candidates; the exact questions are asked of those alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.identifiers.resident import is_old_number
from gongxin.core.leaks import holds_personal_number
from gongxin.core.names import has_organisational_element, is_person_like
from gongxin.engine.distinct import repeating
from gongxin.engine.organisation_names import plainly_organisation
from gongxin.engine.personal_numbers import may_hold_number
from gongxin.engine.rules.context import CONTROL, NAMELESS, PERSONAL, SUSPECT, UNREADABLE, Context, mark
from gongxin.engine.rules.persons import texts_watched, without_identifier

_CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]"
_DAMAGED = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\u{FFFD}]"


@dataclass(frozen=True, slots=True)
class WatchedText:
    """A field no person's number may stand in."""

    key: str
    places: tuple[int, ...]  # the columns it is read from
    judge: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Suspicions:
    """The closer looks one class needs, for one arrangement of columns."""

    texts: tuple[WatchedText, ...]
    name: str | None  # the field of the subject's name, where the person rule applies
    without_identifier: pl.Expr

    def marked(self, cleaned: pl.DataFrame, rows: pl.DataFrame, *, plain: bool) -> pl.DataFrame:
        """Return `cleaned` with the marks of the closer looks; `rows` are the cells as sent."""
        suspect = self._suspect(rows, plain=plain)
        personal = [
            _judged(cleaned[text.key], suspect, text.judge).alias(mark(text.key, PERSONAL))
            for text in self.texts
        ]
        return cleaned.with_columns(
            suspect.alias(SUSPECT),
            _anywhere(rows, suspect, "�").alias(UNREADABLE),
            _anywhere(rows, suspect, _CONTROL).alias(CONTROL),
            self._nameless(cleaned, personal).alias(NAMELESS),
            *personal,
        )

    def _suspect(self, rows: pl.DataFrame, *, plain: bool) -> pl.Series:
        """Return which rows hold a damaged character anywhere, or perhaps a number in a text."""
        asked = [may_hold_number(pl.col(name)).alias(f"{name}:number") for name in self._doubtful(rows)]
        if not plain:
            asked += [pl.col(pl.String).str.contains(_DAMAGED).name.suffix(":damage")]
        suspect = _nowhere(rows.height)
        for found in rows.select(asked):
            if found.any():
                suspect = suspect | found.fill_null(value=False)
        return suspect

    def _doubtful(self, rows: pl.DataFrame) -> list[str]:
        """Return the columns of watched texts that may hold a number in some row."""
        places = {f"c{place}" for text in self.texts for place in text.places}
        written = [name for name in rows.columns if name in places and rows[name].null_count() < rows.height]
        again = repeating(rows, written)
        found = rows.select(may_hold_number(pl.col(name).unique()).any() for name in again)
        clear = {name for name in again if not found[name].item()}
        return [name for name in written if name not in clear]

    def _nameless(self, cleaned: pl.DataFrame, personal: list[pl.Series]) -> pl.Series:
        """Return which rows are a person's by their name; beside a person's number, by any but a firm's.

        Without a number a long name may be an organisation's in words the list has not (R1).
        """
        if self.name is None:
            return _nowhere(cleaned.height)
        names = cleaned[self.name]
        plainly = plainly_organisation(pl.col(self.name)).fill_null(value=False)
        doubtful = cleaned.select(~plainly).to_series()
        if not doubtful.any():
            return _nowhere(cleaned.height)
        without = cleaned.filter(doubtful).select(self.without_identifier.alias("bare"))["bare"]
        bare = _put_back(doubtful, without)
        nameless = _judged(names, bare, is_person_like)
        for numbered in personal:
            if numbered.any():
                beside = bare & numbered
                no_firm = _judged(names, beside, lambda name: not has_organisational_element(name))
                nameless = nameless | no_firm | (beside & names.is_null())
        return nameless


def suspicions_for(context: Context, sources: dict[str, tuple[int, ...]]) -> Suspicions:
    """Return the closer looks that the rules of the class need."""
    kinds = {rule.kind: rule for rule in context.information_class.rules}
    name = context.information_class.role("subject_name") if "person-row" in kinds else None
    licence = context.information_class.role("professional_licence")
    return Suspicions(
        texts=tuple(
            WatchedText(
                key,
                sources.get(key, ()),
                _is_persons_licence if key == licence else holds_personal_number,
            )
            for key in texts_watched(context)
        ),
        name=name if name is not None and context.has(name) else None,
        without_identifier=without_identifier(context),
    )


def _is_persons_licence(text: str) -> bool:
    return is_old_number(normalise_code(text)) or holds_personal_number(text)


def _anywhere(rows: pl.DataFrame, suspect: pl.Series, pattern: str) -> pl.Series:
    if not suspect.any():
        return suspect
    found = rows.filter(suspect).select(
        pl.any_horizontal(pl.exclude("row").str.contains(pattern).fill_null(value=False))
    )
    return _put_back(suspect, found.to_series())


def _judged(texts: pl.Series, suspect: pl.Series, judge: Callable[[str], bool]) -> pl.Series:
    """Return which of the `suspect` rows hold a text that `judge` finds wrong; each text is judged once."""
    if not suspect.any():
        return suspect
    candidates = texts.filter(suspect)
    wrong = [text for text in candidates.drop_nulls().unique() if judge(text)]
    return (
        _put_back(suspect, candidates.is_in(wrong).fill_null(value=False)) if wrong else _nowhere(len(texts))
    )


def _put_back(suspect: pl.Series, found: pl.Series) -> pl.Series:
    return _nowhere(len(suspect)).scatter(suspect.arg_true().filter(found), True)


def _nowhere(rows: int) -> pl.Series:
    return pl.repeat(value=False, n=rows, dtype=pl.Boolean, eager=True)
