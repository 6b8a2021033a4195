"""A person written as a taxpayer, a licence or a name with another dot is still a person (R1, R3, R12)."""

from pathlib import Path

import polars as pl
import pytest
from engine.checking import check_rows, codes_of, penalty

RESIDENT = "11010519491231002X"
TAXPAYER = {"纳税人名称": "示范乔木机械有限公司", "评价年度": "2018", "税务机关": "示范税务局"}
LICENCE = {
    "姓名": "林一",
    "职业": "律师",
    "发证日期": "2026-03-12",
    "执业状态": "有效",
    "发证机关": "示范省司法厅",
}


@pytest.mark.parametrize("column", ["CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_XDR_SWDJ", "CF_XDR_SHZZ"])
def test_a_letter_before_a_persons_number_hides_nobody(column: str) -> None:
    assert codes_of(penalty(**{column: f"L{RESIDENT}"})) == {"person-row"}


@pytest.mark.parametrize("number", [RESIDENT, "410105900101001"])
def test_a_persons_number_is_no_licence_number(number: str, tmp_path: Path) -> None:
    outcome = check_rows([LICENCE | {"执业证号": number}], class_id="professional-licence", keep=tmp_path)

    assert "personal-number" in outcome.problems
    assert outcome.rejected == 1
    for kept in ("accepted", "sent"):
        assert number not in str(pl.read_parquet(tmp_path / f"{kept}.parquet").rows())


def test_a_licence_number_of_its_own_kind_passes() -> None:
    row = LICENCE | {"执业证号": "14101202600000001"}

    assert codes_of(row, class_id="professional-licence") == set()


@pytest.mark.parametrize("mark", [*"˙᛫ꞏ‧ ", "　"])
def test_any_dot_or_space_parts_a_persons_name(mark: str) -> None:
    row = penalty(CF_XDR_SHXYM="", CF_XDR_MC=f"阿不都热合曼{mark}买买提江")

    assert codes_of(row) == {"person-row"}


def test_the_placeholder_is_no_taxpayer_number() -> None:
    row = TAXPAYER | {"纳税人识别号": "0" * 17 + "X"}

    assert codes_of(row, class_id="tax-a-level") == {"placeholder"}
