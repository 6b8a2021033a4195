"""With --json standard output is one object, also when a command refuses before it starts; exit code 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from cast import REGULATOR, code_of
from interfaces.commands.test_init import gongxin
from sending import an_agency, csv_of, penalty

from gongxin.interfaces.commands import main as program
from gongxin.registry.intake.models import Submission

STRANGER = code_of("11990100MB0000009")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "penalties.csv"
    path.write_bytes(csv_of(penalty()))
    return path


def refusal(*words: object, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the object a refused command answers with; a person reads the same words on stderr."""
    assert program.main([*map(str, words), "--json"]) == 2

    said = capsys.readouterr()
    answer: dict[str, Any] = json.loads(said.out)
    message = answer["error"]["message"]
    assert said.err == f"{message['zh']}\n{message['en']}\n"
    return answer


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--class", "weather", "--agency", REGULATOR], "unknown-class"),
        (["--class", "penalty", "--agency", STRANGER], "unknown-agency"),
        (["--class", "penalty", "--agency", REGULATOR, "--map", "no.yaml"], "unreadable-mapping"),
        (["--class", "penalty", "--agency", REGULATOR, "--map", __file__], "mapping-refused"),
    ],
)
def test_submit_refuses_with_one_object_before_anything_is_received(
    file: Path, db: None, words: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    an_agency()

    assert refusal("submit", file, *words, capsys=capsys)["error"]["code"] == code
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--class", "weather"], "unknown-class"),
        (["--class", "penalty", "--map", "no.yaml"], "unreadable-mapping"),
        (["--class", "penalty", "--map", __file__], "mapping-refused"),
        (["--class", "penalty", "--problems", "out.pdf"], "wrong-usage"),
    ],
)
def test_check_refuses_with_one_object(
    file: Path, words: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refusal("check", file, *words, capsys=capsys) == {
        "error": {"code": code, "message": refusal("check", file, *words, capsys=capsys)["error"]["message"]}
    }


def test_a_file_that_is_not_there_is_the_same_refusal_for_both(
    tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    an_agency()
    missing = tmp_path / "no.csv"

    checked = refusal("check", missing, "--class", "penalty", capsys=capsys)
    sent = refusal("submit", missing, "--class", "penalty", "--agency", REGULATOR, capsys=capsys)

    assert checked == sent
    assert checked["error"]["code"] == "unreadable-file"


def test_a_refused_file_says_it_as_every_refusal_does_and_where_it_always_did(
    tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    an_agency()
    empty = tmp_path / "empty.csv"
    empty.touch()

    checked = refusal("check", empty, "--class", "penalty", capsys=capsys)
    sent = refusal("submit", empty, "--class", "penalty", "--agency", REGULATOR, capsys=capsys)

    for answer in (checked, sent):
        assert answer["error"]["code"] == answer["refused"]["code"] == "empty-file"
        assert (answer["rows"], answer["problems"]) == (0, {})
    assert sent["submission"] == str(Submission.objects.get().id)


def test_wrong_usage_is_one_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["submit", "a.csv", "--json"])

    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "wrong-usage"


@pytest.mark.parametrize("command", ["submit", "search"])
def test_a_database_not_initialised_is_one_object(tmp_path: Path, command: str) -> None:
    more = ["--class", "penalty", "--agency", REGULATOR] if command == "submit" else []

    said = gongxin(command, "乔木", *more, "--json", home=tmp_path)

    assert said.returncode == 2
    assert json.loads(said.stdout)["error"]["code"] == "not-initialised"
    assert len(said.stderr.splitlines()) == 2


def test_a_now_nobody_can_read_is_one_object(
    file: Path, db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    an_agency()
    monkeypatch.setenv("GONGXIN_NOW", "garbage")

    answer = refusal("submit", file, "--class", "penalty", "--agency", REGULATOR, capsys=capsys)

    assert list(answer) == ["error"]
    assert answer["error"]["code"] == "unreadable-now"
