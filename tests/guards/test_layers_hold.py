"""The contracts of pyproject.toml, each shown to catch the import it forbids."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from guards.source_tree import REPO

# Where a forbidden import is planted, what it says, and which contract must break.
PLANTED = (
    ("core/legal_day.py", "import gongxin.flows", "Imports go downwards only"),
    ("engine/__init__.py", "import gongxin.registry", "Imports go downwards only"),
    ("core/actors.py", "import django.conf", "Core is pure"),
    ("engine/__init__.py", "import django.conf", "The engine knows no Django"),
    ("interfaces/site/__init__.py", "import gongxin.interfaces.desk", "The ways in do not know each other"),
    ("registry/accounts/queries.py", "import gongxin.registry.ledger", "The registry's apps stand"),
    ("interfaces/site/__init__.py", "import gongxin.registry.ledger.models", "only through questions"),
    ("interfaces/desk/__init__.py", "import ninja", "Only the API knows ninja"),
)


@pytest.fixture(scope="module")
def copy_of_the_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("layers")
    left_out = shutil.ignore_patterns("__pycache__", "*.yaml", "static", "templates", "locale")
    shutil.copytree(REPO / "src", folder / "src", ignore=left_out)
    shutil.copy(REPO / "pyproject.toml", folder)
    return folder


def broken_contracts(tree: Path) -> str:
    program = (
        "import sys; sys.path.insert(0, 'src'); from importlinter import cli; cli.lint_imports_command()"
    )
    linted = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in linted.stdout, linted.stdout + linted.stderr
    return "\n".join(line for line in linted.stdout.splitlines() if line.endswith("BROKEN"))


def test_the_tree_keeps_every_contract(copy_of_the_tree: Path) -> None:
    assert broken_contracts(copy_of_the_tree) == ""


@pytest.mark.parametrize(("module", "line", "contract"), PLANTED)
def test_a_planted_import_breaks_its_contract(
    copy_of_the_tree: Path, module: str, line: str, contract: str
) -> None:
    path = copy_of_the_tree / "src/gongxin" / module
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{line}\n", "utf-8")

    broken = broken_contracts(copy_of_the_tree)
    path.write_text(before, "utf-8")

    assert contract in broken
