"""Resolving rows to subjects: the code decides, the name warns, nothing is linked by name.

`Resolution` plans one batch in memory from what the database knows; `save` writes the plan. An
officer's decision about a row nobody could link follows the same road with one row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from gongxin.core.catalogue import InformationClass
from gongxin.core.ledger import NAME_DIFFERS
from gongxin.core.names import clearly_different, names_a_person, normalise_name
from gongxin.core.search_tokens import search_tokens
from gongxin.core.subjects import (
    OTHER_ORGANISATION,
    UNIFIED,
    Cluster,
    Identity,
    Key,
    database_of,
    identity_from,
    link,
    region_of,
)
from gongxin.registry import bulk
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects import bulk as subjects
from gongxin.registry.subjects.clusters import clusters_of

REGISTRATION = "registration"  # the class whose rows are the source of names


class Resolved(NamedTuple):
    """Where a row belongs; `held` says why it waits for a person, `subject_id` is None if it is unlinked."""

    subject_id: str | None
    held: str = ""
    reason: str = ""
    known: bool = False  # the subject existed before this batch


class RowToResolve(NamedTuple):
    identity: Identity
    name: str
    normal: str
    operator: str


def row_to_resolve(*, checked: tuple[str | None, ...], name: str, operator: str) -> RowToResolve:
    """Return who a row is about, from its checked `core.subjects.LINK_COLUMNS` and its names."""
    return RowToResolve(identity_from(checked), name, _normal_name(name), operator)


_normal_name = lru_cache(maxsize=131_072)(normalise_name)


@dataclass(slots=True)
class Resolution:
    """The plan for one batch: who is known, who is new, which names and keys are gained."""

    information_class: InformationClass
    at: datetime
    subject_of: dict[Key, str] = field(default_factory=dict)
    unified_of: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    new_subjects: list[subjects.NewSubject] = field(default_factory=list)
    new_keys: list[tuple[str, str, str]] = field(default_factory=list)
    new_names: list[subjects.NewName] = field(default_factory=list)
    ended_names: list[tuple[str, str]] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)  # by this batch: nothing is held of these yet

    def learn(self, rows: Sequence[RowToResolve]) -> None:
        """Ask the database, once for the batch, what it knows of these rows' keys."""
        identities = {row.identity for row in rows}
        self.subject_of = subjects.subjects_of({key for found in identities for key in found.keys})
        # What follows from a code is asked only where the code itself is not known yet.
        derived = {
            key
            for found in identities
            for key in found.derived
            if not any(borne in self.subject_of for borne in found.keys)
        }
        self.subject_of |= subjects.subjects_of(derived)
        known = set(self.subject_of.values())
        self.clusters = _clusters(known)
        known.update(*(cluster.members for cluster in self.clusters.values()))
        self.unified_of = {
            subject: value for (scheme, value), subject in self.subject_of.items() if scheme == UNIFIED
        }
        self.unified_of |= subjects.unified_codes_of(known - self.unified_of.keys())
        for cluster in self.clusters.values():
            self._share_unified_code(cluster)
        self.names = subjects.names_of(known)

    @property
    def merged(self) -> dict[str, tuple[str, ...]]:
        """Return all that are one with each subject of the batch that is one with others."""
        return {one: tuple(cluster.members) for one, cluster in self.clusters.items()}

    def place(self, row: RowToResolve) -> Resolved:
        """Return where `row` belongs, noting what the subject gains by it."""
        found = link(
            row.identity, subject_of=self.subject_of, unified_of=self.unified_of, clusters=self.clusters
        )
        if found.subject_id is None:
            if found.problem:
                return Resolved(None, reason=found.problem)
            return Resolved(self._begin(row, found.adds))
        self._gain(found.subject_id, found.adds)
        held = found.problem or self._name_warns(found.subject_id, row)
        return Resolved(found.subject_id, held=held, known=found.subject_id not in self.begun)

    def save(self) -> None:
        """Write the plan, inside the batch's transaction."""
        at = bulk.instant(self.at)
        subjects.end_names(self.ended_names, at)
        subjects.add(subjects=self.new_subjects, identifiers=self.new_keys, names=self.new_names, at=at)

    def _begin(self, row: RowToResolve, keys: tuple[Key, ...]) -> str:
        professional = self.information_class.subject_kind == "professional"
        database = database_of(row.identity, professional=professional)
        subject_id = fresh_id(at=self.at).hex
        self.begun.add(subject_id)
        self.new_subjects.append(
            subjects.NewSubject(
                id=subject_id,
                kind=self.information_class.subject_kind,
                database=database,
                region=region_of(row.identity),
            )
        )
        self._gain(subject_id, keys)
        self._name(subject_id, row, searchable=not professional and not _is_a_persons(row, database))
        return subject_id

    def _gain(self, subject_id: str, keys: tuple[Key, ...]) -> None:
        for scheme, value in keys:
            if (scheme, value) not in self.subject_of:
                self.subject_of[scheme, value] = subject_id
                self.new_keys.append((subject_id, scheme, value))
                if scheme == UNIFIED:
                    self.unified_of[subject_id] = value
                if (cluster := self.clusters.get(subject_id)) is not None:
                    cluster.codes.add((scheme, value))
                    self._share_unified_code(cluster)

    def _share_unified_code(self, cluster: Cluster) -> None:
        """Let all that are one answer for the unified code one of them bears."""
        for scheme, value in cluster.codes:
            if scheme == UNIFIED:
                self.unified_of |= dict.fromkeys(cluster.members, value)

    def _name(self, subject_id: str, row: RowToResolve, *, searchable: bool) -> None:
        tokens = search_tokens(row.normal) if searchable else ()
        self.names.setdefault(subject_id, []).append((row.normal, True))
        self.new_names.append(subjects.NewName(subject_id, row.name, row.normal, searchable, tokens))

    def _name_warns(self, subject_id: str, row: RowToResolve) -> str:
        """Return why the name makes the row wait; a registration's own new name is a renaming instead."""
        borne = self.names.get(subject_id, [])
        for normal, _ in borne:
            if normal == row.normal:
                return ""
        if self.information_class.id == REGISTRATION:
            self._rename(subject_id, row, borne)
            return ""
        if (cluster := self.clusters.get(subject_id)) is not None:
            borne = [name for one in cluster.members for name in self.names.get(one, [])]
        return NAME_DIFFERS if all(clearly_different(normal, row.normal) for normal, _ in borne) else ""

    def _rename(self, subject_id: str, row: RowToResolve, borne: list[tuple[str, bool]]) -> None:
        fresh = {new.normal for new in self.new_names if new.subject_id == subject_id}
        self.ended_names += [
            (subject_id, normal) for normal, current in borne if current and normal not in fresh
        ]
        self.names[subject_id] = [(normal, False) for normal, _ in borne]
        database = database_of(row.identity, professional=False)
        self._name(subject_id, row, searchable=not _is_a_persons(row, database))


def _clusters(subject_ids: set[str]) -> dict[str, Cluster]:
    """Return with whom each of these is one, and what all of those bear; nothing while nobody is merged."""
    found = [Cluster(members) for members in {*map(tuple, clusters_of(subject_ids).values())}]
    cluster_of = {one: cluster for cluster in found for one in cluster.members}
    for subject_id, key in subjects.keys_of(cluster_of):
        cluster_of[subject_id].codes.add(key)
    return cluster_of


def _is_a_persons(row: RowToResolve, database: str) -> bool:
    """Return whether the name would lead from a person to a subject: an individual business named
    after its operator, or not named at all (R4, R5). A firm's name is a firm's name (R6)."""
    return database == OTHER_ORGANISATION and names_a_person(row.name, operator=row.operator)
