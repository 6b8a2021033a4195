import errno
import json
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from engine.checking import csv_of, penalties

from gongxin.interfaces.commands import check as command
from gongxin.interfaces.commands import main as program

EXAMPLES = Path(__file__).parents[3] / "examples"
GOOD, MAP = EXAMPLES / "tax-a-level-2018.gb18030.csv", EXAMPLES / "tax-a-level-2018.map.yaml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "penalties.csv"
    path.write_bytes(csv_of(penalties({}, {"CF_JDRQ": "2026-02-30"}, {"CF_XDR_LB": "自然人"})))
    return path


def check(*words: object) -> int:
    return program.main(["check", *map(str, words)])


def test_json_is_one_object_with_the_counts(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = check(file, "--class", "penalty", "--json")

    found = json.loads(capsys.readouterr().out)
    assert exit_code == 1
    assert (found["rows"], found["accepted"], found["rejected"], found["out_of_scope"]) == (3, 1, 1, 1)
    assert found["problems"] == {"person-row": 1, "CF_JDRQ.not-a-date": 1}
    assert found["warnings"] == 0


def test_words_explain_what_is_wrong_and_where(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(file, "--class", "penalty")

    out = capsys.readouterr().out
    assert "CF_JDRQ.not-a-date  × 1  (行 rows: 3)" in out
    assert "“处罚决定日期”不是有效的日期" in out


def test_a_file_wholly_in_order_ends_with_nought(tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_bytes(csv_of(penalties({}, {})))

    assert check(path, "--class", "penalty") == 0


def test_a_refused_file_ends_with_two_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.csv"
    path.touch()

    assert check(path, "--class", "penalty", "--json") == 2

    found = json.loads(capsys.readouterr().out)
    assert found["refused"]["code"] == "empty-file"
    assert (found["rows"], found["problems"]) == (0, {})


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_the_report_is_written_and_nothing_else_is_left(
    file: Path, suffix: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    memory = Path("/dev/shm")  # noqa: S108 (looked into, never written)
    before = set(memory.glob("gongxin-check-*")) if memory.exists() else set()

    check(file, "--class", "penalty", "--problems", file.with_name(f"out.{suffix}"))

    assert file.with_name(f"out.{suffix}").stat().st_size > 0
    assert sorted(path.name for path in file.parent.iterdir()) == [f"out.{suffix}", "penalties.csv"]
    assert (set(memory.glob("gongxin-check-*")) if memory.exists() else set()) == before


def test_the_real_example_is_checked_with_its_mapping(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = check(
        EXAMPLES / "tax-a-level-2018.gb18030.csv",
        "--class", "tax-a-level",
        "--map", EXAMPLES / "tax-a-level-2018.map.yaml",
        "--json",
    )  # fmt: skip

    found = json.loads(capsys.readouterr().out)
    assert exit_code == 1
    assert (found["rows"], found["accepted"], found["problems"]) == (1000, 996, {"duplicate-key": 4})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no.csv", "--class", "penalty"], "no.csv"),
        ([__file__, "--class", "weather"], "weather"),
        ([__file__, "--class", "penalty", "--map", "no.yaml"], "no.yaml"),
        ([__file__, "--class", "penalty", "--map", __file__], "YAML"),
        ([__file__, "--class", "penalty", "--problems", "out.pdf"], ".xlsx"),
        ([GOOD, "--class", "tax-a-level", "--map", MAP, "--problems", "no/such/folder/o.csv"], "没有完成"),
    ],
)
def test_a_wrong_question_is_answered_in_words(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(*words) == 2
    assert said in capsys.readouterr().err


def test_a_full_disk_is_said_and_leaves_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    monkeypatch.setattr(tempfile, "tempdir", str(file.parent))
    monkeypatch.setattr(command, "_memory", lambda _: None)

    assert check(file, "--class", "penalty", "--problems", file.with_name("out.csv")) == 2

    assert "The disk is full" in capsys.readouterr().err
    assert [path.name for path in file.parent.iterdir()] == ["penalties.csv"]
