"""Subjects a name may be meant for: found by its rarest pairs of characters, ranked part by part.

A damaged character spoils two pairs and leaves the others: of any four, two are left. So names are found that
hold two of the four rarest, and of more where few names hold those: then two damaged characters do no harm
either. Names of the very same form are found by it, however many bear it. What is found is a proposal: a name
alone never links (design §1.7).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import NamedTuple

from gongxin.core.names import normalise_name
from gongxin.core.names.likeness import Likeness, likeness
from gongxin.core.names.parts import matching_form, parse_name
from gongxin.core.search_tokens import search_tokens
from gongxin.registry import bulk
from gongxin.registry.subjects.clusters import MERGED_BY, survivors
from gongxin.registry.subjects.rare_pairs import sample

LEAST_ASKED, MOST_ASKED, SHARED = 4, 7, 2  # pairs
READ = 3_000  # entries of the index, beyond which no fifth pair is asked
TOO_MANY = 25_000  # names that hold a pair: it says little, and takes long to walk
ALIKE = 60  # names that share most pairs
COMPARED = 20  # the rest are too far off to be worth parsing


class Candidate(NamedTuple):
    """A subject (hexadecimal) by one of its names, and how alike that name is."""

    subject_id: str
    name: str
    current: bool  # whether it bears the name now
    likeness: Likeness


def candidates(name: str, *, at: datetime, limit: int) -> list[Candidate]:
    """Return the subjects whose names are most like `name`, best first, one name each."""
    wanted = matching_form(name)
    forms = list(dict.fromkeys((wanted, normalise_name(name))))
    pairs = _pairs(wanted)
    found = _alike(forms, _asked(wanted, at), at)
    nearest = sorted(found, key=lambda one: (-_shared(pairs, one.normal), len(one.normal), one.subject_id))
    parts = parse_name(name)
    ranked = [
        Candidate(one.subject_id, one.name, one.current, likeness(parts, parse_name(one.name)))
        for one in nearest[:COMPARED]
    ]
    ranked.sort(key=lambda one: (-one.likeness.score, not one.current))
    best: dict[str, Candidate] = {}
    for one in ranked:
        best.setdefault(one.subject_id, one)
    return list(best.values())[:limit]


class _Named(NamedTuple):
    subject_id: str
    normal: str
    name: str
    current: bool


def _pairs(normal: str) -> set[tuple[str, str]]:
    return set(pairwise(normal))


def _shared(pairs: set[tuple[str, str]], normal: str) -> float:
    """Return the share of pairs two names have in common, of both together."""
    others = _pairs(normal)
    return len(pairs & others) / max(1, len(pairs | others))


def _asked(wanted: str, at: datetime) -> list[str]:
    """Return the pairs to ask for: the four rarest, and more while reading who holds them takes no time."""
    known = sample(at=at)
    held = sorted((known.held_by(pair), pair) for pair in set(search_tokens(wanted)))
    telling = [(many, pair) for many, pair in held[:MOST_ASKED] if many <= TOO_MANY]
    read = accumulate(many for many, _ in telling)
    return [
        pair
        for place, ((_, pair), entries) in enumerate(zip(telling, read, strict=True))
        if place < LEAST_ASKED or entries <= READ
    ]


def _alike(forms: Sequence[str], asked: Sequence[str], at: datetime) -> list[_Named]:
    """Return the names of one of these forms, and those that hold most of the pairs asked, two at least.

    The name of a subject absorbed by another is the other's.
    """
    asking = _on_postgresql if bulk.on_postgresql() else _on_sqlite
    ways = [_of_these_forms(forms), *([asking(asked)] if asked else [])]
    found = " UNION ALL ".join(f"SELECT id FROM ({way}) AS way" for way, _ in ways)
    rows = bulk.select(
        "SELECT n.subject_id, n.normal, n.name, n.until_at IS NULL, m.into_id FROM subjects_subjectname n"
        f" LEFT JOIN subjects_merge m ON m.absorbed_id = n.subject_id AND {MERGED_BY}"
        f" WHERE n.searchable AND n.id IN ({found})",
        *[bulk.instant(at)] * 2,
        *(value for _, values in ways for value in values),
    )
    named = [_Named(bulk.hexadecimal(subject), *rest) for subject, *rest, _ in rows]
    if all(into is None for *_, into in rows):
        return named
    stands_for = survivors({one.subject_id for one in named}, at=at)
    return [one._replace(subject_id=stands_for.get(one.subject_id, one.subject_id)) for one in named]


_Statement = tuple[str, list[str]]  # with what stands in its places


def _of_these_forms(forms: Sequence[str]) -> _Statement:
    normal = 'normal COLLATE "C"' if bulk.on_postgresql() else "normal"
    places = ", ".join(["%s"] * len(forms))
    named = f"SELECT id FROM subjects_subjectname WHERE {normal} IN ({places}) AND searchable LIMIT {ALIKE}"
    return named, [*forms]


def _on_sqlite(asked: Sequence[str]) -> _Statement:
    holding = "SELECT rowid AS id FROM subjects_nameindex WHERE subjects_nameindex MATCH %s"
    counted = (
        f"SELECT id, COUNT(*) AS shared FROM ({' UNION ALL '.join([holding] * len(asked))}) GROUP BY id"
        f" HAVING shared >= {min(SHARED, len(asked))} ORDER BY shared DESC, id LIMIT {ALIKE}"
    )
    return counted, [*asked]


def _on_postgresql(asked: Sequence[str]) -> _Statement:
    """The index is asked once for all: a list by itself has PostgreSQL read every name in it."""
    shared = " + ".join(["(tokens @@ %s::tsquery)::int"] * len(asked))
    two = " | ".join(_two_of(asked)) if len(asked) >= SHARED else asked[0]
    counted = (
        f"SELECT id, {shared} AS shared FROM subjects_subjectname WHERE tokens @@ %s::tsquery"
        f" AND searchable ORDER BY shared DESC, id LIMIT {ALIKE}"
    )
    return counted, [*asked, two]


def _two_of(asked: Sequence[str]) -> Iterator[str]:
    """Yield, for each pair but the last, that it is held and one of those behind it."""
    for place, pair in enumerate(asked[:-1], start=1):
        yield f"{pair} & ({' | '.join(asked[place:])})"
