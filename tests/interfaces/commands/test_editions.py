"""gongxin law load, activate, editions: an office's own edition, as an operator types it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from cast import AT, OPERATOR
from own_edition import DAY, in_folder, own_edition, shorter_offices

from gongxin.flows.load_law import load_packaged_law
from gongxin.interfaces.commands.main import main
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.catalogue.models import Edition

REFUSED = 2
GROUND = "按批准文号启用"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_law_is_loaded(db: None) -> None:
    load_packaged_law(actor=OPERATOR, at=AT)


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """Return the code and the one JSON value of a command."""
    capsys.readouterr()
    code = main(["law", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_an_edition_is_loaded_activated_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = own_edition(classes={"tax-a-level": shorter_offices()}, drop=("honour",))

    code, told = asked(capsys, "load", str(in_folder(tmp_path, documents)))

    assert (code, told["standing"], told["in_force_from"]) == (0, "loaded", DAY)
    assert [(one["class"], one["change"]) for one in told["changes"]] == [
        ("honour", "removed"),
        ("tax-a-level", "changed"),
    ]
    changed = told["changes"][1]
    [office] = [one for one in changed["parts"] if (one["part"], one["key"]) == ("field", "tax_office")]
    [length] = office["differences"]
    assert (office["change"], length["name"], length["old"], length["new"]) == (
        "changed",
        "max_length",
        "200",
        "3",
    )
    assert told["compared_with"].startswith("packaged-2026+")
    assert told["unnamed"] == ["honour", "tax-a-level"]
    assert "label" in changed["others"]

    number = told["number"]
    assert refused(capsys, "activate", number)[0] == "no-ground"
    assert asked(capsys, "activate", number, "--ground", GROUND) == (
        0,
        {"number": number, "in_force_from": DAY, "standing": "to-come"},
    )
    code, listed = asked(capsys, "editions")
    assert (code, listed["on"]) == (0, "2026-11-23")
    assert listed["in_force"].startswith("packaged-2026+")
    first = listed["editions"][0]
    assert (first["number"], first["standing"]) == (number, "to-come")
    assert first["activated_by"].startswith("command:")
    assert set(AuditEvent.objects.filter(object_kind="edition").values_list("action", flat=True)) == {
        "edition.loaded",
        "edition.activated",
    }


def test_an_activation_is_taken_back_before_its_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = asked(capsys, "load", str(in_folder(tmp_path, own_edition())))[1]["number"]
    assert refused(capsys, "withdraw", number, "--ground", GROUND)[0] == "not-to-come"
    assert asked(capsys, "activate", number, "--ground", GROUND)[0] == 0

    told = asked(capsys, "withdraw", number, "--ground", "日期有误")

    assert told == (0, {"number": number, "standing": "withdrawn"})
    assert asked(capsys, "editions")[1]["editions"][0]["withdrawn_at"] == AT.isoformat()


def test_in_words_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = own_edition(classes={"tax-a-level": shorter_offices()}, drop=("honour",))
    folder = in_folder(tmp_path, documents)

    assert main(["law", "load", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "删除 (removed)  honour" in told
    assert "最大长度 (most characters): 200 → 3" in told
    assert "变更清单没有列出 honour, tax-a-level" in told
    assert "与施行前一日的版次 packaged-2026+" in told
    number = Edition.objects.get(number__startswith="henan").number
    assert main(["law", "activate", number, "--ground", GROUND]) == 0
    assert "自 2026-12-01 起施行" in capsys.readouterr().out
    assert main(["law", "editions"]) == 0
    assert "现行 (in force)" in capsys.readouterr().out
    assert AuditEvent.objects.filter(detail__ground=GROUND).exists()


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, dict[str, Any]]:
    code, told = asked(capsys, *words)
    assert code == REFUSED
    message = told["error"]["message"]
    assert message["zh"] != message["en"]
    return told["error"]["code"], told


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "load", str(tmp_path / "none"))[0] == "unreadable-folder"


def test_the_faults_of_every_file_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = in_folder(tmp_path, own_edition(classes={"honour": "id: [", "penalty": "- x"}))
    (folder / "edition.yaml").unlink()

    code, told = refused(capsys, "load", str(folder))

    assert code == "edition-refused"
    assert {one["where"].split(":")[0] for one in told["findings"]} == {
        "edition.yaml",
        "honour.yaml",
        "penalty.yaml",
    }
    assert Edition.objects.count() == 1


def test_a_text_in_another_encoding_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = in_folder(tmp_path, own_edition())
    (folder / "honour.yaml").write_bytes("label: 荣誉".encode("gb18030"))

    _code, told = refused(capsys, "load", str(folder))

    assert [one["where"] for one in told["findings"]] == ["honour.yaml"]
    assert "UTF-8" in told["findings"][0]["zh"]


def test_what_cannot_be_activated_is_refused_by_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def number(name: str, **described: Any) -> str:
        documents = own_edition(id=name, **described)
        return str(asked(capsys, "load", str(in_folder(tmp_path / name, documents)))[1]["number"])

    draft = number("draft", status="draft")
    good = number("good")
    assert main(["law", "activate", good, "--ground", GROUND]) == 0

    reasons = [
        refused(capsys, "activate", name, "--ground", GROUND)[0] for name in (draft, good, "henan-2030")
    ]

    assert reasons == ["not-approved", "already-activated", "unknown-edition"]


def test_a_day_gone_by_is_refused_when_it_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = own_edition(in_force_from=yaml.safe_load("2026-11-23"))

    code, told = refused(capsys, "load", str(in_folder(tmp_path, documents)))

    assert (code, told["findings"][0]["where"]) == ("edition-refused", "edition.yaml: edition.in_force_from")
    assert Edition.objects.count() == 1
