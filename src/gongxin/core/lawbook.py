"""The packaged catalogue: one file of `law/catalogue` is one class, read when it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.catalogue_edition import Edition, parse_edition
from gongxin.core.catalogue_text import parse_class
from gongxin.core.law_files import read_law

EDITION_FILE = "catalogue/edition.yaml"


class UnknownClass(LookupError):
    """The catalogue has no such class; `known` lists those it has."""

    def __init__(self, class_id: str, known: tuple[str, ...]) -> None:
        self.message = Label(
            f"没有目录事项 {class_id}。现有：{'、'.join(known)}",
            f"no class {class_id}. Known: {', '.join(known)}",
        )
        super().__init__(f"{self.message.zh} / {self.message.en}")
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
    return parse_class(read_law(f"catalogue/{class_id}.yaml"), lists=NamedLists())


def information_classes() -> tuple[InformationClass, ...]:
    """Return every class of the packaged edition, in its order."""
    return tuple(information_class(class_id) for class_id in edition().classes)


class NamedLists(Mapping[str, Sequence[str]]):
    """The code lists a field may take by name; each is read only when a class asks for it."""

    def __getitem__(self, name: str) -> Sequence[str]:
        if name != "professions":
            raise KeyError(name)
        professions = read_law("professions.yaml")["professions"].values()
        return tuple(found["label"]["zh"] for found in professions if found["licence"])

    def __iter__(self) -> Iterator[str]:
        return iter(("professions",))

    def __len__(self) -> int:
        return 1
