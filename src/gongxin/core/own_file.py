"""A subject's own file as paper: a title, what is said first, and one table after the other."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """One table. `rows` are cells of text, as many in each as in `header`; `empty` is said where none is."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    empty: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What is printed, in the order of the page."""

    institution: str
    title: str
    name: str
    lines: Sequence[str]
    sections: Sequence[Section]
    foot: str

    def as_document(self) -> dict[str, Any]:
        return asdict(self)
