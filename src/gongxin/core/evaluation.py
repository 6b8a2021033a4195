"""Evaluation schemes of organisations: dated decision tables that say which grade follows, and by which row.

Nothing here is about a person, and no grade is a sum of points: the points behind a level are the evaluating
body's. Source: `law/schemes`; regulations §8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gongxin.core.catalogue import Citation, Label
from gongxin.core.law_files import law_documents, parse_law
from gongxin.core.scheme_text import Edition, Grade, Row, Scheme, parse_scheme
from gongxin.core.unconfirmed import SURE


class UnknownScheme(LookupError):
    """There is no such scheme; `known` lists those there are."""

    def __init__(self, scheme_id: str) -> None:
        self.known = tuple(schemes())
        super().__init__(f"{scheme_id}; known: {', '.join(self.known)}")
        self.scheme_id = scheme_id


class NoSchemeInForce(Exception):
    """No instrument orders the evaluation on that day."""


class UnknownVeto(LookupError):
    """The scheme knows no such act."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an organisation when it is evaluated.

    `imported_level`: as the evaluating body wrote it, empty where it gave none. `general` and `serious`:
    usable penalties of the scheme's sector in `year_counted`; a minor one founds nothing. `vetoes`: acts that
    the competent body found, by the keys of the scheme.
    """

    imported_level: str = ""
    general: int = 0
    serious: int = 0
    vetoes: frozenset[str] = frozenset()

    @property
    def penalties(self) -> int:
        return self.general + self.serious


@dataclass(frozen=True, slots=True)
class Decided:
    """One row that decided: what holds, and by which instrument."""

    row: str
    label: Label
    citation: Citation

    @property
    def unconfirmed(self) -> bool:
        """Whether the value was not read in its full text; staff are shown so."""
        return self.citation.confidence not in SURE


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The grade that follows, None for who is not rated, and the rows that decided it.

    `edition`: the day from which the table that was used is in force.
    `not_a_level`: a level that was imported and that the scheme of that day does not have. `weight`: how much
    closer than once the class is watched, for the draw of inspections [P].
    """

    scheme: str
    edition: str
    on: date
    grade: Grade | None
    rows: tuple[Decided, ...]
    weight: int
    not_a_level: str = ""

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """Return the sources of what was not read in full text, each once."""
        return tuple(dict.fromkeys(one.citation.source for one in self.rows if one.unconfirmed))


@lru_cache(maxsize=1)
def schemes() -> Mapping[str, Scheme]:
    """Return the packaged schemes by their ids."""
    parsed = [parse_scheme(parse_law(text), f"schemes/{name}") for name, text in law_documents("schemes")]
    return {one.id: one for one in parsed}


def scheme_of(scheme_id: str) -> Scheme:
    """Return one scheme. Raises UnknownScheme."""
    if scheme_id not in schemes():
        raise UnknownScheme(scheme_id)
    return schemes()[scheme_id]


def scheme_named(written: str) -> Scheme | None:
    """Return the scheme that a record of an evaluation means by the name it wrote, None for another."""
    named = ((word, one) for one in schemes().values() for word in (one.id, one.label.zh, *one.named))
    return next((one for word, one in named if word in written), None)


def weights_on(scheme: Scheme, on: date) -> Mapping[str, int]:
    """Return how closely each grade of a day is watched, and who is not rated under no name [P].

    Raises NoSchemeInForce.
    """
    grades = edition_on(scheme, on).grades
    return {"": scheme.unrated_weight, **{one: scheme.grades[one].weight for one in grades}}


def year_counted(on: date) -> tuple[date, date]:
    """Return the calendar year whose penalties count on a day: its first day and that after its last [P]."""
    return date(on.year - 1, 1, 1), date(on.year, 1, 1)


def evaluate(scheme_id: str, facts: Facts, on: date) -> Evaluated:
    """Return the grade of an organisation by the scheme in force on a day: the first row that holds decides.

    Raises UnknownScheme, NoSchemeInForce, UnknownVeto.
    """
    scheme = scheme_of(scheme_id)
    unknown = facts.vetoes - scheme.vetoes.keys()
    if unknown:
        raise UnknownVeto(", ".join(sorted(unknown)))
    edition = edition_on(scheme, on)
    level = _level(scheme, edition, facts.imported_level)
    stray = facts.imported_level if facts.imported_level and not level else ""
    # A level nobody can read is no leave to reckon another: only what decides alone still does.
    asked = [one for one in edition.table if one.vetoes or not stray]
    row = next((one for one in asked if _holds(one, facts, level)), None)
    if row is None:
        return Evaluated(scheme.id, edition.id, on, None, (), scheme.unrated_weight, stray)
    grade = scheme.grades[row.gives or level]
    return Evaluated(scheme.id, edition.id, on, grade, _decided(row, scheme, facts), grade.weight, stray)


def rows_named(scheme_id: str, edition_id: str, keys: Sequence[str]) -> tuple[Decided, ...]:
    """Return the rows of a table by the keys under which a result keeps them, in that order.

    A key that the table no longer has is left out: the result keeps it all the same. Raises UnknownScheme.
    """
    scheme = scheme_of(scheme_id)
    table = {row.id: row for one in scheme.editions if one.id == edition_id for row in one.table}
    found = []
    for key in keys:
        row_id, _, act = key.partition("/")
        said = scheme.vetoes.get(act) if act else table.get(row_id)
        if said is not None:
            found.append(Decided(key, said.label, said.citation))
    return tuple(found)


def edition_on(scheme: Scheme, on: date) -> Edition:
    """Return the edition of a scheme in force on a day. Raises NoSchemeInForce."""
    for one in scheme.editions:
        if one.in_force_from <= on and (one.in_force_until is None or on < one.in_force_until):
            return one
    raise NoSchemeInForce(f"{scheme.id} {on}")


def _level(scheme: Scheme, edition: Edition, written: str) -> str:
    """Return the level that is meant by what was written, empty for none of this edition's."""
    meant = next((one.id for one in scheme.grades.values() if written in (one.id, *one.aliases)), "")
    level = edition.carried_over.get(meant, meant)
    return level if level in edition.grades else ""


def _holds(row: Row, facts: Facts, level: str) -> bool:
    if row.vetoes:
        return not facts.vetoes.isdisjoint(row.vetoes)
    if row.imported:
        return level in row.imported
    return (row.least is None or facts.penalties >= row.least) and (
        row.most is None or facts.penalties <= row.most
    )


def _decided(row: Row, scheme: Scheme, facts: Facts) -> tuple[Decided, ...]:
    """Return the row, with every act that brought it about and the source of each."""
    acts = [scheme.vetoes[key] for key in row.vetoes if key in facts.vetoes]
    return (
        Decided(row.id, row.label, row.citation),
        *(Decided(f"{row.id}/{one.id}", one.label, one.citation) for one in acts),
    )
