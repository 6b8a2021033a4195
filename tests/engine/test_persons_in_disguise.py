"""A person written as a taxpayer, a licence or a name with another dot is still a person (R1, R3, R12)."""

import zipfile
from pathlib import Path

import polars as pl
import pytest
from engine.checking import check_rows, codes_of, penalty

from gongxin.core.lawbook import information_class
from gongxin.engine.report import open_report

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


NAME = "慕容示例"


def kept_of(folder: Path) -> str:
    """Return all that a check kept, as text: rows as sent, accepted rows, problems, layout, marked copies."""
    tables = [str(pl.read_parquet(path).rows()) for path in sorted(folder.glob("*.parquet"))]
    return "".join([*tables, (folder / "layout.json").read_text(encoding="utf-8")])


def report_of(folder: Path, class_id: str) -> str:
    with (
        open_report(folder, information_class=information_class(class_id), file_format="xlsx") as report,
        zipfile.ZipFile(report) as parts,
    ):
        return "".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize("number", [RESIDENT, "410105900101001"])
def test_a_licence_row_refused_for_a_persons_number_keeps_no_name(number: str, tmp_path: Path) -> None:
    row = LICENCE | {"姓名": NAME, "执业证号": number}

    outcome = check_rows([row], class_id="professional-licence", keep=tmp_path)

    assert (outcome.rejected, outcome.out_of_scope) == (1, 0)
    for kept in (kept_of(tmp_path), report_of(tmp_path, "professional-licence")):
        assert NAME not in kept
        assert number not in kept
    assert "示范省司法厅" in kept_of(tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"CF_WSH": RESIDENT},
        {"CF_WSH": f"{NAME}{RESIDENT}"},
        {"CF_FRDB": f"{NAME}{RESIDENT}"},
        {"CF_SY": f"当事人的联系人{NAME}，身份证号{RESIDENT}，已改正。"},
        {"CF_SY": f"联系人{NAME}，电话13800138000。"},
        {"CF_NR_FK": RESIDENT},
        {"CF_JDRQ": RESIDENT},
        {"CF_SJLY": RESIDENT},
    ],
)
def test_a_firms_row_with_a_persons_number_keeps_the_firm_and_no_person(
    changed: dict[str, str], tmp_path: Path
) -> None:
    outcome = check_rows([penalty(CF_FRDB=NAME) | changed], keep=tmp_path)

    assert (outcome.rejected, outcome.out_of_scope) == (1, 0)
    for kept in (kept_of(tmp_path), report_of(tmp_path, "penalty")):
        assert not any(planted in kept for planted in (NAME, RESIDENT, "13800138000"))
    assert "示范乔木机械有限公司" in kept_of(tmp_path)


def test_a_representative_stays_in_a_row_that_holds_no_persons_number(tmp_path: Path) -> None:
    check_rows([penalty(CF_FRDB=NAME, CF_JDRQ="昨天")], keep=tmp_path)

    assert NAME in kept_of(tmp_path)


@pytest.mark.parametrize("name", [NAME, "慕容示例的女儿", "John Smith Example", ""])
@pytest.mark.parametrize("column", ["CF_WSH", "CF_SY", "CF_SJLY", "CF_FRDB"])
def test_without_an_identifier_a_number_in_any_column_makes_a_persons_row(
    name: str, column: str, tmp_path: Path
) -> None:
    row = penalty(CF_XDR_SHXYM="", CF_XDR_MC=name) | {column: f"号码{RESIDENT}"}

    outcome = check_rows([row], keep=tmp_path)

    assert (outcome.out_of_scope, set(outcome.problems)) == (1, {"person-row"})
    assert pl.read_parquet(tmp_path / "sent.parquet").is_empty()


def test_a_firm_without_an_identifier_is_refused_and_not_taken_for_a_person(tmp_path: Path) -> None:
    row = penalty(CF_XDR_SHXYM="", CF_SY=f"联系人{NAME}，身份证号{RESIDENT}。")

    outcome = check_rows([row], keep=tmp_path)

    assert (outcome.rejected, outcome.out_of_scope) == (1, 0)
    assert NAME not in kept_of(tmp_path)
