"""A listing in force at the desk, and the request to end it before its day: two persons, one form an act."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.lists import statutory_list
from gongxin.flows.delist_subject import Wish, find_wrong, keep_listed, let_leave, propose_exit
from gongxin.interfaces import clock
from gongxin.interfaces.desk.listing_forms import ExitForm, LeaveForm, ReasonForm
from gongxin.interfaces.desk.listings import bodies_in_reach, named, who_of
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.listing_refusals import REFUSED, say_why_not
from gongxin.interfaces.permissions import allowed, permit, requires
from gongxin.registry.ledger.queries import NoSuchRecord, current_entry
from gongxin.registry.lists.models import EARLY, Exit, Listing
from gongxin.registry.lists.queries import NoSuchExit, NotListed, exit_of, listing_of
from gongxin.registry.subjects.queries import profile


@requires("listing.read", signed_out=kept_form.signed_out)
def in_force(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponse:
    """Show a listing; propose that it be left early, or find it wrong at once."""
    one = _listing(request, subject_id, record_id)
    act, typed = request.POST.get("act", ""), kept_form.taken(request)
    initial = typed.dict() if typed else {}
    shown: dict[str, forms.Form] = {
        "exit": ExitForm(request.POST if act == "exit" else None, initial=initial),
        "wrong": ReasonForm(request.POST if act == "wrong" else None, initial=initial),
    }
    if request.method == "POST":
        if act not in shown:
            raise Http404
        permit(request, action="listing.propose")
        asked = _asked(request, one, act, shown[act]) if shown[act].is_valid() else None
        if asked is not None:
            messages.success(request, _("Written down. Another person decides."))
            return redirect("desk:listing-exit", asked.id)
    found = statutory_list(one.list_id)
    pressed = shown.get(act)
    context = {
        "section": "listings",
        "one": one,
        "list_name": named(one.list_id),
        "known": profile(one.subject_id, at=clock.now()),
        "conditions": _conditions(one),
        "exit_terms": found.exit.in_language(get_language() or ""),
        "forms": shown,
        "form": pressed,
        "may_propose": allowed(request, action="listing.propose"),
    }
    status = 422 if pressed is not None and pressed.errors else 200
    return desk_page(request, "desk/listing_in_force.html", context, status=status)


@requires("listing.read", signed_out=kept_form.signed_out)
def exit_page(request: HttpRequest, exit_id: UUID) -> HttpResponse:
    """Show a request to end a listing; let a second person end it or leave it."""
    try:
        one = exit_of(exit_id)
    except NoSuchExit as none:
        raise Http404 from none
    listing = _listing(request, one.subject_id, one.record_id)
    act, typed = request.POST.get("act", ""), kept_form.taken(request)
    initial = typed.dict() if typed else {}
    shown: dict[str, forms.Form] = {
        "leave": LeaveForm(request.POST if act == "leave" else None, initial=initial),
        "keep": ReasonForm(request.POST if act == "keep" else None, initial=initial),
    }
    if request.method == "POST":
        if act not in shown:
            raise Http404
        permit(request, action="listing.decide")
        if shown[act].is_valid() and _decided(request, one, act, shown[act]):
            messages.success(request, _("Decided. The subject has been told."))
            return redirect("desk:listing-exit", one.id)
    who = Who([one.asked_by, *filter(None, [one.closed_by])])
    pressed = shown.get(act)
    context = {
        "section": "listings",
        "one": one,
        "listing": listing,
        "list_name": named(one.list_id),
        "known": profile(one.subject_id, at=clock.now()),
        "early": one.why == EARLY,
        "conditions": _conditions(listing) if one.why == EARLY else (),
        "asked_by": who.in_words(one.asked_by),
        "closed_by": who.in_words(one.closed_by) if one.closed_by else "",
        "forms": shown,
        "form": pressed,
        "may_decide": not one.outcome and allowed(request, action="listing.decide"),
    }
    status = 422 if pressed is not None and pressed.errors else 200
    return desk_page(request, "desk/listing_exit.html", context, status=status)


def _listing(request: HttpRequest, subject_id: UUID, record_id: UUID) -> Listing:
    """Return a listing of a body within reach. Raises Http404 for any other."""
    bodies = bodies_in_reach(request)
    try:
        entry = current_entry(subject_id, record_id)
        one = listing_of([entry.subject_id], record_id)
    except (NoSuchRecord, NotListed) as none:
        raise Http404 from none
    if bodies is not None and entry.agency_id not in bodies:
        raise Http404
    return one


def _conditions(one: Listing) -> list[str]:
    found, language = statutory_list(one.list_id), get_language() or ""
    if found.instrument_on(one.decided_on) is None:
        return []
    return [label.in_language(language) for label in found.conditions_of_leaving(one.decided_on)]


def _asked(request: HttpRequest, one: Listing, act: str, form: forms.Form) -> Exit | None:
    told, who, at = form.cleaned_data, who_of(request), clock.now()
    try:
        if act == "wrong":
            return find_wrong(
                subject_id=one.subject_id, record_id=one.record_id, reason=told["reason"], who=who, at=at
            )
        wish = Wish(one.subject_id, one.record_id, told["reason"], told["corrected_on"])
        return propose_exit(wish, who=who, at=at)
    except REFUSED as refused:
        say_why_not(form, refused)
        return None


def _decided(request: HttpRequest, one: Exit, act: str, form: forms.Form) -> bool:
    told, who, at = form.cleaned_data, who_of(request), clock.now()
    try:
        if act == "leave":
            let_leave(
                exit_id=one.id, reason=told["reason"], who=who, at=at,
                conditions_met=told["conditions_met"],
            )  # fmt: skip
        else:
            keep_listed(exit_id=one.id, reason=told["reason"], who=who, at=at)
    except REFUSED as refused:
        say_why_not(form, refused)
        return False
    return True
