"""Lists in the subject's own place: what is proposed against it, what it stands on, how it leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.legal_day import legal_day
from gongxin.core.lists import statutory_list
from gongxin.flows.answer_listing import ask_hearing, object_to
from gongxin.flows.delist_subject import Wish, ask_rehabilitation, ask_to_leave
from gongxin.flows.list_subject import first_day_to_decide, may_be_decided_from
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.listing_refusals import REFUSED, in_words, say_why_not
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.forms import OwnForm, sent, shown_again
from gongxin.interfaces.site.my.pages import my_page
from gongxin.registry.lists.models import LEFT, WRONG, Exit, Listing, Proceeding
from gongxin.registry.lists.queries import (
    NoSuchExit,
    NotListed,
    exits_about,
    listing_of,
    listings_about,
    proceedings_about,
)
from gongxin.registry.publication.listings import in_force_of


class ObjectForm(OwnForm):
    text = forms.CharField(
        label=gettext_lazy("What you object"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        validators=[refuse_personal_number],
    )


class LeaveForm(OwnForm):
    corrected_on = forms.DateField(
        label=gettext_lazy("Since when the cause is put right"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=gettext_lazy("How each condition is met"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_personal_number],
    )


@dataclass(frozen=True, slots=True)
class Against:
    """A proceeding as its subject reads it; `last` is the last day to ask for a hearing."""

    one: Proceeding
    list_name: str
    ground: str
    last: date | None
    may_object: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Stands:
    """A listing in force, as its subject reads it."""

    one: Listing
    list_name: str
    asked: bool


@acting("my.open")
def lists(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Show the proceedings against the subject, the lists it stands on, and what became of its requests."""
    exits = exits_about(acts.subject_ids)
    context = {
        "section": "lists",
        "proceedings": [_against(one, acts) for one in proceedings_about(acts.subject_ids)],
        "standing": _standing(acts, exits),
        "wronged": [
            (one, _name(one.list_id))
            for one in exits
            if (one.why, one.outcome, one.rehabilitation_asked_at) == (WRONG, LEFT, None)
        ],
        "exits": [(one, _name(one.list_id)) for one in exits],
    }
    return my_page(request, acts, "my/lists.html", context)


@acting("listing.answer-own")
def proceeding(request: HttpRequest, acts: Acting, proceeding_id: UUID) -> HttpResponseBase:
    """Show one proceeding; object to it, or ask to be heard."""
    one = next((each for each in proceedings_about(acts.subject_ids) if each.id == proceeding_id), None)
    if one is None:
        raise Http404
    told: dict[str, Any] = {
        "proceeding_id": one.id,
        "acting_for": acts.subject_id,
        "actor": acts.actor,
        "at": acts.at,
    }
    if request.POST.get("act") == "hear":
        return _say(request, ask_hearing, told, _("Asked for. Nothing is decided before you were heard."))
    form = ObjectForm(sent(request), initial=shown_again(request))
    if form.is_valid():
        try:
            object_to(**told, text=form.cleaned_data["text"])
        except REFUSED as refused:
            say_why_not(form, refused)
        else:
            messages.success(request, _("Your objection is with the body that proposed it."))
            return redirect("my:lists")
    context = {"section": "lists", "told": _against(one, acts), "form": form}
    return my_page(request, acts, "my/proceeding.html", context, status=422 if form.errors else 200)


@acting("listing.answer-own")
def leave(request: HttpRequest, acts: Acting, record_id: UUID) -> HttpResponseBase:
    """Ask to leave a list before the end of the term."""
    try:
        one = listing_of(acts.subject_ids, record_id)
    except NotListed as none:
        raise Http404 from none
    form = LeaveForm(sent(request), initial=shown_again(request))
    if form.is_valid():
        wish = Wish(
            acts.subject_id, record_id, form.cleaned_data["reason"], form.cleaned_data["corrected_on"]
        )
        try:
            ask_to_leave(wish, actor=acts.actor, at=acts.at)
        except REFUSED as refused:
            say_why_not(form, refused)
        else:
            messages.success(request, _("Asked for. The body that listed you decides."))
            return redirect("my:lists")
    found, language = statutory_list(one.list_id), get_language() or ""
    known = found.instrument_on(one.decided_on) is not None
    conditions = found.conditions_of_leaving(one.decided_on) if known else ()
    context = {
        "section": "lists",
        "one": one,
        "list_name": _name(one.list_id),
        "conditions": [each.in_language(language) for each in conditions],
        "form": form,
    }
    return my_page(request, acts, "my/leave_list.html", context, status=422 if form.errors else 200)


@acting("listing.answer-own")
def rehabilitation(request: HttpRequest, acts: Acting, exit_id: UUID) -> HttpResponseBase:
    """Wish that everybody be told that a listing was wrong."""
    if request.method != "POST":
        return redirect("my:lists")
    told = {"exit_id": exit_id, "acting_for": acts.subject_id, "actor": acts.actor, "at": acts.at}
    return _say(request, ask_rehabilitation, told, _("It is stated beside the list for thirty days."))


def _say(request: HttpRequest, act: Callable[..., Any], told: dict[str, Any], done: str) -> HttpResponseBase:
    try:
        act(**told)
    except NoSuchExit as none:
        raise Http404 from none
    except REFUSED as refused:
        messages.error(request, in_words(refused))
    else:
        messages.success(request, done)
    return redirect("my:lists")


def _against(one: Proceeding, acts: Acting) -> Against:
    found, language, on = statutory_list(one.list_id), get_language() or "", legal_day(acts.at)
    ground = next((each for each in found.grounds_on(on) if each.key == one.ground), None)
    # Whoever has not had the notice yet has all the time the law gives from today on.
    first = may_be_decided_from(one, found) or first_day_to_decide(found, on)
    return Against(
        one=one,
        list_name=_name(one.list_id),
        ground=ground.label.in_language(language) if ground else one.ground,
        last=first - timedelta(days=1) if one.objections_until else None,
        may_object=not one.outcome and one.objected_at is None,
        may_ask=not one.outcome and one.hearing_asked_at is None and on < first,
    )


def _standing(acts: Acting, exits: Sequence[Exit]) -> list[Stands]:
    in_force = {one.record_id for one in in_force_of(list(acts.subject_ids), at=acts.at)}
    waiting = {one.record_id for one in exits if not one.outcome}
    newest = {one.record_id: one for one in reversed(listings_about(acts.subject_ids))}
    return [
        Stands(one, _name(one.list_id), record_id in waiting)
        for record_id, one in newest.items()
        if record_id in in_force
    ]


def _name(list_id: str) -> str:
    return statutory_list(list_id).label.in_language(get_language() or "")
