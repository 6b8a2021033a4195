"""One submission: how far it is, then what was accepted, what needs correction, what waits for a person."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from gongxin.core.submissions import NotAStep, State, has_work_left
from gongxin.core.succession import successions
from gongxin.flows import lease
from gongxin.flows.corrections import queue_of
from gongxin.flows.faults import set_going
from gongxin.flows.recall import begin_recall, is_small
from gongxin.flows.submit import advance, confirm
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.home import nobody_works
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.problems import problem_lines
from gongxin.interfaces.desk.reach import submission_in_reach
from gongxin.interfaces.desk.reading import kept_layout, reading_of
from gongxin.interfaces.desk.waits_of_batch import waits_of
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, allowed, requires
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.drafts import was_filled_in
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.queries import unlinked_of

SHOWN_UNLINKED = 50
OFTEN = 2  # failures after which a page says that something is wrong on our side
TEACHABLE = frozenset({"no-header", "missing-column", "mapping-misfit"})


@requires("submission.read")
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    found = submission_in_reach(request, submission_id, action="submission.read")
    return desk_page(request, "desk/submission.html", {"section": "submissions", **_shown(request, found)})


@requires("submission.read")
def progress(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Return the piece of the page that fills in; when the work is over the whole page is asked for."""
    found = submission_in_reach(request, submission_id, action="submission.read")
    if not is_moving(found):
        return HttpResponseClientRefresh()
    return desk_page(request, "desk/parts/progress.html", {"submission": found, **nobody_works()})


@requires("submission.send")
@require_POST
def go_on(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Post what a check-first submission found to be right."""
    found = submission_in_reach(request, submission_id, action="submission.send")
    try:
        confirm(submission=found, actor=actor_of(request), at=clock.now())
    except NotAStep:
        messages.error(request, _("This submission is not waiting for you any more."))
    return redirect("desk:submission", found.id)


@requires("submission.set-going")
@require_POST
def resume(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Let workers take again what had failed too often, once the fault is mended."""
    found = submission_in_reach(request, submission_id, action="submission.set-going")
    try:
        set_going(submission=found, actor=actor_of(request), at=clock.now())
    except NotAStep:
        messages.error(request, _("This submission is not stopped any more."))
    else:
        messages.success(request, _("Set going: a worker goes on where it stands."))
    return redirect("desk:submission", found.id)


@requires("submission.recall", signed_out=kept_form.signed_out)
def recall(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Ask for the reason, show what will happen, and withdraw what a wrong batch brought."""
    found = submission_in_reach(request, submission_id, action="submission.recall")
    if not may_be_recalled(found):
        messages.error(request, _("This submission cannot be recalled in its present state."))
        return redirect("desk:submission", found.id)
    form = ground_form(request)
    if form.is_valid():
        _recall(request, found, form.cleaned_data["ground"])
        return redirect("desk:submission", found.id)
    context = {"section": "submissions", "submission": found, "form": form}
    return desk_page(request, "desk/recall.html", context, status=422 if form.errors else 200)


def _recall(request: HttpRequest, found: Submission, reason: str) -> None:
    """Begin the recall; what is small is done before the page answers, the rest is a worker's."""
    try:
        begin_recall(submission=found, reason=reason, actor=actor_of(request), at=clock.now())
    except NotAStep:
        messages.error(request, _("This submission cannot be recalled in its present state."))
        return
    worker = f"desk-{secrets.token_hex(6)}"
    if is_small(found) and lease.claim(submission_id=found.id, worker=worker, at=clock.now()):
        advance(submission_id=found.id, worker=worker, clock=clock.now)
    found.refresh_from_db()
    if found.state == State.RECALLING:
        messages.success(request, _("The recall has begun; this page shows how far it is."))
        return
    withdrawn = ngettext(
        "Recalled: %(count)d record withdrawn.", "Recalled: %(count)d records withdrawn.", found.taken_back
    )
    messages.success(request, withdrawn % {"count": found.taken_back})


def is_moving(found: Submission) -> bool:
    """Return whether a worker still has something to do, without waiting for anyone's word."""
    return has_work_left(State(found.state)) and not waits_for_sender(found) and not found.stopped_at


def waits_for_sender(found: Submission) -> bool:
    return found.check_first and found.state == State.CHECKED


def may_be_recalled(found: Submission) -> bool:
    return found.state == State.DONE or waits_for_sender(found)


def _shown(request: HttpRequest, found: Submission) -> dict[str, object]:
    layout = kept_layout(found)
    return {
        "submission": found,
        "successions": successions(found.successions),
        "moving": is_moving(found),
        "waits_for_sender": waits_for_sender(found),
        "tried_often": is_moving(found) and found.failures >= OFTEN,
        "information_class": class_checked_by(found.class_id, edition=found.edition),
        "problems": problem_lines(found, layout),
        "queue": queue_of(found),
        "reading": reading_of(found, layout),
        "filled_in": was_filled_in(found),
        "unlinked": unlinked_of(found.id, limit=SHOWN_UNLINKED),
        "waits": waits_of(found, at=clock.now()),
        "teachable": found.refusal_code in TEACHABLE and allowed(request, action="mapping.save"),
        "may_set_going": allowed(request, action="submission.set-going"),
        "may_send": allowed(request, action="submission.send"),
        "may_recall": may_be_recalled(found) and allowed(request, action="submission.recall"),
        **nobody_works(),
    }
