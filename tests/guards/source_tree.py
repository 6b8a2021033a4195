"""The repository as text and syntax, for the guards that read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).parents[2]
PACKAGE = REPO / "src/gongxin"


def python_files(*folders: str) -> list[Path]:
    """Return the Python files under folders of the package; migrations are written by Django."""
    roots = [PACKAGE / folder for folder in folders] or [PACKAGE]
    found = [path for root in roots for path in sorted(root.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def strings_in(text: str) -> Iterator[str]:
    """Yield every string literal of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def calls_in(text: str) -> Iterator[str]:
    """Yield the dotted name of everything a module calls, as written: datetime.now, time.time."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
