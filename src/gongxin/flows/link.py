"""An officer's word about a row nobody could link by code: it belongs to this subject, or to none.

What was posted on that word can be taken back, as long as nothing newer stands in its place.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass
from gongxin.core.ledger import Kind, content_fields
from gongxin.engine.accepted import AcceptedRow, accepted_row
from gongxin.flows.identifiers import class_of_row, excluded, identifiers_of_row
from gongxin.flows.posting import Posting, own_agencies, prepare
from gongxin.flows.publish import TERM_ROLES, DecisionMaker
from gongxin.flows.recall import TAKEN_BACK, take_back_versions
from gongxin.flows.resolve import Resolution, Resolved
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.ledger.bulk import current_entries
from gongxin.registry.ledger.models import Entry
from gongxin.registry.subjects.clusters import once_one_with, subject_ids_of
from gongxin.registry.subjects.queries import profile


class NotOpen(Exception):
    """This row has been decided already."""


class NotLinked(Exception):
    """This row is not, or no longer, linked."""


class ReplacedSince(Exception):
    """What was posted of this row stands no more: a newer version replaced it, or its file was recalled."""


class AnotherKind(Exception):
    """The subject is not of the kind this class is about."""


class CodesContradict(Exception):
    """The row and the subject bear valid codes that differ: they are two, whatever the names say."""


def link_row(*, row: UnlinkedRow, subject_id: UUID, ground: str, actor: Actor, at: datetime) -> None:
    """Post a waiting row as the subject's. The subject gains no code by it: only a check gives one.

    Raises NotOpen if someone was faster, AnotherKind for a subject this class cannot be about,
    CodesContradict for one whose valid codes are others than the row's: no officer overrules that.
    """
    submission = Submission.objects.select_related("agency").get(id=row.submission_id)
    information_class = class_of_row(row)
    subject = profile(subject_id, at=at)
    if subject is None or subject.kind != information_class.subject_kind:
        raise AnotherKind(subject_id.hex)
    if excluded(identifiers_of_row(row), subject):
        raise CodesContradict(subject_id.hex)
    with transaction.atomic():
        bulk.one_writer()
        _close(row, "linked", ground, actor, at)
        decisions = DecisionMaker(information_class)
        own = own_agencies(submission)
        plan = Posting(submission, information_class, decisions, own, at, by_officer=True)
        prepared = prepare([_as_accepted(row, submission, information_class, at)])
        posted_to = _where_it_stands(subject_id, prepared[0].sent.key)
        plan.place(prepared, [Resolved(posted_to.hex, known=True)])
        plan.save()
        counts = {name: F(name) + count for name, count in plan.counts.items() if count}
        Submission.objects.filter(id=submission.id).update(unlinked=F("unlinked") - 1, **counts)
        _audit(row, "row.linked", actor, at, {"subject": posted_to.hex, "ground": ground})


def _where_it_stands(subject_id: UUID, key: str) -> UUID:
    """Return to whom of those one with the subject the record of this key was posted; else the subject."""
    standing = {one for one, _ in current_entries([(one.hex, key) for one in subject_ids_of(subject_id)])}
    return subject_id if subject_id.hex in standing or not standing else UUID(min(standing))


def record_in_the_way(*, row: UnlinkedRow, at: datetime) -> tuple[UUID, UUID] | None:
    """Return the subject and the record standing where the row's own codes would post it; None if none does.

    Asks as a posting does, and writes nothing.
    """
    submission = Submission.objects.select_related("agency").get(id=row.submission_id)
    information_class = class_of_row(row)
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


def unlink_row(*, row: UnlinkedRow, subject_id: UUID, ground: str, actor: Actor, at: datetime) -> None:
    """Take back what an officer's word posted as this subject's record, and let the row wait again.

    Its agency, in whose name it was posted, counts as the one who decides, as in a recall. Raises NotLinked,
    ReplacedSince.
    """
    with transaction.atomic():
        bulk.one_writer()
        row = UnlinkedRow.objects.select_related("submission__agency").get(id=row.id)
        posted = _posted_of(row, subject_id)
        UnlinkedRow.objects.filter(id=row.id).update(state="open", decided_at=None, decided_by="", ground="")
        if posted is not None:
            take_back_versions(
                [posted],
                ground=ground,
                proposed_by=actor,
                decided_by=f"agency:{row.submission.agency.code}",
                at=at,
            )
        counted = _counted_as(posted)
        Submission.objects.filter(id=row.submission_id).update(
            unlinked=F("unlinked") + 1, **{counted: F(counted) - 1}
        )
        _audit(row, "row.unlinked", actor, at, {"subject": subject_id.hex, "ground": ground})


def _posted_of(row: UnlinkedRow, subject_id: UUID) -> Entry | None:
    """Return the version the row became, None where it said nothing new. Raises NotLinked, ReplacedSince."""
    if row.submission.state in TAKEN_BACK:
        raise ReplacedSince(row.id.hex)
    if row.state != "linked" or row.decided_at is None:
        raise NotLinked(row.id.hex)
    posted = Entry.objects.filter(
        subject_id__in=[subject_id, *once_one_with(subject_id)],
        submission_id=row.submission_id,
        row=row.row,
        recorded_at=row.decided_at,
    ).first()
    if posted is not None and posted.superseded_at is not None:
        raise ReplacedSince(row.id.hex)
    return posted


def _counted_as(posted: Entry | None) -> str:
    """Return as what a posting counted the row."""
    if posted is None:
        return "unchanged"
    if posted.held_reason:
        return "held"
    return "superseded" if posted.kind == Kind.RESEND.value else "posted"


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
        state=state, decided_at=at, decided_by=actor.written, ground=ground
    )
    if closed != 1:
        raise NotOpen(row.id.hex)


def _audit(row: UnlinkedRow, action: str, actor: Actor, at: datetime, detail: dict[str, str]) -> None:
    write_event(
        actor=actor, action=action, object_kind="unlinked-row", object_id=row.id.hex, at=at, detail=detail
    )
