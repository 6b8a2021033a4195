"""Reads the YAML under `gongxin/law`. The one place that knows where the law lies."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
