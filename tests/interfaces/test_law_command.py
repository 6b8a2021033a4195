import json
from pathlib import Path

import pytest
import yaml
from catalogue_documents import plain_document

from gongxin.interfaces.commands.main import main


def test_law_show_lists_the_classes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["status"] == "packaged"
    assert "penalty" in [one["id"] for one in shown["classes"]]


def test_law_show_tells_a_class_with_its_elements_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "penalty", "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert len(shown["statutory"]) == 10
    assert shown["basis"][0]["title"] == "中华人民共和国行政处罚法"
    assert all(field["source"] for field in shown["fields"])


def test_law_show_reads_like_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "licence"]) == 0

    assert "* XK_WSH" in capsys.readouterr().out


def test_law_show_of_an_unknown_class_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "horoscope"]) == 2

    assert "penalty" in capsys.readouterr().err


def test_law_check_passes_on_the_packaged_law(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check", "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {"sound": True, "findings": []}


def test_law_check_fails_on_a_faulty_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = tmp_path / "inspection.yaml"
    faulty.write_text(yaml.safe_dump(plain_document(basis=[])), encoding="utf-8")

    assert main(["law", "check", str(faulty)]) == 1

    assert "No class exists without a basis." in capsys.readouterr().out


def test_law_check_of_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check", str(tmp_path / "none.yaml")]) == 2


def test_law_confirm_refuses_a_source_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "confirm", "S-NOWHERE", "--text", str(tmp_path / "text.pdf")]) == 2

    assert "S-44" in capsys.readouterr().err


def test_law_confirm_refuses_an_empty_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "text.pdf"
    empty.write_bytes(b"\n")

    assert main(["law", "confirm", "S-44", "--text", str(empty)]) == 2
