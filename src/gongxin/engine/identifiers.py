"""The identifier algorithms on whole columns. Each equals its scalar in `core.identifiers`; a test proves it.

Every expression takes a String column of normalised codes and gives a Boolean that is never null: an empty
cell is not a valid code.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from gongxin.core.identifiers import organisation, resident, unified

_NOT_IN_SET = 255  # no sum of products of a wrong character may look right, so membership is asked apart
_BYTES = 256


def unified_valid(codes: pl.Expr) -> pl.Expr:
    """Return whether each code is a valid unified code, by character set, department and check character."""
    values = [_value(at, unified.VALUES) for at in range(18)]
    remainder = (_weighted(values[:17], unified.WEIGHTS) + values[17]) % 31
    known = pl.col(CODE).str.head(2).is_in(sorted(unified.PREFIXES))
    return _judged(codes, 18, _all_in_set(values) & known & (remainder == 0))


def unified_organisation_part_valid(codes: pl.Expr) -> pl.Expr:
    """Return whether positions 9 to 17 of each code are a valid organisation code."""
    return organisation_valid(codes.str.slice(8, 9))


def unified_sound(codes: pl.Expr) -> pl.Expr:
    """Return whether each code is a valid unified code around a valid organisation code, in one pass.

    Nearly every code is; asked apart, the same bytes would be cut and weighed twice.
    """
    values = [_value(at, unified.VALUES) for at in range(18)]
    part = [_value(at, organisation.VALUES) for at in range(8, 16)]
    check = _value(16, _positions(organisation.CHECK_CHARACTERS))
    known = pl.col(CODE).str.head(2).is_in(sorted(unified.PREFIXES))
    issued = ~pl.col(CODE).str.slice(8, 9).is_in(sorted(organisation.NEVER_ISSUED))
    valid = (_weighted(values[:17], unified.WEIGHTS) + values[17]) % 31 == 0
    part_valid = (_weighted(part, organisation.WEIGHTS) + check) % 11 == 0
    in_set = _all_in_set([*values, *part, check])
    return _judged(codes, 18, in_set & known & issued & valid & part_valid)


def organisation_valid(codes: pl.Expr) -> pl.Expr:
    values = [_value(at, organisation.VALUES) for at in range(8)]
    check = _value(8, _positions(organisation.CHECK_CHARACTERS))
    remainder = (_weighted(values, organisation.WEIGHTS) + check) % 11
    issued = ~pl.col(CODE).is_in(sorted(organisation.NEVER_ISSUED))
    return _judged(codes, 9, _all_in_set([*values, check]) & issued & (remainder == 0))


def registration_valid(codes: pl.Expr) -> pl.Expr:
    values = [_value(at, _positions("0123456789")) for at in range(15)]
    product = pl.lit(10, dtype=pl.UInt16)
    for value in values[:14]:
        product = _next_products().gather(product * _BYTES + value)
    return _judged(codes, 15, _all_in_set(values) & ((product + values[14]) % 10 == 1))


def resident_valid(codes: pl.Expr) -> pl.Expr:
    """Return whether each code is an 18-character resident number: province, birth date, check character."""
    values = [_value(at, _positions("0123456789")) for at in range(17)]
    check = _value(17, _positions(resident.CHECK_CHARACTERS))
    of_a_province = pl.col(CODE).str.head(2).is_in(sorted(resident.PROVINCES))
    right = _weighted(values, resident.WEIGHTS) % 11 == check
    return _judged(codes, 18, _all_in_set([*values, check]) & of_a_province & _is_day(values[6:14]) & right)


CODE = "code"


def _judged(codes: pl.Expr, length: int, judgement: pl.Expr) -> pl.Expr:
    """Return `judgement`, which reads the columns "code" and "0", "1" … (bytes), for codes of one length.

    The bytes are cut once for the whole column: written as one expression, Polars would cut them again for
    each character, ten times slower.
    """

    def judge(column: pl.Series) -> pl.Series:
        characters = _characters(column, length)
        return characters.select(pl.col("of_length") & judgement).to_series().alias(column.name)

    return codes.map_batches(judge, return_dtype=pl.Boolean, is_elementwise=True)


def _characters(codes: pl.Series, length: int) -> pl.DataFrame:
    of_length = (pl.col(CODE).str.len_bytes() == length).fill_null(value=False)
    right = pl.when(of_length).then(pl.col(CODE)).otherwise(pl.lit("0" * length))
    cut = codes.alias(CODE).to_frame().select(of_length.alias("of_length"), right.alias(CODE))
    return cut.with_columns(
        pl.col(CODE).cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, length)).alias("bytes")
    ).with_columns(pl.col("bytes").arr.get(at).alias(str(at)) for at in range(length))


def _value(at: int, values: Mapping[str, int]) -> pl.Expr:
    """Return the value of the character at `at`, or 255 if the set has it not."""
    table = [_NOT_IN_SET] * _BYTES
    for character, value in values.items():
        table[ord(character)] = value
    return pl.lit(pl.Series("values", table, dtype=pl.UInt16)).gather(pl.col(str(at)))


def _next_products() -> pl.Expr:
    """Return one step of MOD 11,10 as a table: a product used twice would double the expression each time."""
    table = [((product + value) % 10 or 10) * 2 % 11 for product in range(11) for value in range(_BYTES)]
    return pl.lit(pl.Series("products", table, dtype=pl.UInt16))


def _weighted(values: Sequence[pl.Expr], weights: Sequence[int]) -> pl.Expr:
    return pl.sum_horizontal(value * weight for value, weight in zip(values, weights, strict=False)).cast(
        pl.UInt32
    )


def _all_in_set(values: Sequence[pl.Expr]) -> pl.Expr:
    return pl.max_horizontal(values) < _NOT_IN_SET


def _positions(characters: str) -> dict[str, int]:
    return {character: at for at, character in enumerate(characters)}


def _is_day(digits: Sequence[pl.Expr]) -> pl.Expr:
    year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
    month = digits[4] * 10 + digits[5]
    day = digits[6] * 10 + digits[7]
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    length = (
        pl.when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .when(month == 2)
        .then(pl.when(leap).then(29).otherwise(28))
        .otherwise(31)
    )
    return (
        year.is_between(resident.EARLIEST_YEAR, resident.LATEST_YEAR)
        & month.is_between(1, 12)
        & day.is_between(1, length)
    )
