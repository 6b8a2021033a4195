"""What the documents say is held to the code: names, settings, commands, audited acts, links."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from guards.source_tree import PACKAGE, REPO, python_files, strings_in

from gongxin.core.policy import Role
from gongxin.interfaces.commands.main import COMMANDS
from gongxin.interfaces.pages.states import DISPUTE, PUBLICATION, RECORD, REPAIR

DOCUMENTS = sorted([*REPO.glob("*.md"), *REPO.glob("docs/**/*.md")])
IN_CODE_ONLY = {"Spool", "Staging table", "Tombstone", "Trigger", "Rule", "Sector"}
NOT_ON_A_PAGE = IN_CODE_ONLY | {"Listing", "Measure", "Matter", "Report", "Partner"}
_SETTING = re.compile(r"GONGXIN_[A-Z_]+\b")
_ACT = re.compile(r"^[a-z-]+\.[a-z-]+$")
_NAMED = re.compile(r"`([\w./-]+\.py)::(\w+)`")
_PATH = re.compile(r"`((?:core|engine|flows|interfaces|law|project|registry|tests|bin|docs)/[\w./-]+\.\w+)`")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def document(name: str) -> str:
    return (REPO / name).read_text("utf-8")


def settings_read(text: str) -> set[str]:
    """Return the settings a module reads, by their names in its strings."""
    return {found for string in strings_in(text) for found in _SETTING.findall(string)}


def acts_written(text: str) -> Iterator[str]:
    """Yield the actions a module writes to the audit."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and re.search(r"(write_event|_audit)$", ast.unparse(node.func)):
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            yield from (v.value for v in values if isinstance(v, ast.Constant) and _is_act(v.value))


def _is_act(value: object) -> bool:
    return isinstance(value, str) and _ACT.match(value) is not None


def names_missing(text: str) -> list[str]:
    """Return what a document calls `path.py::name` and the code does not have."""
    return [f"{path}::{name}" for path, name in _NAMED.findall(text) if name not in defined_in(path)]


def defined_in(path: str) -> set[str]:
    file = PACKAGE / path
    tree = ast.parse(file.read_text("utf-8") if file.exists() else "")
    named = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    assigned = [t for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign) for t in _targets(n)]
    return named | {target.id for target in assigned if isinstance(target, ast.Name)}


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def paths_missing(text: str) -> list[str]:
    found = {path for path in _PATH.findall(text) if "*" not in path}
    return sorted(p for p in found if not (PACKAGE / p).exists() and not (REPO / p).exists())


def links_broken(path: Path, text: str) -> list[str]:
    return [link for link in _LINK.findall(text) if not (path.parent / link).exists()]


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    read = set().union(*(settings_read(path.read_text("utf-8")) for path in python_files()))
    table = {
        line.split("`")[1] for line in document("docs/settings.md").splitlines() if line.startswith("| `")
    }

    assert table == read


def test_every_command_is_documented() -> None:
    listed = set(re.findall(r"`gongxin ([a-z-]+)", document("docs/commands.md")))

    assert listed >= set(COMMANDS)
    assert listed <= set(COMMANDS)


def test_every_script_is_documented() -> None:
    scripts = {
        path.name for path in (REPO / "bin").iterdir() if path.stat().st_mode & 0o100 and path.is_file()
    }

    assert {name for name in scripts if f"`bin/{name}`" not in document("docs/commands.md")} == set()


def test_every_audited_act_is_documented_and_every_documented_act_is_written() -> None:
    written = {act for path in python_files() for act in acts_written(path.read_text("utf-8"))}
    rows = [line.split("|")[1] for line in document("docs/audit.md").splitlines() if line.startswith("| `")]

    assert {act for row in rows for act in re.findall(r"`([a-z.-]+)`", row)} == written | {
        "demonstration.begun"
    }


def test_every_role_is_in_the_glossary() -> None:
    rows = document("docs/glossary.md").split("## Roles")[1]

    assert {role.value for role in Role if f"| {role.value} |" not in rows} == set()


def states_told(glossary: str) -> dict[tuple[str, str], str]:
    """Return the glossary's word for each value of each axis."""
    axes = re.findall(r"^\| (\w+) [一-鿿]+ \| (\w+ [^|]+) \|$", glossary.split("## Four axes")[1], re.M)
    return {(axis, pair.split()[0]): pair.split()[1] for axis, pairs in axes for pair in pairs.split(", ")}


def test_the_glossary_names_every_state_as_the_pages_do() -> None:
    with translation.override("zh-hans"):
        shown = {
            (state.axis, value): str(state.words)
            for axis in (RECORD, PUBLICATION, DISPUTE, REPAIR)
            for value, state in axis.items()
        }

    assert states_told(document("docs/glossary.md")) == shown


def test_a_word_of_the_glossary_stands_on_a_page() -> None:
    words = document("docs/glossary.md").split("## Four axes")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([一-鿿]+) \|", words, re.M)
    sources = ("project/locale/zh_Hans/**/*.po", "law/**/*.yaml", "interfaces/**/*.py")
    pages = "".join(path.read_text("utf-8") for where in sources for path in PACKAGE.glob(where))

    assert {word for word, said in rows if said not in pages} == NOT_ON_A_PAGE


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(REPO)))
def test_what_a_document_names_is_there(path: Path) -> None:
    text = path.read_text("utf-8")

    assert names_missing(text) == []
    assert paths_missing(text) == []
    assert links_broken(path, text) == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((REPO / "docs/decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_both_readmes_have_the_same_chapters() -> None:
    chapters = [re.findall(r"^(#+) ", document(name), re.M) for name in ("README.md", "README.zh.md")]
    links = [sorted(_LINK.findall(document(name))) for name in ("README.md", "README.zh.md")]

    assert chapters[0] == chapters[1]
    assert [set(found) - {"README.md", "README.zh.md"} for found in links[:1]] == [
        set(found) - {"README.md", "README.zh.md"} for found in links[1:]
    ]


def test_planted_faults_in_documents_are_caught(tmp_path: Path) -> None:
    assert settings_read('x = environment.text("GONGXIN_PLANTED")') == {"GONGXIN_PLANTED"}
    assert list(acts_written('write_event(action="planted.act", at=at)')) == ["planted.act"]
    assert list(acts_written('_audit(submission, "planted.act", at)')) == ["planted.act"]
    assert list(acts_written('_audit("planted-thing.act", at)')) == ["planted-thing.act"]
    assert names_missing("`flows/submit.py::planted`") == ["flows/submit.py::planted"]
    assert names_missing("`flows/submit.py::receive`") == []
    assert paths_missing("see `core/planted.py`") == ["core/planted.py"]
    assert links_broken(tmp_path / "a.md", "[x](planted.md)") == ["planted.md"]
