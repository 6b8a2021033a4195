"""docs/editions.md, followed to the letter."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml
from cast import AT, OPERATOR

from gongxin.flows.load_law import load_packaged_law
from gongxin.interfaces.commands.main import main

REPO = Path(__file__).resolve().parents[3]
GUIDE = (REPO / "docs/editions.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.django_db


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)\n```", GUIDE, re.DOTALL)


def typed(line: str, folder: Path) -> list[str]:
    """Return the words of a line as a shell in `folder` would hand them to the command."""
    program, *words = shlex.split(line)
    assert program == "gongxin"
    return [
        str(found)
        for word in words
        for found in (sorted(folder.glob(word)) if word.startswith("my-edition") else [word])
    ]


def test_who_follows_the_guide_has_an_edition_that_is_to_come(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_packaged_law(actor=OPERATOR, at=AT)
    copy, check, load, activate = blocks("sh")
    _cp, _r, source, target = shlex.split(copy)
    edition = tmp_path / target
    shutil.copytree(REPO / source, edition)

    [described] = blocks("yaml")
    document = yaml.safe_load((edition / "edition.yaml").read_text(encoding="utf-8"))
    document |= yaml.safe_load(described)
    (edition / "edition.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    tax = edition / "tax-a-level.yaml"
    head, office = tax.read_text(encoding="utf-8").split("      tax_office:")
    office = office.replace("max_length: 200", "max_length: 100", 1)
    tax.write_text(f"{head}      tax_office:{office}", encoding="utf-8")

    assert main(typed(check, tmp_path)) == 0
    capsys.readouterr()
    assert main([*typed(load, tmp_path), "--json"]) == 0
    loaded = json.loads(capsys.readouterr().out)
    assert [one["class"] for one in loaded["changes"]] == ["tax-a-level"]
    assert loaded["unnamed"] == []
    assert main([*typed(activate.replace("NUMBER", loaded["number"]), tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["standing"] == "to-come"
