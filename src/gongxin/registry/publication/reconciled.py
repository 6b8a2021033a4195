"""The records an agency answers for, over a span of days: what it has, and where each stands here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from gongxin.core.disclosure import Audience
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import classes_by_id, in_force_sql
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.publication.queries import RecordView, views_by_record
from gongxin.registry.subjects.queries import Profile, profiles


@dataclass(frozen=True, slots=True)
class Span:
    """Which records: decided on, or else recorded here, from one day through another; of one class or all."""

    agencies: Collection[UUID]
    first: date
    last: date
    class_id: str = ""
    by_recording: bool = False


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One current record in brief. `record` is where it stands on the first axis."""

    subject_id: UUID
    record_id: UUID
    class_id: str
    document_number: str
    decided_on: date | None
    record: str
    submission_id: UUID | None
    file_name: str


# The twin of `core.ledger.record_state`, asked of whole tables; a test holds the two together. A record whose
# class is no longer law is not shown, so it counts as held.
_RECORD = (
    "CASE WHEN e.erased_at IS NOT NULL THEN 'archived' WHEN e.kind = 'withdrawal' THEN 'withdrawn'"
    " WHEN NOT {in_force} OR e.held_reason <> '' AND COALESCE((SELECT d.outcome FROM publication_decision d"
    " WHERE d.subject_id = e.subject_id AND d.record_id = e.record_id"
    " ORDER BY d.decided_at DESC, d.id DESC LIMIT 1), 'pending') = 'pending' THEN 'held'"
    " WHEN e.kind IN ('clerical', 'substantive', 'resend') THEN 'corrected' ELSE 'in_force' END"
)


def reconciled(span: Span, *, at: datetime, limit: int, offset: int = 0) -> list[Reconciled]:
    """Return the current records of the span, by day and number. Withdrawn ones are among them."""
    where, given = _of_the_span(span, at)
    rows = bulk.select(
        "SELECT e.subject_id, e.record_id, e.class_id, e.document_number, e.decided_on,"
        f" {_record()}, s.id, s.file_name"
        " FROM ledger_entry e LEFT JOIN intake_submission s ON s.id = e.submission_id"
        f" WHERE {where} ORDER BY e.decided_on, e.document_number, e.id LIMIT %s OFFSET %s",
        legal_day(at).isoformat(), *given, limit, offset,
    )  # fmt: skip
    return [_reconciled(*row) for row in rows]


def reconciled_totals(span: Span, *, at: datetime) -> dict[str, int]:
    """Return how many current records of the span stand in each state."""
    where, given = _of_the_span(span, at)
    rows = bulk.select(
        f"SELECT {_record()} AS state, COUNT(*) FROM ledger_entry e WHERE {where} GROUP BY state",
        legal_day(at).isoformat(), *given,
    )  # fmt: skip
    return dict(rows)


def _record() -> str:
    """Return the state of an entry as a question, which takes the legal day."""
    return _RECORD.format(in_force=in_force_sql("e.class_id"))


def _of_the_span(span: Span, at: datetime) -> tuple[str, list[Any]]:
    one_of, agencies = bulk.one_of([found.hex for found in span.agencies])
    days, given = _between(span)
    of_class, asked = (" AND e.class_id = %s", [span.class_id]) if span.class_id else ("", [])
    where = f"e.superseded_at IS NULL AND e.agency_id {one_of} AND e.recorded_at <= %s AND {days}{of_class}"
    return where, [agencies, bulk.instant(at), *given, *asked]


def _between(span: Span) -> tuple[str, list[Any]]:
    after = span.last + timedelta(days=1)
    if span.by_recording:
        days = [bulk.instant(day_begins(day)) for day in (span.first, after)]
        return "e.recorded_at >= %s AND e.recorded_at < %s", days
    # No record was decided on after it was recorded, so the index need not be read from the beginning.
    return (
        "e.recorded_at >= %s AND e.decided_on >= %s AND e.decided_on < %s",
        [bulk.instant(day_begins(span.first)), span.first.isoformat(), after.isoformat()],
    )


def _reconciled(subject_id: Any, record_id: Any, class_id: str, number: str, *rest: Any) -> Reconciled:
    decided_on, state, submission_id, file_name = rest
    return Reconciled(
        bulk.as_id(subject_id), bulk.as_id(record_id), class_id, number, bulk.as_day(decided_on), state,
        bulk.as_id(submission_id) if submission_id else None, file_name or "",
    )  # fmt: skip


def seen_whole(records: Sequence[Reconciled], *, at: datetime) -> dict[UUID, tuple[RecordView, Profile]]:
    """Return each of these records as its own agency sees it, and whose it is."""
    subjects = profiles({one.subject_id for one in records}, at=at)
    views = views_by_record(subjects, audience=Audience.AUDITOR, at=at)
    return {
        one.record_id: (views[one.record_id], subjects[one.subject_id])
        for one in records
        if one.record_id in views
    }


def rows_without_subject(span: Span, *, at: datetime) -> list[UnlinkedRow]:
    """Return the rows of the span that nobody could link by code, open or dismissed."""
    found = UnlinkedRow.objects.select_related("submission").filter(
        submission__agency_id__in=span.agencies, state__in=("open", "dismissed")
    )
    if span.class_id:
        found = found.filter(class_id=span.class_id)
    if span.by_recording:
        return list(found.filter(**_received_in(span, "submission__")).order_by("id"))
    fields = {one.id: one.role("decided_on") or "" for one in classes_by_id(on=legal_day(at)).values()}
    first, last = span.first.isoformat(), span.last.isoformat()
    return [row for row in found.order_by("id") if first <= day_of(row, fields) <= last]


def day_of(row: UnlinkedRow, fields: Mapping[str, str]) -> str:
    """Return the day a waiting row was decided on, in ISO form; `fields` say by class where it stands."""
    return content_fields(row.content).get(fields.get(row.class_id, ""), "")


def received_in(span: Span) -> dict[str, int]:
    """Return how many rows the files received in the span had, and what the check made of them."""
    found = Submission.objects.filter(agency_id__in=span.agencies, **_received_in(span))
    if span.class_id:
        found = found.filter(class_id=span.class_id)
    names = ("rows", "accepted", "rejected", "out_of_scope")
    counted = found.aggregate(files=Count("id"), **{f"sum_{name}": Sum(name) for name in names})
    return {"files": counted["files"], **{name: counted[f"sum_{name}"] or 0 for name in names}}


def _received_in(span: Span, prefix: str = "") -> dict[str, datetime]:
    after = day_begins(span.last + timedelta(days=1))
    return {f"{prefix}received_at__gte": day_begins(span.first), f"{prefix}received_at__lt": after}
