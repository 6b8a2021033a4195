"""Reads `law/lists/`: one file is one list. A list without basis, exit, remedy or term is refused.

So is a key that is not known: a misspelt one would be a rule that silently does not exist.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeVar

from gongxin.core.catalogue import Citation, Label
from gongxin.core.document_parts import CatalogueRefused, Part, read_citation
from gongxin.core.law_files import law_documents, parse_law
from gongxin.core.lists.instruments import Begins, DatedCitation, EarlyExit, Ground, Instrument, Term
from gongxin.core.lists.statutory import (
    Body,
    Effect,
    GroundBy,
    LeadsTo,
    NamesOfficer,
    Procedure,
    StatutoryList,
    Step,
    YearlyDay,
)
from gongxin.core.periods import Period

_One = TypeVar("_One")

FOLDER = "lists"
SOURCE = ("source", "article", "confidence")
LIST_KEYS = (
    "id",
    "label",
    "effect",
    "class",
    "bodies",
    "steps",
    "published",
    "names_officer",
    "exit",
    "remedy",
    "complete_within",
    "instruments",
    "leads_to",
    "yearly",
    "ground_by",
)


def statutory_list(list_id: str) -> StatutoryList:
    """Return one list. Raises KeyError for a list this release does not have."""
    return statutory_lists()[list_id]


def list_of_class(class_id: str) -> StatutoryList | None:
    """Return the list whose listings are the records of a class, None where there is none."""
    return next((one for one in statutory_lists().values() if one.class_id == class_id), None)


@lru_cache(maxsize=1)
def statutory_lists() -> Mapping[str, StatutoryList]:
    """Return every list of this release by its id. Raises CatalogueRefused for one that cannot be used."""
    written = (parse_list(parse_law(text)) for _, text in law_documents(FOLDER))
    return MappingProxyType({one.id: one for one in written})


def parse_list(document: Any) -> StatutoryList:
    """Return the list a document describes. Raises CatalogueRefused."""
    known_as = str(document.get("id", "?")) if isinstance(document, Mapping) else "?"
    part = Part(document, known_as, LIST_KEYS)
    found = _list(part)
    if not found.adverse and any(one.term.period is None for one in found.instruments):
        raise part.refused(
            "instruments", Label("荣誉名单须写明期限。", "A list of honours must say how long each lasts.")
        )
    return found


def _list(part: Part) -> StatutoryList:
    return StatutoryList(
        id=part.text("id"),
        label=part.label("label"),
        effect=Effect(part.choice("effect", tuple(Effect))),
        class_id=part.text("class"),
        bodies=tuple(_each(part, "bodies", _body)),
        steps=tuple(_each(part, "steps", _step)),
        published=_filled(part, "published"),
        names_officer=_names_officer(_inner(part, "names_officer", ("named", *SOURCE))),
        exit=part.label("exit"),
        remedy=part.label("remedy"),
        complete_within_days=_days(_inner(part, "complete_within", ("days", *SOURCE))),
        instruments=_instruments(part),
        leads_to=_leads_to(part) if part.has("leads_to") else None,
        yearly=_yearly(part) if part.has("yearly") else None,
        ground_by=_ground_by(part) if part.has("ground_by") else None,
    )


def _each(part: Part, key: str, read: Callable[[Any, str], _One]) -> Iterator[_One]:
    entries = part.entries(key)
    if not entries:
        raise part.refused(key, Label("不能为空。", "It cannot be empty."))
    for at, content in enumerate(entries):
        yield read(content, f"{part.path}.{key}[{at}]")


def _filled(part: Part, key: str) -> tuple[str, ...]:
    texts = part.texts(key)
    if not texts:
        raise part.refused(key, Label("不能为空。", "It cannot be empty."))
    return texts


def _inner(part: Part, key: str, known: tuple[str, ...]) -> Part:
    return Part(part.get(key), f"{part.path}.{key}", known)


def _cited(part: Part) -> Citation:
    """Return the source that stands beside a value, in the same mapping."""
    return read_citation({key: part.content[key] for key in SOURCE if part.has(key)}, part.path)


def _body(content: Any, path: str) -> Body:
    part = Part(content, path, ("label", "words", *SOURCE))
    return Body(part.label("label"), _filled(part, "words"), _cited(part))


def _step(content: Any, path: str) -> Step:
    part = Part(content, path, ("step", "label", "working_days", *SOURCE))
    procedure = Procedure(part.choice("step", tuple(Procedure)))
    return Step(procedure, part.label("label"), part.whole("working_days"), _cited(part))


def _names_officer(part: Part) -> NamesOfficer:
    part.get("named")
    return NamesOfficer(part.flag("named"), _cited(part))


def _days(part: Part) -> int:
    _cited(part)
    part.get("days")
    return part.whole("days") or 0


def _instruments(part: Part) -> tuple[Instrument, ...]:
    """Return the instruments in the order of their days; two in force on one day refuse the list."""
    found = sorted(_each(part, "instruments", _instrument), key=lambda one: one.basis.from_on)
    for earlier, later in pairwise(found):
        if earlier.basis.until_on is None or later.basis.from_on < earlier.basis.until_on:
            raise part.refused(
                "instruments",
                Label(
                    f"{earlier.id} 与 {later.id} 同时有效。",
                    f"{earlier.id} and {later.id} are in force at once.",
                ),
            )
    return tuple(found)


def _instrument(content: Any, path: str) -> Instrument:
    part = Part(content, path, ("id", "from", "until", "basis", "grounds", "term", "early_exit"))
    from_on, until_on = part.day("from"), part.day("until") if part.has("until") else None
    _refuse_reversed(part, from_on, until_on)
    return Instrument(
        id=part.text("id"),
        basis=DatedCitation(read_citation(part.get("basis"), f"{path}.basis"), from_on, until_on),
        grounds=tuple(_grounds(part)),
        term=_term(_inner(part, "term", TERM_KEYS)),
        early_exit=_early_exit(part) if part.get("early_exit") is not None else None,
    )


def _refuse_reversed(part: Part, from_on: date, until_on: date | None) -> None:
    if until_on is not None and until_on <= from_on:
        raise part.refused("until", Label("须晚于 from。", "It must come after `from`."))


def _grounds(part: Part) -> Iterator[Ground]:
    written = part.get("grounds")
    if not isinstance(written, Mapping) or not written:
        raise part.refused("grounds", Label("没有列入情形。", "No ground is given."))
    for key, content in written.items():
        own = Part(content, f"{part.path}.grounds.{key}", ("label", "term", *SOURCE))
        term = _term(_inner(own, "term", TERM_KEYS)) if own.has("term") else None
        yield Ground(str(key), own.label("label"), _cited(own), term)


TERM_KEYS = ("most", "least", "until_removed", "protects", *SOURCE)


def _term(part: Part) -> Term:
    """Return how long a listing lasts: `most`, or until it is removed, and exactly one of the two."""
    if part.has("most") == part.flag("until_removed"):
        raise part.refused("most", Label("须写明期限。", "Say how long: `most`, or `until_removed: true`."))
    most, least = (_period(part, key) if part.has(key) else None for key in ("most", "least"))
    return Term(most, _cited(part), least, part.flag("protects"))


def _early_exit(part: Part) -> EarlyExit:
    own = _inner(part, "early_exit", ("after", "begins", "conditions", *SOURCE))
    conditions = (
        Part({"label": label}, f"{own.path}.conditions[{at}]", ("label",)).label("label")
        for at, label in enumerate(own.entries("conditions"))
    )
    begins = Begins(own.choice("begins", tuple(Begins)))
    return EarlyExit(_period(own, "after"), begins, tuple(conditions), _cited(own))


def _leads_to(part: Part) -> LeadsTo:
    own = _inner(part, "leads_to", ("list", "ground", "after", *SOURCE))
    return LeadsTo(own.text("list"), own.text("ground"), _period(own, "after"), _cited(own))


def _ground_by(part: Part) -> GroundBy:
    own = _inner(part, "ground_by", ("field", "words", *SOURCE))
    words = own.get("words")
    if not isinstance(words, Mapping) or not words:
        raise own.refused("words", Label("不能为空。", "It cannot be empty."))
    return GroundBy(own.text("field"), {str(word): str(key) for word, key in words.items()}, _cited(own))


def _yearly(part: Part) -> YearlyDay:
    own = _inner(part, "yearly", ("month", "day", *SOURCE))
    month, day = own.whole("month"), own.whole("day")
    try:
        date(2001, month or 0, day or 0)  # a year without a leap day: it exists in every year
    except ValueError as error:
        raise own.refused("day", Label("没有这一天。", "There is no such day.")) from error
    return YearlyDay(month or 0, day or 0, _cited(own))


def _period(part: Part, key: str) -> Period:
    own = _inner(part, key, ("years", "months", "days"))
    return Period(**{unit: own.whole(unit) or 0 for unit in own.content})


__all__ = ["CatalogueRefused", "list_of_class", "parse_list", "statutory_list", "statutory_lists"]
