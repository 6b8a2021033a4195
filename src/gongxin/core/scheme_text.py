"""Reads one evaluation scheme of `law/schemes` and refuses what does not hold together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.document_parts import CatalogueRefused, Part, read_citation
from gongxin.core.sources import sources


class SchemeRefused(Exception):
    """A scheme cannot be used: `path` says where, `problem` what is wrong there."""

    def __init__(self, path: str, problem: Label) -> None:
        super().__init__(f"{path}: {problem.en}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade. `aliases`: how bodies write it; `weight`: how closely the class is watched [P]."""

    id: str
    label: Label
    aliases: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Veto:
    """An act that alone decides."""

    id: str
    label: Label
    citation: Citation


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: one condition, and the grade it gives (none: the level that was imported)."""

    id: str
    label: Label
    citation: Citation
    imported: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    least: int | None = None  # usable penalties
    most: int | None = None
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A scheme under one instrument: its grades, best first, and its table, first row first."""

    id: str
    in_force_from: date
    in_force_until: date | None
    citation: Citation
    grades: tuple[str, ...]
    carried_over: Mapping[str, str]
    table: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One evaluation scheme, of organisations only. `named`: what a record of an evaluation calls it.

    `lists`: the lists whose rows carry a level too, each with what a row means that writes none.
    """

    id: str
    label: Label
    named: tuple[str, ...]
    sector: str
    grades: Mapping[str, Grade]
    unrated_weight: int
    vetoes: Mapping[str, Veto]
    editions: Sequence[Edition]
    lists: Mapping[str, str]


def parse_scheme(document: Any, path: str) -> Scheme:
    """Return one scheme. Raises SchemeRefused.

    Refused: an unknown key, grade, act or source; a row that asks nothing or gives no grade; editions that
    overlap or leave a gap.
    """
    try:
        scheme = _scheme(document, path)
    except CatalogueRefused as refused:
        raise SchemeRefused(refused.path, refused.problem) from refused
    for earlier, later in pairwise(scheme.editions):
        if earlier.in_force_until != later.in_force_from:
            raise SchemeRefused(
                path, Label("各版生效日期不相接。", "Its editions do not follow on each other.")
            )
    return scheme


def _scheme(document: Any, path: str) -> Scheme:
    whole = Part(
        document,
        path,
        ("id", "label", "named", "sector", "lists", "grades", "unrated", "vetoes", "editions"),
    )
    name = whole.text("id")
    if path != f"schemes/{name}.yaml":
        raise whole.refused("id", Label("标识应与文件名相同。", "The id must be the file's name."))
    grades = {key: _grade(key, part) for key, part in _named(whole, "grades", ("label", "aliases", "weight"))}
    vetoes = {key: _veto(key, part) for key, part in _named(whole, "vetoes", ("label", "citation"))}
    unrated = Part(whole.get("unrated"), f"{path}.unrated", ("weight",))
    lists = whole.pairs("lists")
    _among(whole, "lists", tuple(lists.values()), tuple(grades))
    return Scheme(
        id=name,
        label=whole.label("label"),
        named=whole.texts("named"),
        sector=whole.text("sector"),
        grades=grades,
        unrated_weight=_weight(unrated),
        vetoes=vetoes,
        editions=[
            _edition(one, f"{path}.editions[{at}]", tuple(grades), tuple(vetoes))
            for at, one in enumerate(whole.entries("editions"))
        ],
        lists=lists,
    )


def _named(part: Part, key: str, known: Sequence[str]) -> list[tuple[str, Part]]:
    value = part.get(key)
    if not isinstance(value, Mapping):
        raise part.refused(key, Label("这里应为键值表。", "A mapping is expected here."))
    return [(str(name), Part(one, f"{part.path}.{key}.{name}", known)) for name, one in value.items()]


def _grade(name: str, part: Part) -> Grade:
    return Grade(name, part.label("label"), part.texts("aliases"), _weight(part))


def _weight(part: Part) -> int:
    weight = part.whole("weight")
    if not weight:
        raise part.refused("weight", Label("权重至少为 1。", "A weight is 1 at least: nobody is left out."))
    return weight


def _veto(name: str, part: Part) -> Veto:
    return Veto(name, part.label("label"), _cited(part))


def _cited(part: Part, default: Citation | None = None) -> Citation:
    if default is not None and not part.has("citation"):
        return default
    citation = read_citation(part.get("citation"), f"{part.path}.citation")
    known = sources().get(citation.source)
    if known is None or (citation.confidence == "V" and known.confidence != "V"):
        raise part.refused(
            "citation",
            Label(
                f"出处 {citation.source} 不存在或者未经全文核对。",
                f"There is no source {citation.source}, or it was not read in full.",
            ),
        )
    return citation


def _edition(document: Any, path: str, grades: Sequence[str], vetoes: Sequence[str]) -> Edition:
    known = ("in_force_from", "in_force_until", "citation", "grades", "carried_over", "table")
    part = Part(document, path, known)
    mine = part.texts("grades")
    _among(part, "grades", mine, grades)
    carried = part.pairs("carried_over")
    _among(part, "carried_over", tuple(carried), grades)
    _among(part, "carried_over", tuple(carried.values()), mine)
    citation = _cited(part)
    since, until = part.day("in_force_from"), part.get("in_force_until")
    return Edition(
        id=f"{since:%Y-%m-%d}",
        in_force_from=since,
        in_force_until=None if until is None else part.day("in_force_until"),
        citation=citation,
        grades=mine,
        carried_over=carried,
        table=[_row(one, f"{path}.table", mine, vetoes, citation) for one in part.entries("table")],
    )


def _row(document: Any, path: str, grades: Sequence[str], vetoes: Sequence[str], citation: Citation) -> Row:
    part = Part(document, path, ("id", "label", "when", "gives", "citation"))
    when = Part(part.get("when"), f"{path}.{part.text('id')}", ("imported", "vetoes", "least", "most"))
    row = Row(
        id=part.text("id"),
        label=part.label("label"),
        citation=_cited(part, citation),
        imported=when.texts("imported"),
        vetoes=when.texts("vetoes"),
        least=when.whole("least"),
        most=when.whole("most"),
        gives=part.text("gives", ""),
    )
    _among(when, "imported", row.imported, grades)
    _among(when, "vetoes", row.vetoes, vetoes)
    _among(part, "gives", (row.gives,) if row.gives else (), grades)
    if len(when.content) != 1 or bool(row.imported) == bool(row.gives):
        raise part.refused(
            "when",
            Label(
                "每行只写一个条件；级别由评价机关给出的，不另写 gives，其他的须写。",
                "A row has one condition; it gives a grade, unless the level that was imported is meant.",
            ),
        )
    return row


def _among(part: Part, key: str, named: Sequence[str], known: Sequence[str]) -> None:
    for one in named:
        if one not in known:
            raise part.refused(key, Label(f"没有 {one}。", f"There is no {one}."))
