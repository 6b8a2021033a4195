"""Reads the YAML under `gongxin/law`. The one place that knows where the law lies."""

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

MOST_DEEP = 50  # levels; the packaged law has 9
_MERGE = "tag:yaml.org,2002:merge"
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Refuses what would take the process with it, and a key that hides another of the same name.

    The loader in C recurses with what is nested; merges of merges fill any memory before a mapping is made.
    """

    depth = 0

    def descend_resolver(self, _parent: Any, _index: Any) -> None:
        self.depth += 1
        if self.depth > MOST_DEEP:
            raise yaml.YAMLError(f"nested more than {MOST_DEEP} levels deep")

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        if any(key.tag == _MERGE for key, _ in node.value):
            raise yaml.YAMLError("<< is not used: write out what it would merge")
        for (_, key), times in Counter((key.tag, key.value) for key in _plain_keys(node)).items():
            if times > 1:
                raise yaml.YAMLError(f"{key} stands twice, and only one of them would hold")
        super().flatten_mapping(node)


def _plain_keys(node: yaml.MappingNode) -> Iterator[yaml.ScalarNode]:
    return (key for key, _ in node.value if isinstance(key, yaml.ScalarNode))


def parse_law(text: str) -> Any:
    """Parse one law document. Raises yaml.YAMLError for text that is not YAML."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader, in C where it exists)


def law_root() -> Traversable:
    return files("gongxin") / "law"


def read_law(name: str) -> Any:
    """Return the parsed content of `law/<name>`. Raises FileNotFoundError if there is none."""
    return parse_law(law_root().joinpath(name).read_text(encoding="utf-8"))


def law_documents(folder: str) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of every YAML file in `law/<folder>`, in name order."""
    for entry in sorted(law_root().joinpath(folder).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            yield entry.name, entry.read_text(encoding="utf-8")
