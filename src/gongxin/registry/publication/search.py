"""Name search: two characters are enough, the order is ours, and only what shows to everyone is found.

Candidates come from the bigram index; we rank them here: the exact name, then names that begin with
what was typed, then by where it stands in the name, then the shorter one. A subject of whom nothing
is public does not exist for a stranger.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from gongxin.core.names import normalise_name
from gongxin.core.regions import is_within
from gongxin.core.search_tokens import search_tokens
from gongxin.registry import bulk
from gongxin.registry.bulk import on_postgresql, select
from gongxin.registry.publication.showing import moments, something_shows, subjects_shown
from gongxin.registry.subjects.clusters import ANY_MERGE, NOT_UNDONE, survivors
from gongxin.registry.subjects.queries import briefs, subject_of_code
from gongxin.registry.subjects.rare_pairs import sample

CANDIDATES = 1001  # counts are capped: "1,000+"
LEAST_CHARACTERS = 2
PAIRS_ASKED = 3  # a fourth costs more than the names it spares reading
COMMON_SHARE = 0.05
FIRST_SURROGATE, AFTER_SURROGATES = 0xD800, 0xE000
ASTRAY = 64  # of a thousand names PostgreSQL keeps fewer in room left among earlier ones
# Asked of each name only once any merge was ever made.
_ABSORBED = (
    f"({ANY_MERGE} AND EXISTS (SELECT 1 FROM subjects_merge"
    f" WHERE absorbed_id = n.subject_id AND {NOT_UNDONE}))"
)


@dataclass(frozen=True, slots=True)
class Hit:
    subject_id: UUID
    name: str
    code: str | None
    kind: str
    former_name: str | None  # the name that matched, where it is no longer borne
    region: str
    other_name: str | None = None  # the name that matched, where it is one it absorbed that bears it


@dataclass(frozen=True, slots=True)
class Answer:
    hits: list[Hit]
    total: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which of the subjects found are wanted: of one database, in one region; all where not said."""

    database: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the subjects found are of each database, and in each region: each with the other kept."""

    databases: Mapping[str, int]
    regions: Mapping[str, int]


# What the database gives of one name: subject (hexadecimal), normal form, name, whether it is borne now.
_Candidate = tuple[str, str, str, bool]


def search(text: str, *, at: datetime, limit: int = 20, offset: int = 0) -> Answer:
    """Return the subjects whose name contains `text`, or that bear it as their code, best first.

    Only subjects of whom something is public are found and counted: a withheld record leaves no
    trace, not even in a number.
    """
    ranked, capped = _found(text, at)
    return _answer(ranked, capped, limit, offset)


def search_with_facets(
    text: str, *, at: datetime, narrowing: Narrowing, limit: int = 20, offset: int = 0
) -> tuple[Answer, Facets | None]:
    """Return what `search` does, narrowed, and the facets of what was found.

    None where more were found than are counted: figures about the first thousand would tell nothing, and
    what is narrowed there would hide the rest. Then nothing is narrowed either.
    """
    ranked, capped = _found(text, at)
    if capped:
        return _answer(ranked, capped, limit, offset), None
    traits = _traits([subject for subject, *_ in ranked])
    kept = [found for found in ranked if _is_of(traits[found[0]], narrowing)]
    in_region = Counter(database for database, region in traits.values() if _lies_in(region, narrowing))
    of_database = Counter(
        region for database, region in traits.values() if narrowing.database in {"", database}
    )
    return _answer(kept, capped, limit, offset), Facets(in_region, of_database)


_Trait = tuple[str, str]  # database, region


def _traits(subjects: Sequence[str]) -> dict[str, _Trait]:
    one_of, given = bulk.one_of(subjects)
    rows = bulk.select(f"SELECT id, database, region FROM subjects_subject WHERE id {one_of}", given)
    return {bulk.hexadecimal(subject): (database, region) for subject, database, region in rows}


def _is_of(trait: _Trait, narrowing: Narrowing) -> bool:
    database, region = trait
    return narrowing.database in {"", database} and _lies_in(region, narrowing)


def _lies_in(region: str, narrowing: Narrowing) -> bool:
    return not narrowing.region or is_within(region, narrowing.region)


def _found(text: str, at: datetime) -> tuple[list[_Candidate], bool]:
    """Return the names found, best first, one a subject, and whether there are more than are counted."""
    by_code = subject_of_code(text, at=at)
    if by_code is not None:
        return [(subject, "", "", True) for subject in subjects_shown([by_code.hex], at=at)], False
    wanted = normalise_name(text)
    if len(wanted) < LEAST_CHARACTERS:
        return [], False
    names = _names(wanted, at)
    ranked = _ranked(names, wanted)
    return ranked, len(names) >= CANDIDATES or len(ranked) >= CANDIDATES - 1


def _answer(ranked: Sequence[_Candidate], capped: bool, limit: int, offset: int) -> Answer:
    total = min(len(ranked), CANDIDATES - 1)
    return Answer(hits=_hits(ranked[offset : offset + limit]), total=total, capped=capped)


def _names(wanted: str, at: datetime) -> list[_Candidate]:
    """Return names that contain `wanted`, of subjects of whom something shows.

    Those that begin with it come first, then those taken in first; no more than CANDIDATES. A name that
    has ended since may count as later than it came (PostgreSQL keeps the changed row elsewhere).
    """
    collation = ' COLLATE "C"' if on_postgresql() else ""
    begins = f"n.normal{collation} >= %s AND n.normal{collation} < %s"
    ends = (wanted, _after_all_that_begin_with(wanted))
    first = _shown(
        f"subjects_subjectname n WHERE {begins} AND n.searchable",
        ends,
        f"ORDER BY n.normal{collation}",
        CANDIDATES,
        at,
    )
    if len(first) >= CANDIDATES:
        return first
    place = "strpos" if on_postgresql() else "instr"
    found = _indexed(wanted, at)
    # The index knows pairs of characters, not their order.
    containing = f"{found.names} AND {place}(n.normal, %s) > 0 AND NOT ({begins}) AND n.searchable"
    parameters = (*found.parameters, wanted, *ends)
    return first + _shown(containing, parameters, found.order, CANDIDATES - len(first), at)


def _after_all_that_begin_with(wanted: str) -> str:
    """Return the first text, by code points, after every text that begins with `wanted`."""
    point = ord(wanted[-1]) + 1
    if point == FIRST_SURROGATE:  # no database keeps one
        point = AFTER_SURROGATES
    return f"{wanted}{chr(sys.maxunicode)}" if point > sys.maxunicode else wanted[:-1] + chr(point)


class _Found(NamedTuple):
    """Where names that may hold the words are found, what is asked for, and in which order they come.

    No order is that of the disk: PostgreSQL's index gives no other before it has read all.
    """

    names: str
    parameters: tuple[str, ...]
    order: str


def _indexed(wanted: str, at: datetime) -> _Found:
    known = sample(at=at)
    # The rarest pairs alone: walking the lists of the common ones takes longer than reading the names.
    tokens = known.rarest(search_tokens(wanted), at_most=PAIRS_ASKED)
    if not on_postgresql():
        names = (
            "subjects_nameindex x JOIN subjects_subjectname n ON n.id = x.rowid"
            " WHERE subjects_nameindex MATCH %s"
        )
        return _Found(names, (" AND ".join(tokens),), "ORDER BY x.rowid")
    if known.is_common(wanted, from_share=COMMON_SHARE):
        # GIN reads a whole list before it gives the first name; what stands in every twentieth is met sooner.
        return _Found("subjects_subjectname n WHERE TRUE", (), "ORDER BY n.id")
    return _Found("subjects_subjectname n WHERE n.tokens @@ %s::tsquery", (" & ".join(tokens),), "")


def _shown(found: str, parameters: Sequence[str], order: str, limit: int, at: datetime) -> list[_Candidate]:
    subject = "replace(n.subject_id::text, '-', '')" if on_postgresql() else "n.subject_id"
    # The database stops looking once it has enough that show: what does not show takes no place.
    rows = select(
        f"SELECT {subject}, n.normal, n.name, n.until_at IS NULL, {_ABSORBED}, n.id FROM {found}"
        f" AND {something_shows('n.subject_id')} {order} LIMIT {limit if order else limit + ASTRAY}",
        *parameters,
        *moments(at),
    )
    if not order:
        rows.sort(key=itemgetter(-1))
    merged = [row[0] for row in rows if row[4]]
    absorbed = survivors(merged, at=at) if merged else {}
    return [(absorbed.get(subject, subject), *rest[:3]) for subject, *rest in rows[:limit]]


def _ranked(candidates: Sequence[_Candidate], wanted: str) -> list[_Candidate]:
    """Return one candidate a subject, best first; ties by id so that pages hold still."""
    order = sorted(
        (normal != wanted, normal.find(wanted), not current, len(normal), subject, number)
        for number, (subject, normal, _, current) in enumerate(candidates)
    )
    best: dict[str, _Candidate] = {}
    for *_, subject, number in order:
        best.setdefault(subject, candidates[number])
    return list(best.values())


def _hits(page: Sequence[_Candidate]) -> list[Hit]:
    known = briefs(subject for subject, *_ in page)
    return [
        Hit(
            subject_id=UUID(subject),
            name=known[subject].public_name,
            code=known[subject].code,
            kind=known[subject].kind,
            former_name=None if current else name,
            region=known[subject].region,
            other_name=name if current and name not in {"", known[subject].public_name} else None,
        )
        for subject, _, name, current in page
        if subject in known
    ]
