"""The column expressions answer exactly as the scalars do, on valid codes, near misses and any text."""

import random
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongxin.core.identifiers import organisation, registration, resident, unified
from gongxin.engine import identifiers as columns

PAIRS = [
    (columns.unified_valid, unified.is_valid),
    (columns.unified_organisation_part_valid, unified.organisation_part_is_valid),
    (columns.organisation_valid, organisation.is_valid),
    (columns.registration_valid, registration.is_valid),
    (columns.resident_valid, resident.is_valid),
]
WELL_KNOWN = [
    "91350100M000100Y43",
    "91410100MA4000012T",
    "A1410100MA40000125",
    "00000000000000000X",
    "D2143569X",
    "00990986X",
    "000000000",
    "123456788",
    "110108000000016",
    "11010519491231002X",
    "440524188001010014",
    "360426199113010079",
    "990426199112010074",
    "410105200002290010",
    "410105190002290010",
    "",
    "河南",
    "9135010０M000100Y4",
]
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabx 一-"
WRITTEN = st.one_of(
    st.text(CHARACTERS, max_size=20),
    st.text("0123456789X", min_size=15, max_size=18),
    st.text(max_size=20),
)


def made_codes(seed: int, count: int) -> list[str]:
    """Return valid codes of every kind and near misses: a character changed, dropped, added, swapped."""
    rng = random.Random(seed)
    return [spoilt(rng, valid_code(rng)) for _ in range(count)]


def valid_code(rng: random.Random) -> str:
    kind = rng.randrange(4)
    if kind == 0:
        first8 = "".join(rng.choices(unified.CHARSET, k=8))
        part = first8 + organisation.check_character(first8)
        first17 = rng.choice(sorted(unified.PREFIXES)) + f"{rng.randrange(10**6):06}" + part
        return first17 + unified.check_character(first17)
    if kind == 1:
        first8 = "".join(rng.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=8))
        return first8 + organisation.check_character(first8)
    if kind == 2:
        first14 = f"{rng.randrange(10**14):014}"
        return first14 + registration.check_digit(first14)
    born = f"{rng.randrange(1790, 2110)}{rng.randrange(0, 14):02}{rng.randrange(0, 33):02}"
    first17 = (
        rng.choice(sorted(resident.PROVINCES)) + f"{rng.randrange(10**4):04}{born}{rng.randrange(1000):03}"
    )
    return first17 + resident.check_character(first17)


def spoilt(rng: random.Random, code: str) -> str:
    at = rng.randrange(len(code))
    match rng.randrange(6):
        case 0:
            return code[:at] + rng.choice(CHARACTERS) + code[at + 1 :]
        case 1:
            return code[:at] + code[at + 1 :]
        case 2:
            return code[:at] + rng.choice(CHARACTERS) + code[at:]
        case 3:
            return code[:at] + code[at + 1 : at + 2] + code[at : at + 1] + code[at + 2 :]
        case _:
            return code


@pytest.mark.parametrize(("on_columns", "scalar"), PAIRS)
def test_columns_judge_made_codes_as_the_scalar_does(
    on_columns: Callable[[pl.Expr], pl.Expr], scalar: Callable[[str], bool]
) -> None:
    codes = WELL_KNOWN + made_codes(seed=7, count=20_000)
    frame = pl.DataFrame({"code": codes})

    judged = frame.select(on_columns(pl.col("code"))).to_series().to_list()

    assert judged == [scalar(code) for code in codes]
    assert len(set(judged)) == 2, "the sample must hold valid and invalid codes"


@pytest.mark.parametrize(("on_columns", "scalar"), PAIRS)
@settings(deadline=None, max_examples=60)
@given(codes=st.lists(WRITTEN, min_size=1, max_size=30))
def test_columns_judge_any_text_as_the_scalar_does(
    on_columns: Callable[[pl.Expr], pl.Expr], scalar: Callable[[str], bool], codes: list[str]
) -> None:
    judged = pl.DataFrame({"code": codes}).select(on_columns(pl.col("code"))).to_series().to_list()

    assert judged == [scalar(code) for code in codes]


@pytest.mark.parametrize(("on_columns", "scalar"), PAIRS)
def test_an_empty_cell_is_no_valid_code(
    on_columns: Callable[[pl.Expr], pl.Expr], scalar: Callable[[str], bool]
) -> None:
    frame = pl.DataFrame({"code": [None, ""]}, schema={"code": pl.String})

    assert frame.select(on_columns(pl.col("code"))).to_series().to_list() == [False, False]
