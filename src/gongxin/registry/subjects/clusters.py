"""Which subjects are one by the merges that stand. A merge never rewrites: every question comes through here.

The table of merges is tiny and mostly empty, so it is read whole unless it is large for what is asked.
Ids are hexadecimal where they come by the hundred.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from gongxin.registry import bulk

MERGED_BY = "at <= %s AND (undone_at IS NULL OR undone_at > %s)"
NOT_UNDONE = "undone_at IS NULL"
FEW = 100
# As a column of a question that is asked anyway: mostly no merge was ever made, and nothing more is asked.
ANY_MERGE = "EXISTS (SELECT 1 FROM subjects_merge)"


def subject_ids_of(subject_id: UUID, *, at: datetime | None = None) -> list[UUID]:
    """Return all that are one with the subject at `at`, the survivor first, whichever was asked for.

    Without `at` for acts, as in `clusters_of`.
    """
    cluster = clusters_of([subject_id.hex], at=at).get(subject_id.hex)
    return [UUID(one) for one in cluster] if cluster else [subject_id]


def survivors(subject_ids: Iterable[str], *, at: datetime) -> dict[str, str]:
    """Return who stands for each of these that was absorbed at `at`; all others stand for themselves."""
    clusters = clusters_of(subject_ids, at=at)
    return {one: cluster[0] for one, cluster in clusters.items() if cluster[0] != one}


def all_merged() -> set[str]:
    """Return all (hexadecimal) who were ever part of a merge."""
    rows = bulk.select("SELECT absorbed_id FROM subjects_merge UNION SELECT into_id FROM subjects_merge")
    return {bulk.hexadecimal(one) for (one,) in rows}


def once_one_with(subject_id: UUID) -> list[UUID]:
    """Return all who were ever one with the subject, at whatever remove, by merges that stand or do not."""
    pairs = bulk.select("SELECT absorbed_id, into_id FROM subjects_merge")
    found, edge = {subject_id}, {subject_id}
    while edge:
        joined = [{bulk.as_id(one), bulk.as_id(other)} for one, other in pairs]
        edge = {one for pair in joined if pair & edge for one in pair} - found
        found |= edge
    return sorted(found - {subject_id})


def clusters_of(subject_ids: Iterable[str], *, at: datetime | None = None) -> dict[str, list[str]]:
    """Return with whom each of these is one at `at`, the survivor first; whoever stands alone is left out.

    Without `at`, by the merges not undone, whatever the clock of who decided them said: for acts.
    """
    wanted = list(subject_ids)
    into = _edges(wanted, at)
    absorbers = set(into.values())
    heads = {one: _head(one, into) for one in wanted if one in into or one in absorbers}
    absorbed_by: dict[str, list[str]] = {}
    if heads:
        for one, other in into.items():
            absorbed_by.setdefault(other, []).append(one)
    clusters = {head: [head, *sorted(_under(head, absorbed_by))] for head in set(heads.values())}
    return {one: clusters[head] for one, head in heads.items()}


def _under(head: str, absorbed_by: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for one in absorbed_by.get(head, ()):
        yield one
        yield from _under(one, absorbed_by)


def _edges(subject_ids: Sequence[str], at: datetime | None) -> dict[str, str]:
    """Return into whom each was absorbed, at least of these and of all that are one with them."""
    standing, moments = (NOT_UNDONE, ()) if at is None else (MERGED_BY, (bulk.instant(at), bulk.instant(at)))
    few = max(FEW, 2 * len(subject_ids))  # all of them are read sooner than so many are looked up
    asked = f"SELECT absorbed_id, into_id FROM subjects_merge WHERE {standing}"
    rows = bulk.select(f"{asked} LIMIT {few + 1}", *moments)
    if len(rows) <= few:
        return {bulk.hexadecimal(one): bulk.hexadecimal(other) for one, other in rows}
    into: dict[str, str] = {}
    seen: set[str] = set()
    edge = set(subject_ids)
    while edge:
        seen |= edge
        one_of, given = bulk.one_of(list(edge))
        rows = bulk.select(
            f"{asked} AND absorbed_id {one_of} UNION {asked} AND into_id {one_of}",
            *moments, given, *moments, given,
        )  # fmt: skip
        found = {bulk.hexadecimal(one): bulk.hexadecimal(other) for one, other in rows}
        into |= found
        edge = {*found, *found.values()} - seen
    return into


def _head(one: str, into: Mapping[str, str]) -> str:
    while one in into:
        one = into[one]
    return one
