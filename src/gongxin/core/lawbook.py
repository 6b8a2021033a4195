"""The packaged catalogue: one file of `law/catalogue` is one class, read when it is asked for."""

from functools import cache, lru_cache
from typing import Any

from gongxin.core.catalogue import InformationClass
from gongxin.core.catalogue_edition import Edition, parse_edition
from gongxin.core.catalogue_text import parse_class
from gongxin.core.law_files import read_law

EDITION_FILE = "catalogue/edition.yaml"


class UnknownClass(LookupError):
    """The catalogue has no such class; `known` lists those it has."""

    def __init__(self, class_id: str, known: tuple[str, ...]) -> None:
        super().__init__(f"没有目录事项 {class_id} / no class {class_id}; 可用 / known: {', '.join(known)}")
        self.class_id = class_id
        self.known = known


@lru_cache(maxsize=1)
def edition() -> Edition:
    """Return the edition the product ships with. Source: law-decisions 23."""
    return parse_edition(read_law(EDITION_FILE))


@cache
def information_class(class_id: str) -> InformationClass:
    """Return one class of the packaged edition. Raises UnknownClass."""
    if class_id not in edition().classes:
        raise UnknownClass(class_id, edition().classes)
    return parse_class(read_law(f"catalogue/{class_id}.yaml"), lists=_NamedLists())


def information_classes() -> tuple[InformationClass, ...]:
    """Return every class of the packaged edition, in its order."""
    return tuple(information_class(class_id) for class_id in edition().classes)


class _NamedLists(dict[str, tuple[str, ...]]):
    """Code lists a field may take by name, each read from its own law file when a class needs it."""

    def __init__(self) -> None:
        super().__init__({"professions": ()})

    def __getitem__(self, name: str) -> tuple[str, ...]:
        document: dict[str, Any] = read_law(f"{name}.yaml")
        return tuple(document[name])
