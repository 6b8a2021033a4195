"""A person's name beside what is no organisation's identifier is a person's row (R1)."""

from pathlib import Path

import polars as pl
import pytest
from engine.checking import QIAO, check_rows, codes_of

from gongxin.core.derived_rules import IDENTIFIER_ROLES
from gongxin.engine.plausible_identifiers import identifies

PERSON = "陈铁柱"
LISTING = {
    "企业名称": PERSON,
    "列入原因": "4",
    "列入依据": "示范依据",
    "列入日期": "2026-07-08",
    "列入机关": "示范市市场监督管理局",
    "证明文号": "示范函5号",
}


@pytest.mark.parametrize("number", ["无", "/", "-", "—", "0", "空", "暂无", "N/A", "12345", "E12345678"])
def test_a_filler_makes_no_organisation_of_a_person(number: str, tmp_path: Path) -> None:
    outcome = check_rows([LISTING | {"注册号": number}], class_id="abnormal-operation", keep=tmp_path)

    assert (outcome.out_of_scope, outcome.rejected, outcome.accepted) == (1, 0, 0)
    assert all(pl.read_parquet(tmp_path / f"{kept}.parquet").is_empty() for kept in ("accepted", "sent"))


def test_a_mistyped_code_of_a_named_firm_goes_back_to_the_clerk() -> None:
    mistyped = QIAO[:-1] + ("0" if QIAO[-1] != "0" else "1")
    row = LISTING | {"企业名称": "示范乔木机械有限公司", "统一社会信用代码": mistyped}

    assert "unified_code.identifier" in codes_of(row, class_id="abnormal-operation")


@pytest.mark.parametrize(
    ("role", "number", "plausible"),
    [
        ("unified_code", QIAO, True),
        ("unified_code", "0" * 17 + "X", False),
        ("registration_number", "4101002100001", True),
        ("registration_number", "000000000000000", False),
        ("tax_number", "990100D2143569X", True),
        ("taxpayer_number", "99010012345678901234", True),
        ("taxpayer_number", "ABCDEFGHIJKLMNO", False),
        ("institution_number", "事证第199010000001号", True),
        ("institution_number", "E12345678", False),
        ("social_number", "12345", False),
        ("organisation_code", None, False),
    ],
)
def test_an_identifier_must_look_like_one(role: str, number: str | None, plausible: bool) -> None:
    frame = pl.DataFrame({"code": [number]}, schema={"code": pl.String})

    assert frame.select(identifies(role, pl.col("code"))).item() is plausible


def test_every_identifier_of_the_catalogue_can_be_asked_about() -> None:
    frame = pl.DataFrame({"code": ["无"]})

    assert not any(frame.select(identifies(role, pl.col("code"))).item() for role in IDENTIFIER_ROLES)
