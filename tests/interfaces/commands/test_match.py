"""Screening a spreadsheet against the register from the command line."""

import csv
import json
from pathlib import Path

import pytest
from cast import QIAO, QIAO_NAME, firm_code
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from sending import csv_of, penalty, sent

from gongxin.interfaces.commands import main as program

pytestmark = pytest.mark.django_db
FIRM, CODE = "企业名称", "信用代码"
ROWS = [
    {FIRM: "示范乔木机械有限责任公司", CODE: ""},
    {FIRM: QIAO_NAME, CODE: QIAO},
    {FIRM: "乙丙丁戊商贸有限公司", CODE: ""},
    {FIRM: "林甲乙", CODE: "410105199001011234"},
    {FIRM: "=cmd|' /C calc'!A0有限公司", CODE: ""},
]


@pytest.fixture(autouse=True)
def _register() -> None:
    sent(csv_of(penalty()))


def match(path: Path, out: Path, *words: str) -> int:
    return program.main(["match", str(path), "--name", FIRM, "-o", str(out), *words])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_bytes("名单,\r\n".encode() + csv_of(*ROWS))
    return path


def results(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_has_its_outcome(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(table, tmp_path / "out.csv", "--code", CODE, "--json") == 0

    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == 5
    assert said["outcomes"] == {
        "code": 1,
        "same": 1,
        "possibly": 0,
        "none": 2,
        "person": 1,
        "empty": 0,
        "damaged": 0,
    }
    found = results(tmp_path / "out.csv")
    assert [line["登记代码 registered code"] for line in found] == [QIAO, QIAO, "", "", ""]
    assert [line["行 row"] for line in found] == ["3", "4", "5", "6", "7"]
    assert "组织形式" in found[0]["理由 reasons"]


def test_a_person_is_not_written_down_again_and_no_cell_runs(table: Path, tmp_path: Path) -> None:
    match(table, tmp_path / "out.csv", "--code", CODE)

    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "林甲乙" not in text
    assert "410105199001011234" not in text
    assert "\n7,'=cmd" in text.replace("\r", "") or ",'=cmd" in text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--code", "没有的列"), "no-header"),
        (("--threshold", "7"), "wrong-usage"),
        (("--threshold", "nan"), "wrong-usage"),
        (("-o", "结果.xlsx"), "wrong-usage"),
        (("--code", " "), "wrong-usage"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_no_file(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    assert match(table, tmp_path / "out.csv", *words, "--json") == 2

    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert [path.name for path in tmp_path.iterdir()] == [table.name]


def test_results_are_never_written_onto_the_table_they_are_of(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = table.read_bytes()
    (tmp_path / "link.csv").symlink_to(table)
    (tmp_path / "hard.csv").hardlink_to(table)
    monkeypatch.chdir(tmp_path)
    for out in (table, Path(table.name), tmp_path / "link.csv", tmp_path / "hard.csv"):
        assert match(table, out) == 2
        assert "结果会覆盖所读的文件" in capsys.readouterr().err
    assert table.read_bytes() == before


def test_results_of_before_stay_until_new_ones_are_whole(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("before")
    out.chmod(0o640)

    assert match(table, out, "--code", "没有的列") == 2
    assert out.read_text() == "before"

    assert match(table, out) == 0
    assert len(results(out)) == len(ROWS)
    assert out.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", table.name]


def test_a_link_to_the_results_stays_a_link(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "link.csv"
    out.symlink_to(tmp_path / "out.csv")

    assert match(table, out) == 0
    assert out.is_symlink()
    assert len(results(tmp_path / "out.csv")) == len(ROWS)


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(tmp_path / "none.csv", tmp_path / "out.csv") == 2
    assert "none.csv" in capsys.readouterr().err


def test_a_damaged_code_is_answered_with_what_it_may_have_been(tmp_path: Path) -> None:
    spoilt = QIAO[:-1] + ("A" if QIAO[-1] != "A" else "B")
    path = tmp_path / "名单.csv"
    path.write_bytes(csv_of({FIRM: QIAO_NAME, CODE: spoilt}, {FIRM: "乙丙丁戊商贸有限公司", CODE: spoilt}))

    assert match(path, tmp_path / "out.csv", "--code", CODE) == 0

    found = results(tmp_path / "out.csv")
    assert [line["建议代码 proposed code"] for line in found] == [QIAO, ""]
    assert "第18位由" in found[0]["理由 reasons"]


def test_how_many_are_equally_alike_and_who_stands_beside_the_first(tmp_path: Path) -> None:
    sent(csv_of(penalty(CF_XDR_SHXYM=firm_code(9), CF_WSH="示环罚〔2026〕2号")))
    path = tmp_path / "名单.csv"
    path.write_bytes(csv_of({FIRM: QIAO_NAME, CODE: ""}, {FIRM: QIAO_NAME, CODE: QIAO}))

    assert match(path, tmp_path / "out.csv", "--code", CODE) == 0

    tied, by_code = results(tmp_path / "out.csv")
    assert tied["结果 outcome"].startswith("可能，须由人判断")
    assert tied["同样近似的主体数 equally alike"] == "2"
    codes = {tied["登记代码 registered code"], tied["其他同样近似者 others as alike"]}
    assert codes == {QIAO, firm_code(9)}
    assert by_code["同样近似的主体数 equally alike"] == by_code["其他同样近似者 others as alike"] == ""


def test_a_name_is_called_the_same_only_where_its_normal_form_is(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    names = (QIAO_NAME, f" {QIAO_NAME}", "示范乔木机械有限责任公司")
    path.write_bytes(csv_of(*({FIRM: name, CODE: ""} for name in names)))

    assert match(path, tmp_path / "out.csv") == 0

    said = [line["结果 outcome"] for line in results(tmp_path / "out.csv")]
    assert said == ["名称一致 (the same name)"] * 2 + ["可视为相同 (as good as the same)"]


def test_the_subjects_id_opens_its_page_and_fetches_more_of_it(tmp_path: Path, client: Client) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(csv_of({FIRM: QIAO_NAME, CODE: QIAO}, {FIRM: QIAO_NAME, CODE: ""}))
    assert match(path, tmp_path / "out.csv", "--code", CODE) == 0

    for line in results(tmp_path / "out.csv"):
        subject = line["主体 subject"]
        assert client.get(f"/subjects/{subject}/").status_code == 200
        for written in (subject, subject.replace("-", "")):
            wanted = {"ids": [written], "properties": [{"id": "code"}]}
            answer = client.get("/api/v1/reconcile", {"extend": json.dumps(wanted)}).json()
            assert answer["rows"] == {written: {"code": [{"str": QIAO}]}}


def test_a_name_that_comes_again_is_sought_once(tmp_path: Path) -> None:
    def queries(times: int) -> int:
        path = tmp_path / f"{times}.csv"
        path.write_bytes(csv_of(*[{FIRM: "示范乔木机械有限责任公司", CODE: ""}] * times))
        with CaptureQueriesContext(connection) as asked:
            assert match(path, tmp_path / "out.csv") == 0
        return len(asked)

    queries(1)  # what is kept in memory is read before
    assert queries(40) == queries(1)


def test_of_two_columns_of_one_name_none_is_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"{FIRM},{FIRM}\n{QIAO_NAME},别家有限公司\n", "utf-8")

    assert match(path, tmp_path / "out.csv", "--json") == 2

    assert json.loads(capsys.readouterr().out)["error"]["code"] == "ambiguous-column"


def test_a_row_that_cannot_be_read_is_told_and_not_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"{FIRM},{CODE}\n{QIAO_NAME},{QIAO},多出一格\n{QIAO_NAME},{QIAO}\n", "utf-8")

    assert match(path, tmp_path / "out.csv", "--json") == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["outcomes"]["damaged"]) == (2, 1)
    assert {line["行 row"] for line in results(tmp_path / "out.csv")} == {"2", "3"}
