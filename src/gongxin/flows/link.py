"""An officer's word about a row nobody could link by code: it belongs to this subject, or to none."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass
from gongxin.core.ledger import content_fields
from gongxin.engine.accepted import AcceptedRow, accepted_row
from gongxin.flows.posting import Posting, own_agencies, prepare
from gongxin.flows.publish import TERM_ROLES, DecisionMaker
from gongxin.flows.resolve import Resolution, Resolved
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.ledger.bulk import current_entries
from gongxin.registry.subjects.queries import profile


class NotOpen(Exception):
    """This row has been decided already."""


class AnotherKind(Exception):
    """The subject is not of the kind this class is about."""


def link_row(*, row: UnlinkedRow, subject_id: UUID, ground: str, actor: Actor, at: datetime) -> None:
    """Post a waiting row as the subject's. The subject gains no code by it: only a check gives one.

    Raises NotOpen if someone was faster, AnotherKind for a subject this class cannot be about.
    """
    submission = Submission.objects.select_related("agency").get(id=row.submission_id)
    information_class = active_class(row.class_id, on=submission.on)
    subject = profile(subject_id, at=at)
    if subject is None or subject.kind != information_class.subject_kind:
        raise AnotherKind(subject_id.hex)
    with transaction.atomic():
        bulk.one_writer()
        _close(row, "linked", ground, actor, at)
        decisions = DecisionMaker(information_class)
        own = own_agencies(submission)
        plan = Posting(submission, information_class, decisions, own, at, by_officer=True)
        prepared = prepare([_as_accepted(row, submission, information_class, at)])
        plan.place(prepared, [Resolved(subject_id.hex, known=True)])
        plan.save()
        counts = {name: F(name) + count for name, count in plan.counts.items() if count}
        Submission.objects.filter(id=submission.id).update(unlinked=F("unlinked") - 1, **counts)
        _audit(row, "row.linked", actor, at, {"subject": subject_id.hex, "ground": ground})


def record_in_the_way(*, row: UnlinkedRow, at: datetime) -> tuple[UUID, UUID] | None:
    """Return the subject and the record standing where the row's own codes would post it; None if none does.

    Asks as a posting does, and writes nothing.
    """
    submission = Submission.objects.select_related("agency").get(id=row.submission_id)
    information_class = active_class(row.class_id, on=submission.on)
    (ready,) = prepare([_as_accepted(row, submission, information_class, at)])
    resolution = Resolution(information_class, at)
    resolution.learn([ready.who])
    subject_id = resolution.place(ready.who).subject_id
    address = (subject_id or "", ready.sent.key)
    found = current_entries([address]).get(address) if subject_id else None
    return None if found is None else (UUID(subject_id), UUID(found.record_id))


def dismiss_row(*, row: UnlinkedRow, ground: str, actor: Actor, at: datetime) -> None:
    """Close a waiting row without posting it; its sender sees the ground. Raises NotOpen."""
    with transaction.atomic():
        _close(row, "dismissed", ground, actor, at)
        _audit(row, "row.dismissed", actor, at, {"ground": ground})


def _as_accepted(
    row: UnlinkedRow, submission: Submission, information_class: InformationClass, at: datetime
) -> AcceptedRow:
    return accepted_row(
        row=row.row,
        fields=content_fields(row.content),
        information_class=information_class,
        fact_roles=TERM_ROLES,
        missing={"deciding_body_code": submission.deciding_code},
        at=at,
    )


def _close(row: UnlinkedRow, state: str, ground: str, actor: Actor, at: datetime) -> None:
    closed = UnlinkedRow.objects.filter(id=row.id, state="open").update(
        state=state, decided_at=at, decided_by=f"{actor.kind}:{actor.name}", ground=ground
    )
    if closed != 1:
        raise NotOpen(row.id.hex)


def _audit(row: UnlinkedRow, action: str, actor: Actor, at: datetime, detail: dict[str, str]) -> None:
    write_event(
        actor=actor, action=action, object_kind="unlinked-row", object_id=row.id.hex, at=at, detail=detail
    )
