"""Answers that hold, each as it was last told."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from gongxin.registry.accounts.models import Agency
from gongxin.registry.checks.models import Changed, Check, Rechecked

READ = 2000


class Held(NamedTuple):
    """An answer given, and what was last told of it (`last_id`: the answer itself, or what replaced it)."""

    subject_id: UUID
    check_id: UUID
    last_id: UUID
    matter: str
    verdict: str
    signed: str
    valid_until: datetime
    agency: Agency
    case_number: str


def held_answers(*, after: datetime, at: datetime) -> Iterator[Held]:
    """Yield the answers given by `at` that held at some instant after `after`, with their last telling."""
    found = Check.objects.filter(valid_until__gt=after, asked_at__lte=at, agency__isnull=False)
    for some in _in_pieces(found.select_related("agency").order_by("subject_id", "id")):
        newest = {
            one.check_id: one
            for one in Changed.objects.filter(check_id__in=[one.id for one in some]).order_by("at", "id")
        }
        for check in some:
            yield _held(check, newest.get(check.id))


def _in_pieces(found: QuerySet[Check]) -> Iterator[list[Check]]:
    place: tuple[UUID, UUID] | None = None
    while True:
        rest = found if place is None else found.filter(pk__gt=place)
        some = list(rest[:READ])
        if not some:
            return
        yield some
        place = (some[-1].subject_id, some[-1].id)


def _held(check: Check, changed: Changed | None) -> Held:
    last = changed or check
    if check.agency is None:
        raise AssertionError("the database holds no lasting answer without an agency")
    return Held(
        check.subject_id, check.id, last.id, check.matter, last.verdict, last.signed, check.valid_until,
        check.agency, check.case_number,
    )  # fmt: skip


def last_told(check: Check) -> str:
    """Return what was last told of an answer, signed: itself, or what replaced it."""
    changed = (
        Changed.objects.filter(subject_id=check.subject_id, check_id=check.id).order_by("at", "id").last()
    )
    return changed.signed if changed else check.signed


def reckoned_through() -> datetime | None:
    """Return up to which instant the answers were reckoned again, None if they never were."""
    return Rechecked.objects.filter(id=1).values_list("through", flat=True).first()


def set_reckoned_through(at: datetime) -> None:
    Rechecked.objects.update_or_create(id=1, defaults={"through": at})
