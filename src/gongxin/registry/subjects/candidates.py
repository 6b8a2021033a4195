"""Subjects a name may be meant for: found by its rarest pairs of characters, ranked part by part.

A damaged character spoils two pairs and leaves the others, so several are asked, each by itself; the rarest
bring the fewest names. What is found is a proposal: a name alone never links (design §1.7).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from gongxin.core.names.likeness import Likeness, likeness
from gongxin.core.names.parts import matching_form, parse_name
from gongxin.core.search_tokens import search_tokens
from gongxin.registry import bulk
from gongxin.registry.subjects.clusters import survivors
from gongxin.registry.subjects.rare_pairs import sample

PAIRS_ASKED = 7
OF_EACH = 150  # names that share one pair
COMPARED = 40  # the rest share too few pairs to be worth parsing


class Candidate(NamedTuple):
    """A subject (hexadecimal) by one of its names, and how alike that name is."""

    subject_id: str
    name: str
    current: bool  # whether it bears the name now
    likeness: Likeness


def candidates(name: str, *, at: datetime, limit: int) -> list[Candidate]:
    """Return the subjects whose names are most like `name`, best first, one name each; merges followed."""
    wanted = matching_form(name)
    pairs = frozenset(search_tokens(wanted))
    found = _sharing(pairs, at)
    nearest = sorted(found, key=lambda one: (-_shared(pairs, one.normal), len(one.normal), one.subject_id))
    parts = parse_name(name)
    ranked = [
        Candidate(one.subject_id, one.name, one.current, likeness(parts, parse_name(one.name)))
        for one in nearest[:COMPARED]
    ]
    ranked.sort(key=lambda one: (-one.likeness.score, not one.current))
    absorbed = survivors({one.subject_id for one in ranked}, at=at)
    best: dict[str, Candidate] = {}
    for one in ranked:
        subject_id = absorbed.get(one.subject_id, one.subject_id)
        best.setdefault(subject_id, one._replace(subject_id=subject_id))
    return list(best.values())[:limit]


class _Named(NamedTuple):
    subject_id: str
    normal: str
    name: str
    current: bool


def _shared(pairs: frozenset[str], normal: str) -> float:
    """Return the share of pairs two names have in common, of both together."""
    others = set(search_tokens(normal))
    return len(pairs & others) / max(1, len(pairs | others))


def _sharing(pairs: Iterable[str], at: datetime) -> list[_Named]:
    """Return the names that hold some of the rarest of these pairs."""
    met = sample(at=at).met
    rarest = sorted(pairs, key=lambda pair: (met.get(pair, 0), pair))[:PAIRS_ASKED]
    if not rarest:
        return []
    rows = bulk.select(" UNION ALL ".join([_of_one_pair()] * len(rarest)), *rarest)
    named = (_Named(bulk.hexadecimal(subject), *rest) for subject, *rest in rows)
    return list({(one.subject_id, one.name): one for one in named}.values())


def _of_one_pair() -> str:
    columns = "n.subject_id, n.normal, n.name, n.until_at IS NULL"
    if bulk.on_postgresql():
        return (
            f"(SELECT {columns} FROM subjects_subjectname n WHERE n.tokens @@ %s::tsquery"
            f" AND n.searchable LIMIT {OF_EACH})"
        )
    return (
        f"SELECT * FROM (SELECT {columns} FROM subjects_nameindex x JOIN subjects_subjectname n"
        f" ON n.id = x.rowid WHERE subjects_nameindex MATCH %s AND n.searchable LIMIT {OF_EACH})"
    )
