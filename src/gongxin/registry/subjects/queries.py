"""Questions about subjects: who they are, by which names and codes they are found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core.identifiers import organisation, registration, unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.masking import mask_name
from gongxin.core.names import person_named_in
from gongxin.core.subjects import ORGANISATION, REGISTRATION, UNIFIED
from gongxin.registry import bulk
from gongxin.registry.subjects.clusters import ANY_MERGE, MERGED_BY, clusters_of, subject_ids_of

UNNAMED_BUSINESS = "个体工商户"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a subject is called and known by at one instant."""

    subject_id: UUID
    kind: str
    database: str
    name: str
    public_name: str
    code: str | None
    identifiers: tuple[tuple[str, str], ...]
    former_names: tuple[str, ...]
    region: str
    noindex: bool  # its name is, or may be, a person's (R4)
    other_names: tuple[str, ...] = ()  # borne now by those it absorbed
    absorbed: tuple[UUID, ...] = ()  # by merges that stand


def profile(subject_id: UUID, *, at: datetime, merged_at: datetime | None = None) -> Profile | None:
    """Return the subject as known at `at`, or None if there was none; see `profiles`."""
    return profiles([subject_id], at=at, merged_at=merged_at).get(subject_id)


class _Name(NamedTuple):
    name: str
    searchable: bool
    current: bool


class _Told(NamedTuple):
    """What is recorded of one subject by itself."""

    subject_id: UUID
    kind: str
    database: str
    region: str
    names: list[_Name]
    identifiers: list[tuple[str, str]]

    @property
    def shown(self) -> _Name | None:
        return next((one for one in reversed(self.names) if one.current), None)

    @property
    def private(self) -> bool:
        return self.kind == "professional" or (self.shown is not None and not self.shown.searchable)


def profiles(
    subject_ids: Iterable[UUID], *, at: datetime, merged_at: datetime | None = None
) -> dict[UUID, Profile]:
    """Return the subjects as known at `at`, in two queries however many they are.

    One that was absorbed at that time, or at `merged_at`, is answered for by its survivor, and a survivor
    answers for all that are one with it.
    """
    wanted = list(subject_ids)
    told, any_merge = _told(wanted, at)
    clusters = clusters_of([one.hex for one in told], at=merged_at or at) if any_merge else {}
    if not clusters:
        return {subject_id: _profile([one]) for subject_id, one in told.items()}
    told, _ = _told({*wanted, *(UUID(one) for cluster in clusters.values() for one in cluster)}, at)
    return {
        one: _profile(
            [told[UUID(found)] for found in clusters.get(one.hex, [one.hex]) if UUID(found) in told]
        )
        for one in wanted
        if one in told
    }


def _told(wanted: Collection[UUID], at: datetime) -> tuple[dict[UUID, _Told], bool]:
    """Return what is recorded of each of these at `at`, and whether there was ever a merge."""
    moment = bulk.instant(at)
    named = bulk.select_of(
        "SELECT s.id, s.kind, s.database, s.region, n.name, n.searchable,"
        f" n.until_at IS NULL OR n.until_at > %s, {ANY_MERGE} FROM subjects_subject s"
        " LEFT JOIN subjects_subjectname n ON n.subject_id = s.id AND n.from_at <= %s"
        " WHERE s.id {is_one_of} AND s.created_at <= %s ORDER BY n.id",
        wanted,
        moment,
        before=(moment, moment),
    )
    borne = bulk.select_of(
        "SELECT subject_id, scheme, value FROM subjects_identifier WHERE subject_id {is_one_of}"
        " AND from_at <= %s AND (until_at IS NULL OR until_at > %s) ORDER BY id",
        wanted,
        moment,
        moment,
    )
    told: dict[UUID, _Told] = {}
    for found, kind, database, region, name, searchable, current, _ in named:
        subject_id = bulk.as_id(found)
        one = told.setdefault(subject_id, _Told(subject_id, kind, database, region, [], []))
        if name is not None:
            one.names.append(_Name(name, bool(searchable), bool(current)))
    for found, scheme, value in borne:
        if (bearer := told.get(bulk.as_id(found))) is not None:
            bearer.identifiers.append((scheme, value))
    return told, any(any_merge for *_, any_merge in named)


def _profile(cluster: Sequence[_Told]) -> Profile:
    """Return what is told of a survivor, who comes first, and of all it absorbed."""
    survivor, *absorbed = cluster
    name = survivor.shown.name if survivor.shown else ""
    # A name that is a person's leads nobody to a subject, least of all from another subject's page (R4).
    others = [one for found in absorbed for one in found.names if one.searchable and one.name != name]
    former = [one.name for one in survivor.names if not one.current]
    former += [one.name for one in others if not one.current]
    identifiers = [borne for one in cluster for borne in one.identifiers]
    return Profile(
        subject_id=survivor.subject_id,
        kind=survivor.kind,
        database=survivor.database,
        name=name,
        public_name=_public_name(survivor.kind, name, private=survivor.private),
        code=_code(dict(identifiers)),
        identifiers=tuple(identifiers),
        former_names=() if survivor.private else tuple(dict.fromkeys(former)),
        region=survivor.region,
        noindex=any(one.private for one in cluster),
        other_names=()
        if survivor.private
        else tuple(dict.fromkeys(one.name for one in others if one.current)),
        absorbed=tuple(one.subject_id for one in absorbed),
    )


