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
from gongxin.registry.publication.queries import subjects_shown
from gongxin.registry.subjects.queries import briefs, subject_of_code

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


# What the database gives of one name: subject (hexadecimal), normal form, name, whether it is borne now.
_Candidate = tuple[str, str, str, bool]


def search(text: str, *, at: datetime, limit: int = 20, offset: int = 0) -> Answer:
    """Return the subjects whose name contains `text`, or that bear it as their code, best first.

    Only subjects of whom something is public are found and counted: a withheld record leaves no
    trace, not even in a number.
    """
    by_code = subject_of_code(text, at=at)
    if by_code is not None:
        ranked = [(by_code.hex, "", "", True)]
    else:
        wanted = normalise_name(text)
        if len(wanted) < LEAST_CHARACTERS:
            return Answer([], 0, capped=False)
        ranked = _ranked(_candidates(wanted), wanted)
    public = subjects_shown((subject for subject, *_ in ranked), at=at)
    shown = [candidate for candidate in ranked if candidate[0] in public]
    return Answer(
        hits=_hits(shown[offset : offset + limit]),
        total=min(len(shown), CANDIDATES - 1),
        capped=len(shown) >= CANDIDATES - 1,
    )


def _candidates(wanted: str) -> list[_Candidate]:
    """Return names that contain `wanted`: those that begin with it first, then as the index gives them."""
    rows = _beginning_with(wanted)
    return rows if len(rows) >= CANDIDATES else rows + _containing(wanted)


def _beginning_with(wanted: str) -> list[_Candidate]:
    after = wanted[:-1] + chr(ord(wanted[-1]) + 1)
    collation = ' COLLATE "C"' if on_postgresql() else ""
    sql = (
        f"SELECT {_columns()} FROM subjects_subjectname"
        f" WHERE normal{collation} >= %s AND normal{collation} < %s AND searchable"
        f" ORDER BY normal{collation} LIMIT {CANDIDATES}"
    )
    return _rows(sql, [wanted, after])


def _containing(wanted: str) -> list[_Candidate]:
    tokens = search_tokens(wanted)
    if on_postgresql():
        sql = f"SELECT {_columns()} FROM subjects_subjectname WHERE tokens @@ %s::tsquery LIMIT {CANDIDATES}"
        found = _rows(sql, [" & ".join(tokens)])
    else:
        sql = (
            f"SELECT {_columns()} FROM subjects_nameindex"
            " JOIN subjects_subjectname AS n ON n.id = subjects_nameindex.rowid"
            f" WHERE subjects_nameindex MATCH %s LIMIT {CANDIDATES}"
        )
        found = _rows(sql, [" AND ".join(tokens)])
    return [row for row in found if wanted in row[1]]


def _columns() -> str:
    subject = "replace(subject_id::text, '-', '')" if on_postgresql() else "subject_id"
    return f"{subject}, normal, name, until_at IS NULL"


def _rows(sql: str, parameters: Sequence[str]) -> list[_Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())


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
        )
        for subject, _, name, current in page
        if subject in known
    ]
