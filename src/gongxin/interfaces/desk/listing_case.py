"""One proceeding at the desk: how it stands, and a form for each act that may be taken now."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.core.lists import StatutoryList, statutory_list
from gongxin.flows.answer_listing import note_objection, record_hearing
from gongxin.flows.decide_listing import Ruling, decide, fields_to_fill
from gongxin.flows.list_subject import drop, give_notice, may_be_decided_from
from gongxin.interfaces import clock
from gongxin.interfaces.desk.listing_forms import DecisionForm, HearingForm, ObjectionForm, ReasonForm
from gongxin.interfaces.desk.listings import bodies_in_reach, named, who_of
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.listing_refusals import REFUSED, say_why_not
from gongxin.interfaces.permissions import allowed, permit, requires
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.lists.models import Proceeding
from gongxin.registry.lists.queries import NoSuchProceeding, proceeding_of
from gongxin.registry.notices.queries import arrived_at
from gongxin.registry.subjects.queries import profile

ACTIONS = {
    "notice": "listing.propose",
    "objection": "listing.propose",
    "hearing": "listing.propose",
    "drop": "listing.propose",
    "decide": "listing.decide",
}
DONE: Mapping[str, Promise] = {
    "notice": _("Told. The time to object runs from the day the notice arrives."),
    "objection": _("Noted."),
    "hearing": _("Written down."),
    "drop": _("Given up: nobody is listed."),
    "decide": _("Listed. The subject has its decision."),
}


@requires("listing.read", signed_out=kept_form.signed_out)
def listing(request: HttpRequest, proceeding_id: UUID) -> HttpResponse:
    """Show a proceeding; take the act whose button was pressed."""
    one = _in_reach(request, proceeding_id)
    found = statutory_list(one.list_id)
    act = request.POST.get("act", "")
    forms_shown = _forms(request, one, found)
    form = forms_shown.get(act)
    if request.method == "POST":
        if act not in ACTIONS or form is None:
            raise Http404
        permit(request, action=ACTIONS[act])
        if form.is_valid() and _done(request, one, act, form):
            return redirect("desk:listing", one.id)
    return desk_page(
        request, "desk/listing.html", _context(one, found, forms_shown, form),
        status=422 if form is not None and form.errors else 200,
    )  # fmt: skip


def _in_reach(request: HttpRequest, proceeding_id: UUID) -> Proceeding:
    bodies = bodies_in_reach(request)
    try:
        one = proceeding_of(proceeding_id)
    except NoSuchProceeding as none:
        raise Http404 from none
    if bodies is not None and one.agency_id not in bodies:
        raise Http404
    return one


def _forms(request: HttpRequest, one: Proceeding, found: StatutoryList) -> dict[str, forms.Form]:
    """Return a form for each act that may be taken now, filled where its button was pressed."""
    act, typed = request.POST.get("act", ""), kept_form.taken(request)
    initial = typed.dict() if typed else {}
    offered = [name for name in _possible(one, found) if allowed(request, action=ACTIONS[name])]
    return {name: _FORMS[name](request.POST if act == name else None, initial, found) for name in offered}


def _possible(one: Proceeding, found: StatutoryList) -> list[str]:
    if one.outcome:
        return []
    possible = {
        "notice": one.noticed_at is None,
        "objection": one.noticed_at is not None and one.objected_at is None and not found.adverse,
        "hearing": one.hearing_asked_at is not None and one.heard_on is None,
        "decide": one.noticed_at is not None,
        "drop": True,
    }
    return [name for name, may in possible.items() if may]


def _decision(sent: object, initial: dict[str, str], found: StatutoryList) -> forms.Form:
    of = classes_by_id(on=clock.today()).get(found.class_id)
    return DecisionForm(sent, initial=initial, further=fields_to_fill(found, of) if of else ())


_FORMS: Mapping[str, Callable[..., forms.Form]] = {
    "notice": lambda sent, initial, _found: forms.Form(sent, initial=initial),
    "objection": lambda sent, initial, _found: ObjectionForm(sent, initial=initial),
    "hearing": lambda sent, initial, _found: HearingForm(sent, initial=initial),
    "drop": lambda sent, initial, _found: ReasonForm(sent, initial=initial),
    "decide": _decision,
}


def _done(request: HttpRequest, one: Proceeding, act: str, form: forms.Form) -> bool:
    try:
        _do(request, one, act, form)
    except REFUSED as refused:
        say_why_not(form, refused)
        return False
    messages.success(request, str(DONE[act]))
    return True


def _do(request: HttpRequest, one: Proceeding, act: str, form: forms.Form) -> None:
    who, at, told = who_of(request), clock.now(), form.cleaned_data
    if act == "notice":
        give_notice(proceeding_id=one.id, who=who, at=at)
    elif act == "objection":
        note_objection(proceeding_id=one.id, text=told["text"], who=who, at=at)
    elif act == "hearing":
        record_hearing(proceeding_id=one.id, heard_on=told["heard_on"], record=told["record"], who=who, at=at)
    elif act == "drop":
        drop(proceeding_id=one.id, reason=told["reason"], who=who, at=at)
    elif isinstance(form, DecisionForm):
        ruling = Ruling(told["number"], told["reason"], form.told)
        decide(proceeding_id=one.id, ruling=ruling, who=who, at=at)


def _context(
    one: Proceeding, found: StatutoryList, forms_shown: Mapping[str, forms.Form], form: forms.Form | None
) -> dict[str, object]:
    who = Who([one.proposed_by, *filter(None, [one.closed_by])])
    ground = next((each for each in found.grounds_on(clock.today()) if each.key == one.ground), None)
    return {
        "section": "listings",
        "one": one,
        "list_name": named(one.list_id),
        "adverse": found.adverse,
        "ground": ground.label.in_language(get_language() or "") if ground else one.ground,
        "known": profile(one.subject_id, at=clock.now()),
        "proposed_by": who.in_words(one.proposed_by),
        "closed_by": who.in_words(one.closed_by) if one.closed_by else "",
        "served": arrived_at(one.subject_id, one.notice_id) if one.notice_id else None,
        "first": may_be_decided_from(one, found),
        "forms": forms_shown,
        "form": form,
    }
