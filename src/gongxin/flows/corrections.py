"""Which submission a file corrects: said by its sender, or by the marked copy that comes back."""

from dataclasses import dataclass
from uuid import UUID

from gongxin.core.submissions import State
from gongxin.engine.corrected import Corrected, corrected_rows, origins_of
from gongxin.engine.report import CopyOf
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import kept_folder

# Rows that wait for their sender's word, or were taken back, have corrected nothing.
_COUNTED = (State.POSTING.value, State.DONE.value)


class NotItsCorrection(Exception):
    """A file corrects only a checked submission of its own agency and class."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The faulty rows of a submission, and what became of them through its corrections."""

    original: Submission
    corrections: tuple[Submission, ...]
    rows: Corrected


def original_of(corrects: Submission | None, *, agency_id: UUID, class_id: str) -> Submission | None:
    """Return the submission that is in the end corrected. Raises NotItsCorrection."""
    if corrects is None:
        return None
    original = corrects.corrects or corrects
    own = original.agency_id in agencies_under(agency_id)
    if not own or original.class_id != class_id or not _is_checked(original):
        raise NotItsCorrection(str(corrects.id))
    return original


def recognised(batch: str, submission: Submission) -> Submission | None:
    """Return what a submission corrects: what its sender said, else what its marks say, if that can be."""
    if submission.corrects is not None or not batch:
        return submission.corrects
    found = Submission.objects.filter(id=UUID(batch)).exclude(id=submission.id).first()
    try:
        return original_of(found, agency_id=submission.agency_id, class_id=submission.class_id)
    except NotItsCorrection:
        return None  # a workbook handed on to another office is a file like any other


def queue_of(submission: Submission) -> Queue | None:
    """Return the faulty rows of what was checked first, once something came to correct it; else None."""
    original = submission.corrects or submission
    sent = tuple(original.corrections.order_by("received_at", "id"))
    return Queue(original, sent, _rows_of(original)) if sent and _is_checked(original) else None


def _rows_of(original: Submission) -> Corrected:
    counted = original.corrections.filter(state__in=_COUNTED).order_by("received_at", "id")
    return corrected_rows(
        kept_folder(original.id),
        corrections=[kept_folder(one.id) for one in counted],
        information_class=class_checked_by(original.class_id, edition=original.edition),
    )


def copy_of(submission: Submission, *, left_only: bool) -> CopyOf:
    """Return what the marked copy of a submission says of itself.

    With `left_only` it gives of a submission that corrects no other only the rows still to be corrected.
    """
    if submission.corrects_id:
        return CopyOf(submission.corrects_id.hex, origins=origins_of(kept_folder(submission.id)))
    return CopyOf(submission.id.hex, only=_rows_of(submission).left if left_only else None)


def _is_checked(submission: Submission) -> bool:
    return submission.checked_at is not None
