"""The whole history of one record, for its subject, an auditor or a court (law-decisions 7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.audit.queries import events_of
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.ledger.history import PastVersion, Step, steps_of, versions_of
from gongxin.registry.publication.models import Decision
from gongxin.registry.subjects.clusters import subject_ids_of


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One publication decision with the rule and source that gave its dates."""

    outcome: str
    reason: str
    penalty_class: str
    audience: str
    publish_from: datetime | None
    publish_until: datetime | None
    share_until: datetime | None
    use_until: datetime | None
    repairable_from: date | None
    due_on: date | None
    provisional: bool
    late_working_days: int | None
    rule: str
    source: str
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class History:
    """Everything kept about a record, each part oldest first."""

    versions: Sequence[PastVersion]
    decisions: Sequence[PastDecision]
    steps: Sequence[Step]
    submissions: Sequence[Submission]
    events: Sequence[AuditEvent]


def history_of(subject_id: UUID, record_id: UUID, *, at: datetime) -> History | None:
    """Return the history of a record, merges standing at `at` followed; None if there is no such record."""
    subject_ids = subject_ids_of(subject_id, at=at)
    versions = versions_of(subject_ids, record_id)
    if not versions:
        return None
    sent_in = {version.submission_id for version in versions if version.submission_id}
    submissions = Submission.objects.filter(id__in=sent_in).select_related("agency").order_by("received_at")
    return History(
        versions=versions,
        decisions=_decisions(subject_ids, record_id),
        steps=steps_of(subject_ids, record_id),
        submissions=list(submissions),
        events=events_of(_objects(record_id, versions)),
    )


def decisions_by_record(subject_ids: Collection[UUID]) -> Mapping[UUID, list[PastDecision]]:
    """Return every decision about every record of these subjects, the first one first, in one query."""
    found: dict[UUID, list[PastDecision]] = {}
    for one in Decision.objects.filter(subject_id__in=subject_ids).order_by("decided_at", "id"):
        found.setdefault(one.record_id, []).append(_past(one))
    return found


def _decisions(subject_ids: Collection[UUID], record_id: UUID) -> list[PastDecision]:
    found = Decision.objects.filter(subject_id__in=subject_ids, record_id=record_id)
    return [_past(one) for one in found.order_by("decided_at", "id")]


def _past(decision: Decision) -> PastDecision:
    return PastDecision(**{name: getattr(decision, name) for name in PastDecision.__slots__})


def _objects(record_id: UUID, versions: Sequence[PastVersion]) -> list[tuple[str, str]]:
    """Return what the audit calls this record, the files it came in, and its rows that once waited."""
    objects = [("record", record_id.hex)]
    for version in versions:
        if version.submission_id is not None:
            objects.append(("submission", version.submission_id.hex))
            waited = UnlinkedRow.objects.filter(submission_id=version.submission_id, row=version.row or 0)
            objects += [("unlinked-row", row_id.hex) for row_id in waited.values_list("id", flat=True)]
    return list(dict.fromkeys(objects))
