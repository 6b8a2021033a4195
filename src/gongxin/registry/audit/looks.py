"""Who looked at a subject, when, for what: told to the subject, and to the auditor."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from gongxin.core.disclosure import Audience
from gongxin.core.looks import Looker
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import AuditEvent, Look, Seal
from gongxin.registry.audit.seals import ends_of, that_hide

LONGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class SealTold:
    """Under which article a look was sealed, and until which day; whether it is so still."""

    article: str
    end_on: date
    lifted_at: datetime | None
    hides: bool


@dataclass(frozen=True, slots=True)
class LookTold:
    """One look. `body` and `body_code` are empty for the centre; `actor` for everyone but the auditor."""

    id: UUID
    at: datetime
    subject_id: UUID
    body: str
    body_code: str
    role: str
    kind: str
    purpose: str
    case_number: str
    actor: str
    seal: SealTold | None


@dataclass(frozen=True, slots=True)
class LooksPage:
    """A page of looks, the newest first, and how many there are in all."""

    looks: Sequence[LookTold]
    total: int


def looks_at(
    subject_ids: Collection[UUID],
    *,
    audience: Audience,
    at: datetime,
    offset: int = 0,
    limit: int = LONGEST_PAGE,
    since: datetime | None = None,
    before: datetime | None = None,
) -> LooksPage:
    """Return who had looked at these subjects, who are one, by `at`: from `since` on, up to `before`.

    The auditor sees sealed looks at once; the subject, and the count it is told, not before the seal's
    end. The public sees none.
    """
    known = list(Seal.objects.filter(looks__subject_id__in=subject_ids).distinct())
    hiding = that_hide(known, at=at)
    found = _between(_seen_by(audience, subject_ids, hiding), at=at, since=since, before=before)
    page = list(found.order_by("-at", "-id")[offset : offset + limit])
    return LooksPage(_told(page, known, hiding, audience, at), found.count())


def has_looked(looker: Looker, subject_id: UUID, *, purpose: str, case_number: str, since: datetime) -> bool:
    """Return whether someone has looked at a subject for this since an instant."""
    found = Look.objects.filter(actor_kind=looker.actor.kind.value, actor=looker.actor.name, at__gte=since)
    return found.filter(subject_id=subject_id, purpose=purpose, case_number=case_number).exists()


def usage_period(*, at: datetime) -> datetime:
    """Return the instant since which looks are written down: the audit's first act, or `at` before any."""
    first = AuditEvent.objects.order_by("at").values_list("at", flat=True).first()
    return at if first is None else first


def _seen_by(audience: Audience, subject_ids: Collection[UUID], hiding: set[UUID]) -> QuerySet[Look]:
    if audience is Audience.PUBLIC:
        return Look.objects.none()
    found = Look.objects.filter(subject_id__in=subject_ids)
    # Not `exclude(seal_id__in=…)` alone: with no seal at all that would leave out every unsealed look.
    return found if audience is Audience.AUDITOR or not hiding else found.exclude(seal_id__in=hiding)


def _between(
    found: QuerySet[Look], *, at: datetime, since: datetime | None, before: datetime | None
) -> QuerySet[Look]:
    found = found.filter(at__lte=at)
    if since is not None:
        found = found.filter(at__gte=since)
    return found if before is None else found.filter(at__lte=before)


def _told(
    page: Sequence[Look], seals: Sequence[Seal], hiding: set[UUID], audience: Audience, at: datetime
) -> list[LookTold]:
    bodies = Agency.objects.in_bulk({look.agency_id for look in page if look.agency_id})
    ends = ends_of(seals, at=at)
    sealed = {one.id: SealTold(one.article, ends[one.id], one.ended_at, one.id in hiding) for one in seals}
    return [_one(look, bodies, sealed, audience) for look in page]


def _one(
    look: Look, bodies: dict[UUID, Agency], sealed: dict[UUID, SealTold], audience: Audience
) -> LookTold:
    body = bodies[look.agency_id] if look.agency_id else None
    return LookTold(
        id=look.id,
        at=look.at,
        subject_id=look.subject_id,
        body=body.name if body else "",
        body_code=body.code if body else "",
        role=look.role,
        kind=look.actor_kind,
        purpose=look.purpose,
        case_number=look.case_number,
        actor=f"{look.actor_kind}:{look.actor}" if audience is Audience.AUDITOR else "",
        seal=sealed[look.seal_id] if look.seal_id else None,
    )
