"""Turns the cells of a chunk, as sent, into the normalised columns the rules read.

Each field in use becomes one String column: trimmed, dates ISO, numbers plain decimal, codes
half-width. What was noticed on the way stands beside it as a Boolean column (`rules.context.mark`).
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import polars as pl

from gongxin.core.catalogue import Field
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.written_dates import normal_date
from gongxin.core.written_lists import JOINT, list_parts, normal_list
from gongxin.core.written_numbers import normal_number
from gongxin.engine.codes import judge_codes
from gongxin.engine.distinct import Reading, distinct_of, read_distinct
from gongxin.engine.rules.context import A_PERSONS, DOUBTFUL_PART, FULL_WIDTH, REFUSED, mark

Cleaner = Callable[[pl.Series], list[pl.Series]]

_ISO_DAY = r"^(?:19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_PLAIN_NUMBER = r"^(?:0|-?[1-9][0-9]{0,17}|-?(?:0|[1-9][0-9]{0,17})\.[0-9]{0,11}[1-9])$"


def trimmed(places: Sequence[int]) -> pl.Expr:
    """Return the text of one field from the columns it is read from, joined if they are several."""
    parts = [pl.col(f"c{place}").str.strip_chars() for place in places]
    if len(parts) == 1:
        return parts[0]
    filled = [pl.when(part != "").then(part) for part in parts]
    return pl.concat_str(filled, separator=JOINT, ignore_nulls=True)


def cleaner(field: Field, *, identifies: bool) -> Cleaner:
    """Return what reads the column of `field`: its values, then its marks.

    `identifies`: an identifier of the subject should stand here, so a person's number may.
    """
    if identifies or field.identifier is not None:
        return partial(_identifier_columns, scheme=field.identifier)
    match field.type:
        case "date":
            return lambda values: _with_refused(values, _dates(values, field.code_aliases or {}))
        case "number":
            return lambda values: _with_refused(values, _numbers(values))
        case "list":
            return lambda values: _with_refused(values, _lists(values, field))
        case "code":
            return lambda values: _code_columns(values, _codes(values, field))
    return (
        _texts if field.code_aliases is None else lambda values: [_aliased(values, field.code_aliases or {})]
    )


def empty_as_null(values: pl.Series) -> pl.Series:
    """Return `values` with null where nothing was left after trimming."""
    blank = values == ""
    return values.set(blank, None) if blank.any() else values


def _texts(values: pl.Series) -> list[pl.Series]:
    return [values]


def _with_refused(values: pl.Series, reading: Reading) -> list[pl.Series]:
    refused = _nowhere(len(values)) if reading.refused is None else reading.refused
    return [reading.values, refused.alias(mark(values.name, REFUSED))]


def _code_columns(values: pl.Series, half: pl.Series) -> list[pl.Series]:
    if half is values:
        wide = _nowhere(len(values))
    else:
        wide = values.str.contains("[０-９Ａ-Ｚａ-ｚ]") & (half != values)
    return [half, wide.alias(mark(values.name, FULL_WIDTH))]


def _identifier_columns(values: pl.Series, scheme: str | None) -> list[pl.Series]:
    distinct = distinct_of(values)
    codes = _identifier(values, distinct)
    judged = judge_codes(codes, scheme=scheme, distinct=distinct if codes is values else None)
    kept = _code_columns(values, codes) if scheme else [values]
    return [
        *kept,
        judged.refused.alias(mark(values.name, REFUSED)),
        judged.doubtful.alias(mark(values.name, DOUBTFUL_PART)),
        judged.persons.alias(mark(values.name, A_PERSONS)),
    ]


def _nowhere(rows: int) -> pl.Series:
    return pl.repeat(value=False, n=rows, dtype=pl.Boolean, eager=True)


def _dates(values: pl.Series, aliases: Mapping[str, str]) -> Reading:
    def plain(value: pl.Expr) -> pl.Expr:
        day = value.str.to_date("%Y-%m-%d", strict=False)
        return value.str.contains(_ISO_DAY) & day.is_not_null()

    return read_distinct(values, meaning=lambda text: normal_date(aliases.get(text, text)), plain=plain)


def _numbers(values: pl.Series) -> Reading:
    return read_distinct(values, meaning=normal_number, plain=lambda value: value.str.contains(_PLAIN_NUMBER))


def _identifier(values: pl.Series, distinct: pl.Series) -> pl.Series:
    # A value of nothing but separators is kept as written, so that it is judged and not lost.
    meaning = lambda text: normalise_code(text) or text  # noqa: E731
    plain = lambda value: value.str.contains("^[0-9A-Z]+$")  # noqa: E731
    return read_distinct(values, meaning=meaning, plain=plain, distinct=distinct).values


def _codes(values: pl.Series, field: Field) -> pl.Series:
    aliases, accepted = field.code_aliases or {}, field.codes

    def meaning(text: str) -> str:
        half = unicodedata.normalize("NFKC", text)
        known = aliases.get(text) or aliases.get(half) or (half if half in accepted else None)
        return known or text

    return read_distinct(values, meaning=meaning, plain=lambda value: value.is_in(list(accepted))).values


def _aliased(values: pl.Series, aliases: Mapping[str, str]) -> pl.Series:
    return values.replace(list(aliases), list(aliases.values()))


def _lists(values: pl.Series, field: Field) -> Reading:
    aliases, accepted = field.code_aliases or {}, frozenset(field.codes)
    openings = tuple(f"{code}-" for code in field.open_codes)

    def meaning(text: str) -> str:
        return normal_list(text, aliases=aliases, open_codes=field.open_codes, codes=accepted) or text

    def is_accepted(part: str) -> bool:
        return part in accepted or any(part.startswith(opening) and part != opening for opening in openings)

    def every_part_accepted(text: str) -> str | None:
        parts = list_parts(text, open_codes=field.open_codes, codes=accepted)
        return text if parts and all(map(is_accepted, parts)) else None

    plain = lambda value: value.is_in(list(accepted))  # noqa: E731
    read = read_distinct(values, meaning=meaning, plain=plain).values
    if not accepted:
        return Reading(read)
    return read_distinct(read, meaning=every_part_accepted, plain=plain)
