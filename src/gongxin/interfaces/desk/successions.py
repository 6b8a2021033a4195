"""From whom a subject took over by law, and who took over from it: recorded, or taken back, with ground."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongxin.flows.judge import NotAnOrganisation, NotLive
from gongxin.flows.succeed_subject import (
    RecordedAlready,
    StillToCome,
    WouldSucceedItself,
    end_succession,
    record_succession,
    refuse_succession,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.succession_form import Proposed, SuccessionForm, proposed
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.subject_words import SUCCESSIONS
from gongxin.interfaces.permissions import actor_of, allowed, permit, requires
from gongxin.registry.subjects.queries import Profile, profile
from gongxin.registry.subjects.successions import RecordedSuccession, recorded_successions_of

REFUSALS: Mapping[type[Exception], Promise] = {
    NotAnOrganisation: _("Only an organisation takes over from an organisation."),
    WouldSucceedItself: _("These two are one, or it would come round to itself: look whom each followed."),
    RecordedAlready: _("This is recorded already."),
    StillToCome: _("That day is still to come. Record it once it has happened."),
}


@requires("succession.read", signed_out=kept_form.signed_out)
def successions(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Show the successions of a subject; record one more, once what it says of both was confirmed."""
    known = _known(subject_id)
    if request.method != "POST":
        typed = kept_form.taken(request)
        return _page(request, known, SuccessionForm(initial=typed.dict() if typed else None))
    permit(request, action="succession.record")
    form = SuccessionForm(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _page(request, known, form)
    said = proposed(form, known, at=clock.now())
    try:
        if request.POST.get("confirmed") != said.mark:
            return _asked_to_confirm(request, known, form, said)
        _record(request, said)
    except tuple(REFUSALS) as refused:
        form.add_error(None, str(REFUSALS[type(refused)]))
        return _page(request, known, form)
    messages.success(request, gettext("Recorded. Both pages say so; no record moves."))
    return redirect("desk:successions", known.subject_id)


@requires("succession.record", signed_out=kept_form.signed_out)
def end(request: HttpRequest, subject_id: UUID, succession_id: UUID) -> HttpResponse:
    """Take back a succession that was recorded wrongly."""
    known, form = _known(subject_id), ground_form(request)
    recorded = recorded_successions_of(known, at=clock.now())
    found = next((one for one in recorded if one.made.id == succession_id), None)
    if found is None:
        raise Http404
    if not form.is_valid():
        context = {"section": "find", "subject": known, "form": form, "one": _told([found])[0]}
        return desk_page(request, "desk/succession_end.html", context, status=422 if form.errors else 200)
    ground = form.cleaned_data["ground"]
    try:
        end_succession(succession=found.made, ground=ground, actor=actor_of(request), at=clock.now())
    except NotLive:
        messages.error(request, gettext("Someone has decided this already."))
    else:
        messages.success(request, gettext("Taken back."))
    return redirect("desk:successions", subject_id)


def _known(subject_id: UUID) -> Profile:
    known = profile(subject_id, at=clock.now())
    if known is None:
        raise Http404
    return known


def _asked_to_confirm(
    request: HttpRequest, known: Profile, form: SuccessionForm, said: Proposed
) -> HttpResponse:
    at = clock.now()
    refuse_succession(
        predecessor_id=said.predecessor.subject_id, successor_id=said.successor.subject_id, on=said.on, at=at
    )
    context = {
        "section": "find",
        "subject": known,
        "form": form,
        "said": said,
        "still_exists": said.still_exists(at=at),
    }
    return desk_page(request, "desk/succession_confirm.html", context)


def _record(request: HttpRequest, said: Proposed) -> None:
    record_succession(
        predecessor_id=said.predecessor.subject_id,
        successor_id=said.successor.subject_id,
        kind=said.kind,
        on=said.on,
        ground=said.ground,
        actor=actor_of(request),
        at=clock.now(),
    )


def _page(request: HttpRequest, known: Profile, form: SuccessionForm) -> HttpResponse:
    recorded = recorded_successions_of(known, at=clock.now())
    context = {
        "section": "find",
        "subject": known,
        "form": form,
        "standing": _told([one for one in recorded if one.made.ended_at is None]),
        "ended": _told([one for one in recorded if one.made.ended_at is not None]),
        "may_record": allowed(request, action="succession.record"),
    }
    return desk_page(request, "desk/successions.html", context, status=422 if form.errors else 200)


def _told(recorded: list[RecordedSuccession]) -> list[dict[str, Any]]:
    who = Who([by for one in recorded for by in (one.made.recorded_by, one.made.ended_by) if by])
    return [
        {
            "made": one.made,
            "other": one.other,
            "is_successor": one.is_successor,
            "kind": SUCCESSIONS[one.made.kind],
            "recorded_by": who.in_words(one.made.recorded_by),
            "ended_by": who.in_words(one.made.ended_by) if one.made.ended_by else "",
        }
        for one in recorded
    ]
