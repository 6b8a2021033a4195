"""Questions about subjects: who they are, by which names and codes they are found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from gongxin.core.identifiers import organisation, registration, unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.subjects import ORGANISATION, REGISTRATION, UNIFIED
from gongxin.registry import bulk
from gongxin.registry.subjects.models import Identifier, Merge, Subject, SubjectName

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


def subject_ids_of(subject_id: UUID, *, at: datetime) -> list[UUID]:
    """Return the subject and all it absorbed by `at`: a merge never rewrites, queries come through here."""
    found, edge = [subject_id], [subject_id]
    while edge:
        standing = Merge.objects.filter(Q(undone_at=None) | Q(undone_at__gt=at), into_id__in=edge, at__lte=at)
        edge = [
            absorbed for absorbed in standing.values_list("absorbed_id", flat=True) if absorbed not in found
        ]
        found += edge
    return found


def profile(subject_id: UUID, *, at: datetime) -> Profile | None:
    """Return the subject as known at `at`, or None if there was none."""
    return profiles([subject_id], at=at).get(subject_id)


def profiles(subject_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Profile]:
    """Return the subjects as known at `at`, in four queries however many they are."""
    wanted = list(subject_ids)
    subjects = Subject.objects.filter(id__in=wanted, created_at__lte=at)
    names: dict[UUID, list[SubjectName]] = {}
    for name in SubjectName.objects.filter(subject_id__in=wanted, from_at__lte=at).order_by("id"):
        names.setdefault(name.subject_id, []).append(name)
    codes: dict[UUID, list[Identifier]] = {}
    borne = Identifier.objects.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)
    for identifier in borne.filter(subject_id__in=wanted):
        codes.setdefault(identifier.subject_id, []).append(identifier)
    return {
        subject.id: _profile(subject, names.get(subject.id, []), codes.get(subject.id, []), at)
        for subject in subjects
    }


def _profile(
    subject: Subject, names: list[SubjectName], identifiers: list[Identifier], at: datetime
) -> Profile:
    current = [name for name in names if name.until_at is None or name.until_at > at]
    former = [name.name for name in names if name not in current]
    shown = current[-1] if current else None
    private = subject.kind == "professional" or (shown is not None and not shown.searchable)
    name = shown.name if shown else ""
    return Profile(
        subject_id=subject.id,
        kind=subject.kind,
        database=subject.database,
        name=name,
        public_name=_public_name(subject.kind, name, private=private),
        code=_code({found.scheme: found.value for found in identifiers}),
        identifiers=tuple((found.scheme, found.value) for found in identifiers),
        former_names=() if private else tuple(former),
        region=subject.region,
        noindex=private,
    )


def _public_name(kind: str, name: str, *, private: bool) -> str:
    if not private:
        return name
    if kind == "professional":
        return f"{name[:1]}*"
    surname = "" if name.startswith(UNNAMED_BUSINESS) else name[:1]
    return f"{UNNAMED_BUSINESS}({surname}*)"


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
    """Return the subjects (ids in hexadecimal) as they are called now, in two queries."""
    wanted = list(subject_ids)
    as_ids = "SELECT CAST(value AS uuid) FROM ({values}) AS given" if bulk.on_postgresql() else "{values}"
    named = bulk.select_in(
        "SELECT s.id, s.kind, s.region, n.name, n.searchable FROM subjects_subject s"
        " LEFT JOIN subjects_subjectname n ON n.subject_id = s.id AND n.until_at IS NULL"
        f" WHERE s.id IN ({as_ids})",
        wanted,
    )
    borne = bulk.select_in(
        "SELECT subject_id, scheme, value FROM subjects_identifier"
        f" WHERE until_at IS NULL AND subject_id IN ({as_ids})",
        wanted,
    )
    codes: dict[str, dict[str, str]] = {}
    for subject, scheme, value in borne:
        codes.setdefault(bulk.hexadecimal(subject), {})[scheme] = value
    return {
        bulk.hexadecimal(subject): Brief(
            public_name=_public_name(kind, name or "", private=kind == "professional" or not searchable),
            code=_code(codes.get(bulk.hexadecimal(subject), {})),
            kind=kind,
            region=region,
        )
        for subject, kind, region, name, searchable in named
    }


def keys_in(code: str) -> list[tuple[str, str]]:
    """Return the (scheme, value) keys that `code`, as a person typed it, can be."""
    value = normalise_code(code)
    checks = ((UNIFIED, unified), (REGISTRATION, registration), (ORGANISATION, organisation))
    return [(scheme, value) for scheme, check in checks if check.is_valid(value)]


def subject_of_code(code: str, *, at: datetime) -> UUID | None:
    """Return the subject that bore `code` at `at`, merges followed; None if no organisation did."""
    for scheme, value in keys_in(code):
        borne = Identifier.objects.filter(scheme=scheme, value=value, from_at__lte=at)
        # Asked one after the other, so that each has its index: what is borne now, what was then.
        for ended in (Q(until_at=None), Q(until_at__isnull=False, until_at__gt=at)):
            found = borne.filter(ended).values_list("subject_id", flat=True).first()
            if found is not None:
                return _survivor(found, at)
    return None


def _survivor(subject_id: UUID, at: datetime) -> UUID:
    merged = Merge.objects.filter(Q(undone_at=None) | Q(undone_at__gt=at), absorbed_id=subject_id, at__lte=at)
    into = merged.values_list("into_id", flat=True).first()
    return subject_id if into is None else _survivor(into, at)
