"""Questions of the desk about notices: which wait to be served, which mails failed, what a body was told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongxin.core.notices import CORRECTED, REPAIR_NOTICE
from gongxin.registry.intake.models import Submission
from gongxin.registry.ledger.models import Entry
from gongxin.registry.notices.models import Delivery, Notice

WAITING, FAILED, SERVED, INBOX = "waiting", "failed", "served", "inbox"
STANDINGS = (WAITING, FAILED, SERVED, INBOX)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notices: how they stand, of which kind (empty: all); within reach of which bodies (None: all)."""

    standing: str = WAITING
    kind: str = ""
    agency_ids: frozenset[UUID] | None = None


def notices_on_desk(wanted: Wanted, *, limit: int, offset: int = 0) -> Sequence[Notice]:
    """Return the notices wanted, the newest first."""
    return list(_wanted(wanted).select_related("agency").order_by("-at", "-id")[offset : offset + limit])


def count_on_desk(wanted: Wanted) -> int:
    return _wanted(wanted).count()


def unread_by(agency_ids: Collection[UUID]) -> int:
    """Return how many notices to these bodies none of them has opened."""
    ways = Delivery.objects.filter(subject_id=OuterRef("subject_id"), notice_id=OuterRef("id"))
    to_them = Notice.objects.filter(agency_id__in=agency_ids)
    return to_them.filter(~Exists(ways.filter(served_at__isnull=False))).count()


def in_reach(notice: Notice, agency_ids: Collection[UUID]) -> bool:
    """Return whether a notice is to one of these bodies, or about a record that is theirs."""
    if notice.agency_id is not None or notice.record_id is None:
        return notice.agency_id in agency_ids
    about = Entry.objects.filter(subject_id=notice.subject_id, record_id=notice.record_id)
    return about.filter(agency_id__in=agency_ids).exists()


def repair_notices_of(submission: Submission, *, limit: int, offset: int = 0) -> Sequence[Notice]:
    """Return the newest notice of each penalty a submission brought and that stands, row by row."""
    standing = Entry.objects.filter(submission=submission, superseded_at=None, adverse=True)
    rows = list(standing.order_by("row").values_list("subject_id", "record_id")[offset : offset + limit])
    told = Notice.objects.filter(
        subject_id__in={subject_id for subject_id, _ in rows},
        record_id__in=[record_id for _, record_id in rows],
        kind__in=[REPAIR_NOTICE, CORRECTED],
    )
    by_record = {one.record_id: one for one in told.select_related("agency").order_by("at", "id")}
    return [by_record[record_id] for _, record_id in rows if record_id in by_record]


def notice_of_record(subject_id: UUID, record_id: UUID) -> Notice | None:
    """Return the notice that goes with a record as it stands: the newest that told of it."""
    about = Notice.objects.filter(subject_id=subject_id, record_id=record_id, agency=None, case_id=None)
    return about.order_by("-at", "-id").first()


def _wanted(wanted: Wanted) -> "QuerySet[Notice]":
    found = Notice.objects.filter(kind=wanted.kind) if wanted.kind else Notice.objects.all()
    found = found.filter(agency__isnull=wanted.standing != INBOX)
    ways = Delivery.objects.filter(subject_id=OuterRef("subject_id"), notice_id=OuterRef("id"))
    served = Exists(ways.filter(served_at__isnull=False))
    if wanted.standing == FAILED:
        # Asked from the few mails that failed, not notice by notice.
        failed = Delivery.objects.filter(channel="email", state="failed").values("notice_id")
        found = found.filter(~served, id__in=failed)
    elif wanted.standing != INBOX:
        found = found.filter(served if wanted.standing == SERVED else ~served)
    return found if wanted.agency_ids is None else found.filter(_reach(wanted.agency_ids))


def _reach(agency_ids: Collection[UUID]) -> Q:
    theirs = Entry.objects.filter(
        subject_id=OuterRef("subject_id"), record_id=OuterRef("record_id"), agency_id__in=agency_ids
    )
    return Q(agency_id__in=agency_ids) | Q(Exists(theirs), agency__isnull=True)
