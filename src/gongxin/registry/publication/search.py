"""Name search: two characters are enough, the order is ours, and only what shows to everyone is found.

Candidates come from the bigram index; we rank them here: the exact name, then names that begin with
what was typed, then by where it stands in the name, then the shorter one. A subject of whom nothing
is public does not exist for a stranger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from gongxin.core.names import normalise_name
from gongxin.core.search_tokens import search_tokens
from gongxin.registry.bulk import on_postgresql
from gongxin.registry.publication.queries import subjects_with_something_public
from gongxin.registry.subjects.queries import Profile, profiles, subject_of_code

CANDIDATES = 1001  # counts are capped: "1,000+"
LEAST_CHARACTERS = 2


@dataclass(frozen=True, slots=True)
class Hit:
    subject_id: UUID
    name: str
    code: str | None
    kind: str
    former_name: str | None  # the name that matched, where it is no longer borne
    region: str


@dataclass(frozen=True, slots=True)
class Answer:
    hits: list[Hit]
    total: int
    capped: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    subject_id: UUID
    normal: str
    name: str
    current: bool


def search(text: str, *, at: datetime, limit: int = 20, offset: int = 0) -> Answer:
    """Return the subjects whose name contains `text`, or that bear it as their code, best first."""
    by_code = subject_of_code(text, at=at)
    if by_code is not None:
        return _answer_by_code(by_code, at)
    wanted = normalise_name(text)
    if len(wanted) < LEAST_CHARACTERS:
        return Answer([], 0, capped=False)
    ranked = _ranked(_candidates(wanted), wanted)
    capped = len(ranked) >= CANDIDATES - 1
    return Answer(_shown(ranked, at, limit, offset), min(len(ranked), CANDIDATES - 1), capped)


def _answer_by_code(subject_id: UUID, at: datetime) -> Answer:
    shown = subjects_with_something_public([subject_id], at=at)
    found = profiles(shown, at=at)
    hits = [_hit(subject, None) for subject in found.values()]
    return Answer(hits, len(hits), capped=False)


def _candidates(wanted: str) -> list[_Candidate]:
    """Return names that contain `wanted`: the best-placed ones first, then as the index gives them."""
    rows = _beginning_with(wanted)
    if len(rows) < CANDIDATES:
        rows += _containing(wanted)
    return [
        _Candidate(_uuid(subject), normal, name, bool(current)) for subject, normal, name, current in rows
    ]


def _beginning_with(wanted: str) -> list[tuple[object, str, str, bool]]:
    after = wanted[:-1] + chr(ord(wanted[-1]) + 1)
    collation = ' COLLATE "C"' if on_postgresql() else ""
    sql = (
        "SELECT subject_id, normal, name, until_at IS NULL FROM subjects_subjectname"
        f" WHERE normal{collation} >= %s AND normal{collation} < %s AND searchable"
        f" ORDER BY normal{collation} LIMIT {CANDIDATES}"
    )
    return _rows(sql, [wanted, after])


def _containing(wanted: str) -> list[tuple[object, str, str, bool]]:
    tokens = search_tokens(wanted)
    if on_postgresql():
        sql = (
            "SELECT subject_id, normal, name, until_at IS NULL FROM subjects_subjectname"
            f" WHERE tokens @@ %s::tsquery LIMIT {CANDIDATES}"
        )
        found = _rows(sql, [" & ".join(tokens)])
    else:
        sql = (
            "SELECT subject_id, normal, name, until_at IS NULL FROM subjects_nameindex"
            " JOIN subjects_subjectname AS n ON n.id = subjects_nameindex.rowid"
            f" WHERE subjects_nameindex MATCH %s LIMIT {CANDIDATES}"
        )
        found = _rows(sql, [" AND ".join(tokens)])
    return [row for row in found if wanted in row[1]]


def _rows(sql: str, parameters: Sequence[str]) -> list[tuple[object, str, str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())


def _ranked(candidates: Sequence[_Candidate], wanted: str) -> list[_Candidate]:
    """Return one candidate a subject, best first; ties by id so that pages hold still."""
    best: dict[UUID, _Candidate] = {}
    for candidate in sorted(candidates, key=lambda found: _rank(found, wanted)):
        best.setdefault(candidate.subject_id, candidate)
    return list(best.values())


def _rank(candidate: _Candidate, wanted: str) -> tuple[bool, int, bool, int, str]:
    place = candidate.normal.find(wanted)
    exact = candidate.normal == wanted
    return (not exact, place, not candidate.current, len(candidate.normal), candidate.subject_id.hex)


def _shown(ranked: Sequence[_Candidate], at: datetime, limit: int, offset: int) -> list[Hit]:
    """Return the page of hits of whom something is public, looking only as far as the page needs."""
    hits: list[_Candidate] = []
    for start in range(0, len(ranked), 100):
        some = ranked[start : start + 100]
        public = subjects_with_something_public((found.subject_id for found in some), at=at)
        hits += [found for found in some if found.subject_id in public]
        if len(hits) >= offset + limit:
            break
    page = hits[offset : offset + limit]
    known = profiles((found.subject_id for found in page), at=at)
    return [
        _hit(known[found.subject_id], None if found.current else found.name)
        for found in page
        if found.subject_id in known
    ]


def _hit(subject: Profile, former_name: str | None) -> Hit:
    return Hit(
        subject.subject_id, subject.public_name, subject.code, subject.kind, former_name, subject.region
    )


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