def _public_name(kind: str, name: str, *, private: bool) -> str:
    if not private:
        return name
    if kind == "professional":
        return f"{name[:1]}*"
    # Whose name it is was decided when the name was taken in; here no operator is known to compare with.
    return unnamed_business(name)


def unnamed_business(name: str) -> str:
    """Return what an individual business without a name of its own is called: 个体工商户(姓*) (R4)."""
    return f"{UNNAMED_BUSINESS}({mask_name(person_named_in(name)) or '*'})"


def _code(by_scheme: Mapping[str, str]) -> str | None:
    return by_scheme.get(UNIFIED) or by_scheme.get(REGISTRATION) or by_scheme.get(ORGANISATION)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a list of results says of a subject."""

    public_name: str
    code: str | None
    kind: str
    region: str


def briefs(subject_ids: Iterable[str]) -> dict[str, Brief]:
    """Return the subjects (ids in hexadecimal) as they are called now, in one query.

    Of survivors: with the codes of those they absorbed too.
    """
    wanted = list(subject_ids)
    rows = _brief_rows(wanted)
    clusters = clusters_of(wanted) if rows and rows[0][-1] else {}
    if clusters:
        rows = _brief_rows({*wanted, *(one for cluster in clusters.values() for one in cluster)})
    codes: dict[str, dict[str, str]] = {}
    for subject, *_, scheme, value, _ in rows:
        codes.setdefault(bulk.hexadecimal(subject), {})[scheme] = value
    of_all = {
        one: {scheme: value for other in cluster for scheme, value in codes[other].items()}
        for one, cluster in clusters.items()
    }
    codes |= of_all
    return {
        bulk.hexadecimal(subject): Brief(
            public_name=_public_name(kind, name or "", private=kind == "professional" or not searchable),
            code=_code(codes[bulk.hexadecimal(subject)]),
            kind=kind,
            region=region,
        )
        for subject, kind, region, name, searchable, *_ in rows
    }


def _brief_rows(subject_ids: Iterable[str]) -> list[tuple[Any, ...]]:
    as_ids = "SELECT CAST(value AS uuid) FROM ({values}) AS given" if bulk.on_postgresql() else "{values}"
    return bulk.select_in(
        "SELECT s.id, s.kind, s.region, n.name, n.searchable, i.scheme, i.value,"
        f" {ANY_MERGE} FROM subjects_subject s"
        " LEFT JOIN subjects_subjectname n ON n.subject_id = s.id AND n.until_at IS NULL"
        " LEFT JOIN subjects_identifier i ON i.subject_id = s.id AND i.until_at IS NULL"
        f" WHERE s.id IN ({as_ids})",
        subject_ids,
    )


def keys_in(code: str) -> list[tuple[str, str]]:
    """Return the (scheme, value) keys that `code`, as a person typed it, can be."""
    value = normalise_code(code)
    checks = ((UNIFIED, unified), (REGISTRATION, registration), (ORGANISATION, organisation))
    return [(scheme, value) for scheme, check in checks if check.is_valid(value)]


def subject_of_code(code: str, *, at: datetime) -> UUID | None:
    """Return the subject that bore `code` at `at`, merges followed; None if no organisation did."""
    bearer, merged = _bearer(code, at)
    if bearer is None or not merged:
        return bearer
    return subject_ids_of(bearer, at=at)[0]


def bearer_of_code(code: str, *, at: datetime) -> UUID | None:
    """Return the subject that itself bore `code` at `at`: to it is posted what comes under the code."""
    return _bearer(code, at)[0]


def _bearer(code: str, at: datetime) -> tuple[UUID | None, bool]:
    """Return who bore the code, and whether it was absorbed."""
    keys = keys_in(code)
    if not keys:
        return None, False
    value, moment = keys[0][1], bulk.instant(at)
    merged = (
        " FROM subjects_identifier i LEFT JOIN subjects_merge m ON m.absorbed_id = i.subject_id"
        f" AND {MERGED_BY} WHERE value = %s AND from_at <= %s"
    )
    # Two halves, so that each has its index: what is borne now, what was borne then.
    rows = bulk.select(
        f"SELECT scheme, 0, subject_id, into_id IS NOT NULL{merged} AND until_at IS NULL UNION ALL"
        f" SELECT scheme, 1, subject_id, into_id IS NOT NULL{merged} AND until_at IS NOT NULL"
        " AND until_at > %s",
        moment, moment, value, moment, moment, moment, value, moment, moment,
    )  # fmt: skip
    order = [scheme for scheme, _ in keys]
    borne = [(order.index(scheme), *found) for scheme, *found in rows if scheme in order]
    if not borne:
        return None, False
    _, _, subject_id, absorbed = min(borne)
    return bulk.as_id(subject_id), bool(absorbed)
