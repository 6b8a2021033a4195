"""What of the submissions asks for an officer's eye, and the rows that wait, as of a day."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gongxin.core.submissions import STOPPED, State
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.intake.queries import IN_DOUBT, WORK_STATES


def submissions_in(agency_id: UUID | None, state: str, *, since: datetime | None) -> QuerySet[Submission]:
    """Return submissions within reach, newest first: in one state (or "stopped"), ended or come since then.

    `agency_id` is None for all agencies, `state` empty for all states.
    """
    found = Submission.objects.select_related("agency").order_by("-received_at", "-id")
    if agency_id is not None:
        found = found.filter(agency_id__in=agencies_under(agency_id))
    if state == STOPPED:
        found = found.filter(state__in=WORK_STATES, stopped_at__isnull=False)
    elif state:
        found = found.filter(state=state)
    if since is None:
        return found
    # What is refused is looked for by the day of its refusal: that is what the partial index keeps.
    return found.filter(**{"done_at__gte" if state == State.REFUSED else "received_at__gte": since})


def open_rows() -> QuerySet[UnlinkedRow]:
    """Return the rows nobody has linked yet, the oldest first."""
    return UnlinkedRow.objects.filter(state="open").select_related("submission__agency").order_by("id")


def unlinked_as_of(at: datetime) -> QuerySet[UnlinkedRow]:
    """Return the rows that waited at a past instant: of files checked by then, and not decided before it."""
    found = UnlinkedRow.objects.select_related("submission__agency").order_by("id")
    undecided = Q(decided_at__isnull=True, state="open") | Q(decided_at__gt=at)
    return found.filter(undecided, submission__checked_at__lte=at)


def listed(found: QuerySet[UnlinkedRow], *, limit: int, offset: int) -> Sequence[UnlinkedRow]:
    return list(found[offset : offset + limit])


def rows_to_seek(*, not_since: datetime, limit: int) -> Sequence[UnlinkedRow]:
    """Return open rows without a subject that were not looked for yet, then those longest not looked for.

    A row with a record in its way has its subject.
    """
    waiting = UnlinkedRow.objects.filter(state="open").exclude(reason__in=IN_DOUBT)
    waiting = waiting.select_related("submission__agency")
    fresh = list(waiting.filter(sought_at=None).order_by("id")[:limit])
    again = waiting.filter(sought_at__lt=not_since).order_by("sought_at")
    return fresh or list(again[:limit])
