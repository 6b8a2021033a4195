"""Questions about subjects: who they are, by which names and codes they are found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from gongxin.core.identifiers import organisation, registration, unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.masking import mask_name
from gongxin.core.names import person_named_in
from gongxin.core.subjects import ORGANISATION, REGISTRATION, UNIFIED
from gongxin.registry import bulk
from gongxin.registry.subjects.clusters import MERGED_BY, survivors

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


def profile(subject_id: UUID, *, at: datetime) -> Profile | None:
    """Return the subject as known at `at`, or None if there was none."""
    return profiles([subject_id], at=at).get(subject_id)


class _Name(NamedTuple):
    name: str
    searchable: bool
    current: bool


def profiles(subject_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Profile]:
    """Return the subjects as known at `at`, in two queries however many they are."""
    wanted, moment = list(subject_ids), bulk.instant(at)
    named = bulk.select_of(
        "SELECT s.id, s.kind, s.database, s.region, n.name, n.searchable,"
        " n.until_at IS NULL OR n.until_at > %s FROM subjects_subject s"
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
    codes: dict[UUID, list[tuple[str, str]]] = {}
    for subject_id, scheme, value in borne:
        codes.setdefault(bulk.as_id(subject_id), []).append((scheme, value))
    names: dict[UUID, list[_Name]] = {}
    facts: dict[UUID, tuple[str, str, str]] = {}
    for found, kind, database, region, name, searchable, current in named:
        subject_id = bulk.as_id(found)
        facts[subject_id] = (kind, database, region)
        if name is not None:
            names.setdefault(subject_id, []).append(_Name(name, bool(searchable), bool(current)))
    return {
        subject_id: _profile(subject_id, *told, names.get(subject_id, []), codes.get(subject_id, []))
        for subject_id, told in facts.items()
    }


def _profile(
    subject_id: UUID,
    kind: str,
    database: str,
    region: str,
    names: list[_Name],
    identifiers: list[tuple[str, str]],
) -> Profile:
    shown = next((one for one in reversed(names) if one.current), None)
    former = tuple(one.name for one in names if not one.current)
    private = kind == "professional" or (shown is not None and not shown.searchable)
    name = shown.name if shown else ""
    return Profile(
        subject_id=subject_id,
        kind=kind,
        database=database,
        name=name,
        public_name=_public_name(kind, name, private=private),
        code=_code(dict(identifiers)),
        identifiers=tuple(identifiers),
        former_names=() if private else former,
        region=region,
        noindex=private,
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
    """Return the subjects (ids in hexadecimal) as they are called now, in one query."""
    as_ids = "SELECT CAST(value AS uuid) FROM ({values}) AS given" if bulk.on_postgresql() else "{values}"
    rows = bulk.select_in(
        "SELECT s.id, s.kind, s.region, n.name, n.searchable, i.scheme, i.value FROM subjects_subject s"
        " LEFT JOIN subjects_subjectname n ON n.subject_id = s.id AND n.until_at IS NULL"
        " LEFT JOIN subjects_identifier i ON i.subject_id = s.id AND i.until_at IS NULL"
        f" WHERE s.id IN ({as_ids})",
        subject_ids,
    )
    codes: dict[str, dict[str, str]] = {}
    for subject, *_, scheme, value in rows:
        codes.setdefault(bulk.hexadecimal(subject), {})[scheme] = value
    return {
        bulk.hexadecimal(subject): Brief(
            public_name=_public_name(kind, name or "", private=kind == "professional" or not searchable),
            code=_code(codes[bulk.hexadecimal(subject)]),
            kind=kind,
            region=region,
        )
        for subject, kind, region, name, searchable, *_ in rows
    }


def keys_in(code: str) -> list[tuple[str, str]]:
    """Return the (scheme, value) keys that `code`, as a person typed it, can be."""
    value = normalise_code(code)
    checks = ((UNIFIED, unified), (REGISTRATION, registration), (ORGANISATION, organisation))
    return [(scheme, value) for scheme, check in checks if check.is_valid(value)]


def subject_of_code(code: str, *, at: datetime) -> UUID | None:
    """Return the subject that bore `code` at `at`, merges followed; None if no organisation did."""
    keys = keys_in(code)
    if not keys:
        return None
    value, moment = keys[0][1], bulk.instant(at)
    merged = (
        " FROM subjects_identifier i LEFT JOIN subjects_merge m ON m.absorbed_id = i.subject_id"
        f" AND {MERGED_BY} WHERE value = %s AND from_at <= %s"
    )
    # Two halves, so that each has its index: what is borne now, what was borne then.
    rows = bulk.select(
        f"SELECT scheme, 0, subject_id, into_id{merged} AND until_at IS NULL UNION ALL"
        f" SELECT scheme, 1, subject_id, into_id{merged} AND until_at IS NOT NULL AND until_at > %s",
        moment, moment, value, moment, moment, moment, value, moment, moment,
    )  # fmt: skip
    order = [scheme for scheme, _ in keys]
    borne = [(order.index(scheme), *found) for scheme, *found in rows if scheme in order]
    if not borne:
        return None
    _, _, subject_id, into_id = min(borne)
    found = bulk.as_id(subject_id)
    return UUID(survivors([found.hex], at=at).get(found.hex, found.hex)) if into_id else found
