"""Who was recorded apart before it was decided that they are one with a subject."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from gongxin.registry.subjects.models import Identifier, Merge, SubjectName


@dataclass(frozen=True, slots=True)
class Absorbed:
    """One that was absorbed by a merge that stands: its own names and identifiers, and since when."""

    subject_id: UUID
    names: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    merged_at: datetime


def absorbed_among(subject_ids: Collection[UUID], *, at: datetime) -> Sequence[Absorbed]:
    """Return those of these subjects that a merge standing at `at` absorbed, the first merged first."""
    standing = Q(undone_at__isnull=True) | Q(undone_at__gt=at)
    merges = Merge.objects.filter(standing, absorbed_id__in=subject_ids, at__lte=at).order_by("at", "id")
    return [_absorbed(one.absorbed_id, one.at) for one in merges]


def _absorbed(subject_id: UUID, merged_at: datetime) -> Absorbed:
    names = SubjectName.objects.filter(subject_id=subject_id, until_at=None).order_by("id")
    borne = Identifier.objects.filter(subject_id=subject_id, until_at=None).order_by("id")
    return Absorbed(
        subject_id=subject_id,
        names=tuple(names.values_list("name", flat=True)),
        identifiers=tuple(borne.values_list("scheme", "value")),
        merged_at=merged_at,
    )
