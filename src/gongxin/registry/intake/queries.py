"""Questions about submissions and the rows that wait for a person."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from gongxin.core.ledger import NAME_DIFFERS
from gongxin.core.submissions import State, has_work_left
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.intake.models import NilReturn, SavedMapping, Submission, UnlinkedRow, Worker

# Why a row waits although its code names a subject: a record that stands already stands in its way.
IN_DOUBT = ("another-agencys-record", "same-record-twice", NAME_DIFFERS)
ALIVE_FOR = timedelta(seconds=30)
WORK_STATES = [state.value for state in State if has_work_left(state)]


def submissions_of(
    agency_id: UUID | None, *, limit: int = 50, offset: int = 0, before: tuple[datetime, UUID] | None = None
) -> Sequence[Submission]:
    """Return submissions, newest first; of one agency and those it succeeded, or (None) of all.

    `before` is a place in that order, when and which: what arrived meanwhile does not shift it.
    """
    found = Submission.objects.select_related("agency").order_by("-received_at", "-id")
    if agency_id is not None:
        found = found.filter(agency_id__in=agencies_under(agency_id))
    if before is not None:
        at, submission_id = before
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, id__lt=submission_id))
    return list(found[offset : offset + limit])


def classes_sent(agencies: Collection[UUID]) -> set[str]:
    """Return the classes of which these agencies ever sent something that was accepted."""
    sent = Submission.objects.filter(agency_id__in=agencies, accepted__gt=0).order_by()
    return set(sent.values_list("class_id", flat=True).distinct())


def workers_alive(*, at: datetime) -> bool:
    """Return whether a worker has shown a heartbeat lately."""
    return Worker.objects.filter(beat_at__gt=at - ALIVE_FOR).exists()


# A submission that was only to be checked waits for its sender's word, a stopped one for an officer's.
FOR_A_WORKER = (
    Q(state__in=WORK_STATES) & ~Q(state=State.CHECKED.value, check_first=True) & Q(stopped_at__isnull=True)
)


def waiting() -> int:
    """Return how many submissions wait for a worker."""
    return Submission.objects.filter(FOR_A_WORKER).count()


def unlinked_of(submission_id: UUID, *, limit: int) -> Sequence[UnlinkedRow]:
    """Return the rows of one submission that nobody could link, with what became of them."""
    return list(UnlinkedRow.objects.filter(submission_id=submission_id).order_by("row")[:limit])


@dataclass(frozen=True, slots=True)
class RowsWaiting:
    """Rows that wait for an officer: of one file, and of its agency's earlier files of the class."""

    without_code: int
    in_doubt: int
    earlier: int


def rows_waiting(submission: Submission) -> RowsWaiting:
    """Count the rows that wait now. A row sent again waits as the row of the file that brought it first."""
    waiting = UnlinkedRow.objects.filter(state="open")
    own = waiting.filter(submission=submission)
    in_doubt = own.filter(reason__in=IN_DOUBT).count()
    earlier = waiting.filter(
        class_id=submission.class_id,
        submission__agency_id__in=agencies_under(submission.agency_id),
        submission__received_at__lt=submission.received_at,
    )
    return RowsWaiting(own.count() - in_doubt, in_doubt, earlier.count())


def saved_mapping(*, agency_id: UUID, class_id: str, header_hash: str) -> SavedMapping | None:
    """Return what an agency, or one it succeeded, taught us about this header; the newest word holds."""
    taught = SavedMapping.objects.filter(
        agency_id__in=agencies_under(agency_id), class_id=class_id, header_hash=header_hash
    )
    return taught.order_by("-saved_at").first()


def nil_returns_of(
    agencies: Collection[UUID] | None, *, limit: int = 50, before: tuple[datetime, UUID] | None = None
) -> Sequence[NilReturn]:
    """Return what was stated, newest first; by these agencies, or (None) by all.

    `before` is a place in that order, when and which.
    """
    found = NilReturn.objects.select_related("agency", "overtaken_by").order_by("-stated_at", "-id")
    if agencies is not None:
        found = found.filter(agency_id__in=agencies)
    if before is not None:
        at, nil_id = before
        found = found.filter(Q(stated_at__lt=at) | Q(stated_at=at, id__lt=nil_id))
    return list(found[:limit])


def nil_months(agencies: Collection[UUID]) -> dict[str, frozenset[date]]:
    """Return by class the months for which these agencies' word stands that nothing was decided."""
    standing = NilReturn.objects.filter(agency_id__in=agencies, withdrawn_at=None)
    found: dict[str, set[date]] = defaultdict(set)
    for class_id, month in standing.values_list("class_id", "month"):
        found[class_id].add(month)
    return {class_id: frozenset(months) for class_id, months in found.items()}
