"""From whom a subject took over by law, and who took over from it: recorded, or taken back, with ground."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongxin.flows.judge import AnotherKind, NotLive
from gongxin.flows.succeed_subject import (
    RecordedAlready,
    StillToCome,
    WouldSucceedItself,
    end_succession,
    record_succession,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.code_of_other import subject_under
from gongxin.interfaces.desk.ground import GroundForm
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages.subject_words import SUCCESSIONS
from gongxin.interfaces.permissions import actor_of, requires
from gongxin.registry.subjects.models import SubjectSuccession
from gongxin.registry.subjects.queries import Profile, profile
from gongxin.registry.subjects.successions import successions_of

REFUSALS: Mapping[type[Exception], Promise] = {
    AnotherKind: _("Only an organisation takes over from an organisation."),
    WouldSucceedItself: _("These two are one, or it would come round to itself: look whom each followed."),
    RecordedAlready: _("This is recorded already."),
    StillToCome: _("That day is still to come. Record it once it has happened."),
}


class SuccessionForm(GroundForm):
    role = forms.ChoiceField(
        label=_("The other is"),
        choices=[("successor", _("its successor")), ("predecessor", _("its predecessor"))],
    )
    code = forms.CharField(label=_("Code of the other"), max_length=40)
    kind = forms.ChoiceField(label=_("How"), choices=list(SUCCESSIONS.items()))
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"placeholder": "2026-11-20"}))
    field_order = ("role", "code", "kind", "on", "ground")

    def clean_code(self) -> UUID:
        """Return the subject of the code."""
        return subject_under(self.cleaned_data["code"])


@requires("succession.record")
def successions(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Show the successions of a subject, and record one more."""
    known = _known(subject_id)
    form = SuccessionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _recorded(request, known, form):
        return redirect("desk:successions", known.subject_id)
    return _page(request, known, form)


@requires("succession.record")
def end(request: HttpRequest, subject_id: UUID, succession_id: UUID) -> HttpResponse:
    """Take back a succession that was recorded wrongly."""
    known, form = _known(subject_id), GroundForm(request.POST or None)
    made = SubjectSuccession.objects.filter(id=succession_id).first()
    if made is None or not {known.subject_id, *known.absorbed} & {made.predecessor_id, made.successor_id}:
        raise Http404
    if not form.is_valid():
        return desk_page(
            request,
            "desk/succession_end.html",
            {"section": "find", "subject": known, "form": form},
            status=422 if form.errors else 200,
        )
    try:
        end_succession(
            succession=made, ground=form.cleaned_data["ground"], actor=actor_of(request), at=clock.now()
        )
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


def _recorded(request: HttpRequest, known: Profile, form: SuccessionForm) -> bool:
    told: dict[str, Any] = form.cleaned_data
    pair = (known.subject_id, told["code"])
    predecessor, successor = pair if told["role"] == "successor" else pair[::-1]
    day: date = told["on"]
    try:
        record_succession(
            predecessor_id=predecessor,
            successor_id=successor,
            kind=told["kind"],
            on=day,
            ground=told["ground"],
            actor=actor_of(request),
            at=clock.now(),
        )
    except tuple(REFUSALS) as refused:
        form.add_error(None, str(REFUSALS[type(refused)]))
        return False
    messages.success(request, gettext("Recorded. Both pages say so; no record moves."))
    return True


def _page(request: HttpRequest, known: Profile, form: SuccessionForm) -> HttpResponse:
    context = {
        "section": "find",
        "subject": known,
        "form": form,
        "told": [(one, SUCCESSIONS[one.kind]) for one in successions_of(known, at=clock.now())],
    }
    return desk_page(request, "desk/successions.html", context, status=422 if form.errors else 200)
