"""Doubts as they are found: subjects of one name, and what is written down to be laid before a person."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from gongxin.registry import bulk
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.models import Doubt, NamesCompared, SubjectName

SAME_NAME, LIKE_NAME, DAMAGED_CODE = "same-name", "like-name", "damaged-code"
ASKED = "asked"  # by an officer; the others are found by workers
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
    """Return for each name that several bear who they are, and whether each has a unified code.

    A searchable name is an organisation's. Each step goes through its index by the values themselves: as a
    join, a planner without fresh statistics reads whole tables.
    """
    several = _named(
        normals,
        "normal",
        "GROUP BY normal HAVING COUNT(DISTINCT subject_id) BETWEEN 2 AND %s",
        BORNE_BY_AT_MOST,
    )
    borne_by = [
        (normal, bulk.as_id(subject))
        for normal, subject in _named([normal for (normal,) in several], "normal, subject_id")
    ]
    coded = _with_unified_code({subject for _, subject in borne_by})
    found: dict[str, dict[UUID, bool]] = {}
    for normal, subject in borne_by:
        found.setdefault(normal, {})[subject] = subject in coded
    return found


def _named(normals: Iterable[str], columns: str, rest: str = "", *more: int) -> list[tuple[Any, ...]]:
    """Return `columns` of the searchable names that are one of `normals`."""
    wanted = sorted(normals)
    given: Any = wanted if bulk.on_postgresql() else json.dumps(wanted)
    if bulk.on_postgresql():
        found = 'subjects_subjectname WHERE normal COLLATE "C" = ANY(%s::text[])'
    else:
        # SQLite takes the tables of a cross join in the order written.
        found = "json_each(%s) AS given CROSS JOIN subjects_subjectname WHERE normal = given.value"
    return bulk.select(f"SELECT {columns} FROM {found} AND searchable {rest}", given, *more)


def _with_unified_code(subject_ids: Iterable[UUID]) -> set[UUID]:
    rows = bulk.select_of(
        "SELECT subject_id FROM subjects_identifier WHERE subject_id {is_one_of}"
        " AND scheme = 'unified' AND until_at IS NULL",
        subject_ids,
    )
    return {bulk.as_id(subject) for (subject,) in rows}
