"""What was done because of answers, for everybody: counted without small numbers, and cases to be told."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from gongxin.core.disclosure import Visibility
from gongxin.registry.checks.models import Applied, Feedback, MeasureRule
from gongxin.registry.publication.queries import RecordView, public_views
from gongxin.registry.subjects.queries import Profile, profiles

DONE = ("applied", "granted")
READ = 200  # of the newest that may be told, those whose record still shows


class Counted(NamedTuple):
    """How often one measure was carried out on one matter because of one kind of record."""

    measure: str
    trigger: str
    matter: str
    number: int


class Case(NamedTuple):
    """One measure that was carried out, about an organisation whose record is shown to everybody now."""

    subject: Profile
    seen: RecordView
    rule: MeasureRule
    done: str
    done_on: date


def counted(*, before: datetime, least: int) -> Sequence[Counted]:
    """Return what was done by a moment, where at least `least` of a kind; no sums, from which less shows."""
    rows = (
        Feedback.objects.filter(at__lt=before, done__in=DONE, rule__isnull=False)
        .values_list("rule__measure", "rule__trigger", "rule__matter")
        .annotate(number=Count("id"))
        .filter(number__gte=least)
        .order_by("rule__measure", "rule__matter", "rule__trigger")
    )
    return [Counted(*found) for found in rows]


def offered() -> QuerySet[Feedback]:
    """Return what its body says may be told, and nobody of the centre has published, the oldest first."""
    waiting = Feedback.objects.filter(public=True, published_at=None, done__in=DONE, rule__isnull=False)
    return waiting.select_related("rule").order_by("at", "id")


def cases(*, at: datetime) -> list[Case]:
    """Return what is told, the newest first: only while the record it rests on is shown to everybody."""
    told = Feedback.objects.filter(public=True, done__in=DONE, rule__isnull=False, published_at__lte=at)
    some = list(told.select_related("rule").order_by("-done_on", "-id")[:READ])
    known = profiles({one.subject_id for one in some}, at=at)
    posted_to = {one: who for who in known.values() for one in (who.subject_id, *who.absorbed)}
    views = public_views(posted_to, at=at)
    because = _because(some)
    found = []
    for one in some:
        seen = views.get(because.get((one.check_id, one.rule_id or ""), one.id))
        if one.rule is not None and seen is not None and seen.visibility is Visibility.SHOWN:
            found.append(Case(known[one.subject_id], seen, one.rule, one.done, one.done_on))
    return found


def _because(some: Sequence[Feedback]) -> dict[tuple[UUID, str], UUID]:
    named = Applied.objects.filter(check_id__in=[one.check_id for one in some])
    return {(one.check_id, one.rule_id): one.record_id for one in named}
