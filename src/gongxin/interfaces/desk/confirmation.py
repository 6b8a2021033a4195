"""The confirmation sheet of one submission: to print, sign and stamp."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.submissions import State
from gongxin.core.succession import successions
from gongxin.engine.report.findings import KeptCheck, open_kept
from gongxin.engine.report.rows import SentRow, count_sent, has_one_table, sent_rows
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.reach import submission_in_reach
from gongxin.interfaces.desk.record_columns import leaving_name
from gongxin.interfaces.desk.record_fate import fate_of
from gongxin.interfaces.desk.templatetags.desk import held_reason, row_state
from gongxin.interfaces.permissions import requires
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import kept_folder
from gongxin.registry.publication.brought import Brought, brought_by

MOST_ROWS = 500
SETTLED = frozenset({State.DONE.value, State.REFUSED.value, State.RECALLED.value})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file and what became of it."""

    row: int
    sheet: str
    document_number: str
    subject_name: str
    decided_on: str
    state: str


@requires("submission.read")
def confirmation(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Show the sheet once the work on the file is over, or the check its sender asked for."""
    found = submission_in_reach(request, submission_id, action="submission.read")
    if found.state not in SETTLED and not (found.check_first and found.checked_at):
        messages.error(request, _("The sheet can be printed once the work on the file is over."))
        return redirect("desk:submission", found.id)
    at = clock.now()
    check = _check(found)
    context = {
        "section": "submissions",
        "submission": found,
        "successions": successions(found.successions),
        "information_class": class_checked_by(found.class_id, edition=found.edition),
        "lines": list(_lines(found, check, at)) if check else [],
        "kept": count_sent(check) if check else 0,
        "several_sheets": check is not None and not has_one_table(check),
        "at": at,
    }
    return desk_page(request, "desk/confirmation.html", context)


def _check(submission: Submission) -> KeptCheck | None:
    """Return what was kept of the check; a file refused as a whole left nothing."""
    if submission.checked_at is None:
        return None
    return open_kept(
        kept_folder(submission.id),
        information_class=class_checked_by(submission.class_id, edition=submission.edition),
        language=get_language() or "zh",
    )


def _lines(submission: Submission, check: KeptCheck, at: datetime) -> Iterator[Line]:
    rows = sent_rows(check, limit=MOST_ROWS)
    brought = brought_by(submission.id, rows={one.row for one in rows}, at=at)
    alone = has_one_table(check)
    for one in rows:
        yield Line(
            row=one.row,
            sheet=one.sheet,
            document_number=one.document_number,
            # A sheet of paper leaves the office: a name that may be a person's is masked.
            subject_name=leaving_name(one.subject_name, private=False),
            decided_on=one.decided_on,
            state=_state(submission, one, brought, alone=alone),
        )


def _state(submission: Submission, one: SentRow, brought: Brought, *, alone: bool) -> str:
    if one.rejected:
        return _("To correct")
    if submission.state == State.CHECKED:
        return _("Accepted, not posted yet")
    record = brought.record(one.row, one.document_number, alone=alone)
    if record is not None:
        return str(fate_of(record))
    waiting = brought.waits(one.row, one.subject_name, alone=alone)
    if waiting is not None:
        return f"{row_state(waiting.state)} · {held_reason(waiting.reason)}"
    if submission.state == State.RECALLED:
        return _("Recalled with the file")
    return _("Unchanged, or replaced by a newer version since")
