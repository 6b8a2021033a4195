import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongxin.interfaces.commands import main as program

PROGRAM = str(Path(sys.executable).with_name("gongxin"))


def test_identify_prints_one_json_list_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = program.main(["identify", "91410100MA4000012T", "12345", "--json"])

    assert exit_code == 0
    assert json.loads(capsys.readouterr().out) == [
        {"code": "91410100MA4000012T", "kind": "unified", "valid": True, "reason": None, "warnings": []},
        {"code": "12345", "kind": "none", "valid": False, "reason": "length", "warnings": []},
    ]


def test_identify_speaks_chinese_first(capsys: pytest.CaptureFixture[str]) -> None:
    program.main(["identify", "360426199113010079"])

    assert "出生日期不存在 (its birth date does not exist)" in capsys.readouterr().out


def test_clock_prints_the_day_its_rule_and_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    program.main(["clock", "--class", "penalty", "--decided-on", "2026-03-02", "--json"])

    answer = json.loads(capsys.readouterr().out)
    assert answer.pop("source").startswith("S-424 ")
    assert answer == {
        "publish_by": "2026-03-11",
        "provisional": False,
        "rule": "publish-in-7-working-days",
    }


def test_clock_says_so_where_the_law_sets_no_limit(capsys: pytest.CaptureFixture[str]) -> None:
    program.main(["clock", "--class", "honour", "--decided-on", "2026-03-02", "--json"])

    assert json.loads(capsys.readouterr().out) == {
        "publish_by": None,
        "provisional": False,
        "rule": "no-limit",
        "source": None,
    }


@pytest.mark.parametrize(
    ("class_id", "day", "named"),
    [
        ("rumours", "2026-03-02", "rumours"),
        ("penalty", "2026-02-30", "2026-02-30"),
        ("penalty", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_question_that_makes_no_sense_ends_with_2_and_says_why(
    class_id: str, day: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["clock", "--class", class_id, "--decided-on", day]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert named in said.err


@pytest.mark.parametrize("words", [[], ["rumours"], ["identify"], ["clock", "--class", "penalty"]])
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(words)

    assert ended.value.code == 2


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["--help"])

    said = capsys.readouterr().out
    assert all(name in said for name in program.COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ["identify", "91410100MA4000012T", "--json"],
        ["clock", "--class", "penalty", "--decided-on", "2026-03-02", "--json"],
    ],
)
def test_quick_commands_load_neither_the_web_nor_the_columns(words: list[str]) -> None:
    script = (
        "import sys\nfrom gongxin.interfaces.commands.main import main\n"
        f"main({words!r})\n"
        "heavy = {'django', 'polars', 'pyarrow', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )

    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_chinese_reaches_a_terminal_that_has_none() -> None:
    narrow = {**os.environ, "PYTHONIOENCODING": "latin-1"}

    text = subprocess.run([PROGRAM, "identify", "12345"], env=narrow, capture_output=True, check=True)
    as_json = subprocess.run(
        [PROGRAM, "clock", "--class", "penalty", "--decided-on", "2026-03-02", "--json"],
        env=narrow,
        capture_output=True,
        check=True,
    )

    assert b"not a known code" in text.stdout
    assert "指导意见" in json.loads(as_json.stdout)["source"]


def test_the_program_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == "gongxin 0.1.0\n"
