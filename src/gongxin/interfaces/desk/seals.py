"""Looks of a current statutory investigation kept from its subject for a time: asked, approved, lifted."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from gongxin.core.policy import Role
from gongxin.flows.seal_looks import approve_seal, ask_for_seal, ask_to_extend, end_seal
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import GroundForm
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.seal_form import SAID, EndForm, SealForm, say_why_not
from gongxin.interfaces.desk.seal_lines import SealLine, lines_of
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import (
    actor_of,
    agency_of,
    allowed,
    permit,
    reaches_all,
    requires,
    role_of,
)
from gongxin.registry.audit.models import Seal
from gongxin.registry.audit.seals import every_seal, seals_of

SHOWN = 200
ACTIONS = {"approve": "look.seal-approve", "extend": "look.seal-ask", "end": "look.seal-lift"}
OF_THE_CENTRE = frozenset({Role.OFFICER, Role.REVIEWER})


@requires("look.seal-read", signed_out=kept_form.signed_out)
def seals(request: HttpRequest) -> HttpResponse:
    """List the seals within reach, those that wait first; ask for one more."""
    typed = kept_form.taken(request)
    form = SealForm(request.POST if request.method == "POST" else None, initial=typed.dict() if typed else {})
    if request.method == "POST":
        permit(request, action="look.seal-ask")
        asked = _asked(request, form)
        if asked is not None:
            messages.success(request, gettext("Asked for. Nothing is sealed until another person approves."))
            return redirect("desk:seal", asked.id)
    lines = lines_of(list(_in_reach(request)[:SHOWN]), at=clock.now())
    context = {
        "section": "seals",
        "form": form,
        "waiting": [one for one in lines if one.state == "waiting"],
        "others": [one for one in lines if one.state != "waiting"],
        "may_ask": allowed(request, action="look.seal-ask"),
    }
    return desk_page(request, "desk/seals.html", context, status=422 if form.errors else 200)


@requires("look.seal-read", signed_out=kept_form.signed_out)
def seal(request: HttpRequest, seal_id: UUID) -> HttpResponse:
    """Show one seal; approve it, refuse or lift it with the ground, ask that it be extended."""
    found = _in_reach(request).filter(id=seal_id).first()
    if found is None:
        raise Http404
    act, made = request.POST.get("act", ""), _forms(request)
    if request.method == "POST":
        if act not in made:
            raise Http404
        if _done(request, found, act, made[act]):
            return redirect("desk:seal", seal_id)
    (line,) = lines_of([found], at=clock.now())
    pressed = made.get(act, made["approve"])
    context = {
        "section": "seals",
        "seal": found,
        "line": line,
        "form": pressed,
        "end_form": made["extend"],
        "ground_form": made["end"],
        **_offers(request, found, line),
    }
    return desk_page(request, "desk/seal.html", context, status=422 if pressed.errors else 200)


def _forms(request: HttpRequest) -> dict[str, forms.Form]:
    """Return a form for each button, filled where it was pressed, or as typed before a session ended."""
    typed, act = kept_form.taken(request), request.POST.get("act", "")
    kinds: dict[str, type[forms.Form]] = {"approve": forms.Form, "extend": EndForm, "end": GroundForm}
    initial = typed.dict() if typed else {}
    return {
        name: kind(request.POST if act == name else None, initial=initial) for name, kind in kinds.items()
    }


def _in_reach(request: HttpRequest) -> QuerySet[Seal]:
    if reaches_all(request, action="look.seal-read"):
        return every_seal()
    return seals_of(_office(request))


def _office(request: HttpRequest) -> UUID | None:
    """Return whose looks someone has sealed: the agency's, or (None) the centre's."""
    office = agency_of(request)
    if office is None and role_of(request) not in OF_THE_CENTRE:
        raise PermissionDenied(
            gettext("Your account belongs to no agency. Ask the administrator to add one.")
        )
    return office


def _asked(request: HttpRequest, form: SealForm) -> Seal | None:
    if not form.is_valid():
        return None
    told = form.cleaned_data
    try:
        return ask_for_seal(
            agency_id=_office(request),
            subject_id=told["code"],
            case_number=told["case_number"],
            article=told["article"],
            until_on=told["until_on"],
            actor=actor_of(request),
            at=clock.now(),
        )
    except SAID as refused:
        say_why_not(form, refused)
        return None


def _done(request: HttpRequest, found: Seal, act: str, form: forms.Form) -> bool:
    """Do what the pressed button says; return whether it was done."""
    permit(request, action=ACTIONS[act])
    if not form.is_valid():
        return False
    told: dict[str, Any] = {**form.cleaned_data, "actor": actor_of(request), "at": clock.now()}
    try:
        messages.success(request, _do(found, act, told))
    except SAID as refused:
        say_why_not(form, refused)
        return False
    return True


def _do(found: Seal, act: str, told: dict[str, Any]) -> str:
    if act == "approve":
        approve_seal(seal=found, **told)
        return gettext("Approved. Looks in this case are sealed from now on.")
    if act == "extend":
        ask_to_extend(seal=found, **told)
        return gettext("Asked for. It ends on its day unless another person approves the extension.")
    end_seal(seal=found, **told)
    if found.approved_at is None:
        return gettext("Refused. Nothing is sealed.")
    return gettext("Lifted. The subject sees these looks from now on.")


def _offers(request: HttpRequest, found: Seal, line: SealLine) -> dict[str, Any]:
    mine = found.asked_by == actor_of(request).written
    approve = line.state == "waiting" and allowed(request, action="look.seal-approve")
    extensions: Sequence[Seal] = list(every_seal().filter(first=found))
    return {
        "may_approve": approve and not mine,
        "is_ones_own": approve and mine,
        "may_end": line.state in {"waiting", "in-force"} and allowed(request, action="look.seal-lift"),
        "may_extend": line.state == "in-force"
        and found.first_id is None
        and allowed(request, action="look.seal-ask"),
        "extensions": lines_of(extensions, at=clock.now()),
    }
