"""Doubts as they are found: subjects of one name, and what is written down to be laid before a person."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from gongxin.registry import bulk
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.models import Doubt, NamesCompared, SubjectName

SAME_NAME, LIKE_NAME, DAMAGED_CODE = "same-name", "like-name", "damaged-code"
BORNE_BY_AT_MOST = 8  # a name that more subjects bear tells none of them from another


class NewDoubt(NamedTuple):
    """Two that may be one: a row, or the first subject, beside the other."""

    other: UUID
    reason: str
    score: float
    row_id: UUID | None = None
    subject: UUID | None = None


def write_doubts(found: Sequence[NewDoubt], *, at: datetime) -> None:
    """Write down doubts, the surest first; those written down before stay as they are."""
    made = [
        Doubt(
            id=fresh_id(at=at), row_id=one.row_id, subject_id=one.subject, other_id=one.other,
            reason=one.reason, score=one.score, found_at=at,
        )
        for one in found
    ]  # fmt: skip
    Doubt.objects.bulk_create(made, ignore_conflicts=True)


def names_compared_through() -> int:
    """Return the id of the last name for which others like it were looked for."""
    known = NamesCompared.objects.filter(id=1).first()
    return known.through if known else 0


def last_name() -> int:
    return SubjectName.objects.aggregate(last=Max("id"))["last"] or 0


def write_namesakes(found: Sequence[NewDoubt], *, after: int, through: int, at: datetime) -> None:
    """Write down pairs and that names were compared so far: both or neither.

    What another worker has compared meanwhile is left to it.
    """
    with transaction.atomic():
        NamesCompared.objects.get_or_create(id=1, defaults={"through": 0})
        if NamesCompared.objects.filter(id=1, through=after).update(through=through) == 1:
            write_doubts(found, at=at)


def bearers_of(normal: str) -> list[str]:
    """Return who (hexadecimal) bears or bore exactly this name, in normal form: a few of very many."""
    rows = bulk.select(
        "SELECT DISTINCT subject_id FROM subjects_subjectname WHERE normal = %s AND searchable"
        f" LIMIT {BORNE_BY_AT_MOST}",
        normal,
    )
    return [bulk.hexadecimal(subject) for (subject,) in rows]


def namesakes(*, after: int, through: int) -> list[tuple[UUID, UUID]]:
    """Return the pairs of subjects that bear or bore one name, of which one came with these ids of names.

    At most one of a pair bears a unified code: two codes are two organisations, whatever their name. Names
    of persons, and names that very many bear, pair nobody.
    """
    fresh = bulk.select(
        "SELECT normal, subject_id FROM subjects_subjectname WHERE id > %s AND id <= %s AND searchable",
        after,
        through,
    )
    came = {(normal, bulk.as_id(subject)) for normal, subject in fresh}
    pairs = set[tuple[UUID, UUID]]()
    for normal, borne_by in _borne_by({normal for normal, _ in fresh}).items():
        for one, coded in borne_by.items():
            if (normal, one) in came:
                pairs |= {
                    (min(one, other), max(one, other))
                    for other, other_coded in borne_by.items()
                    if other != one and not (coded and other_coded)
                }
    return sorted(pairs)


def _borne_by(normals: Iterable[str]) -> dict[str, dict[UUID, bool]]:
    """Return for each name that several bear who they are, and whether each has a unified code."""
    rows = bulk.select(
        "SELECT n.normal, n.subject_id, EXISTS (SELECT 1 FROM subjects_identifier i WHERE"
        " i.subject_id = n.subject_id AND i.scheme = 'unified' AND i.until_at IS NULL)"
        " FROM subjects_subjectname n JOIN subjects_subject s ON s.id = n.subject_id"
        f" WHERE n.normal IN ({_shared()}) AND n.searchable AND s.kind = 'organisation'",
        sorted(normals) if bulk.on_postgresql() else json.dumps(sorted(normals)),
        BORNE_BY_AT_MOST,
    )
    found: dict[str, dict[UUID, bool]] = {}
    for normal, subject, coded in rows:
        found.setdefault(normal, {})[bulk.as_id(subject)] = bool(coded)
    return found


def _shared() -> str:
    given = "= ANY(%s::text[])" if bulk.on_postgresql() else "IN (SELECT value FROM json_each(%s))"
    return (
        f"SELECT normal FROM subjects_subjectname WHERE normal {given} AND searchable"
        " GROUP BY normal HAVING COUNT(DISTINCT subject_id) BETWEEN 2 AND %s"
    )
