"""Reads `law/matters.yaml` and `law/measures`, and refuses what no law bears: see `parse_measures`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.document_parts import Part, read_citation
from gongxin.core.measures.kinds import Matter, NotServed, RefusedTrigger, Sector
from gongxin.core.sources import sources

MATTERS = "matters.yaml"
FILES = tuple(
    f"measures/{name}.yaml"
    for name in ("related", "incentives", "ordinary", "added", "market", "public_bodies")
)


class MeasuresRefused(Exception):
    """The law of measures cannot be used: `path` says where, `problem` what is wrong there."""

    def __init__(self, path: str, problem: Label) -> None:
        super().__init__(f"{path}: {problem.en}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Related:
    """What `measures/related.yaml` says: sectors, the lists and their sectors, what founds nothing."""

    sectors: Mapping[str, Sector]
    sector_of_list: Mapping[str, str]
    joint: frozenset[str]
    honours: tuple[str, ...]
    after_broken_commitments: tuple[str, ...]
    refused: Mapping[str, RefusedTrigger]
    citation: Citation

    @property
    def lists(self) -> frozenset[str]:
        return frozenset((*self.sector_of_list, *self.honours))

    def why_refused(self, trigger: str) -> RefusedTrigger | None:
        """Return what a trigger is that may found nothing, by its words, None for any other."""
        told = (one for one in self.refused.values() if any(word in trigger for word in (one.id, *one.words)))
        return next(told, None)


def named_parts(part: Part, key: str) -> Iterator[tuple[str, Any, str]]:
    """Yield (name, content, path) of a mapping of a document."""
    value = part.get(key)
    if not isinstance(value, Mapping):
        raise part.refused(key, Label("这里应为键值表。", "A mapping is expected here."))
    for name, content in value.items():
        yield str(name), content, f"{part.path}.{key}.{name}"


def citation_at(part: Part, key: str = "citation") -> Citation:
    """Return a citation whose source is known and that claims no more than was read of it."""
    return checked(read_citation(part.get(key), f"{part.path}.{key}"), f"{part.path}.{key}")


def checked(citation: Citation, path: str) -> Citation:
    known = sources().get(citation.source)
    if known is None:
        raise MeasuresRefused(
            path, Label(f"没有出处 {citation.source}。", f"There is no source {citation.source}.")
        )
    if citation.confidence == "V" and known.confidence != "V":
        raise MeasuresRefused(
            path,
            Label(
                f"出处 {citation.source} 未经全文核对，不能标为 V。",
                f"{citation.source} was not read in full; nothing in it can be marked V.",
            ),
        )
    return citation


def dates_of(part: Part) -> tuple[date, date | None]:
    """Return from when and until when (exclusive) a row is in force."""
    until = part.day("in_force_until") if part.has("in_force_until") else None
    return part.day("in_force_from"), until


def parse_matters(document: Any) -> Mapping[str, Matter]:
    """Return the matters. Raises CatalogueRefused, MeasuresRefused."""
    whole = Part(document, MATTERS, ("citation", "matters"))
    citation_at(whole)
    return {name: _matter(name, content, path) for name, content, path in named_parts(whole, "matters")}


def _matter(name: str, content: Any, path: str) -> Matter:
    part = Part(content, path, ("label", "not_served"))
    if not part.has("not_served"):
        return Matter(name, part.label("label"))
    said = Part(part.get("not_served"), f"{path}.not_served", ("why", "instead", "citation"))
    reason = NotServed(said.label("why"), said.label("instead"), citation_at(said))
    return Matter(name, part.label("label"), reason)


def parse_related(document: Any, matters: Mapping[str, Matter]) -> Related:
    """Return what is related to what. Raises CatalogueRefused, MeasuresRefused."""
    known = ("citation", "sectors", "lists", "honours", "commitments", "refused")
    whole = Part(document, FILES[0], known)
    sectors = {name: _sector(name, one, path) for name, one, path in named_parts(whole, "sectors")}
    lists = {name: Part(one, path, ("sector", "joint")) for name, one, path in named_parts(whole, "lists")}
    promises = Part(whole.get("commitments"), f"{FILES[0]}.commitments", ("matters", "citation"))
    citation_at(promises)
    related = Related(
        sectors=sectors,
        sector_of_list={name: part.choice("sector", tuple(sectors)) for name, part in lists.items()},
        joint=frozenset(name for name, part in lists.items() if part.flag("joint")),
        honours=whole.texts("honours"),
        after_broken_commitments=promises.texts("matters"),
        refused={name: _refused(name, one, path) for name, one, path in named_parts(whole, "refused")},
        citation=citation_at(whole),
    )
    for path, named in (
        *((one.id, one.matters) for one in sectors.values()),
        ("", promises.texts("matters")),
    ):
        for one in named:
            refuse_unserved(one, matters, f"{FILES[0]}.{path or 'commitments'}")
    return related


def _sector(name: str, content: Any, path: str) -> Sector:
    part = Part(content, path, ("label", "named", "matters"))
    return Sector(name, part.label("label"), part.texts("named"), part.texts("matters"))


def _refused(name: str, content: Any, path: str) -> RefusedTrigger:
    part = Part(content, path, ("label", "words", "citation"))
    return RefusedTrigger(name, part.label("label"), part.texts("words"), citation_at(part))


def refuse_unserved(matter: str, matters: Mapping[str, Matter], path: str) -> None:
    """Raise MeasuresRefused for a matter that is not known, or not served."""
    if matter not in matters:
        raise MeasuresRefused(path, Label(f"没有事项 {matter}。", f"There is no matter {matter}."))
    if not matters[matter].served:
        raise MeasuresRefused(
            path,
            Label(f"事项 {matter} 不提供核查。", f"The matter {matter} is not served; no rule is on it."),
        )
