"""A record held from publication because something does not fit: two names side by side, a decision."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.flows.certify import certify_returned
from gongxin.flows.decide_held import decide_held
from gongxin.flows.looks import note_look
from gongxin.flows.publish import ComesAgain, NoBasisInForce, NotWaiting
from gongxin.flows.returning import FOR_GOOD, RETURNS_AFTER
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.labelled import labelled_fields
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.unconfirmed import Unconfirmed
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, allowed, looker_of, permit, requires
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.held import held_record


@requires("held.read", signed_out=kept_form.signed_out)
def held_case(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponse:
    """Show what was sent beside what is registered; publish, or keep it withheld, with the ground."""
    found = held_record(subject_id, record_id, at=clock.now())
    if found is None:
        raise Http404
    form = ground_form(request)
    if request.method == "POST":
        permit(request, action="held.decide")
        if form.is_valid():
            _decide(request, subject_id, record_id, form.cleaned_data["ground"])
            return redirect("desk:held")
    else:
        # Whoever opens a file that is not public is written down; its subject may see it.
        note_look(looker=looker_of(request), subject_id=subject_id, purpose="held.read", at=clock.now())
    context = {
        "section": "held",
        "held": found,
        "fields": labelled_fields(class_id=found.view.class_id, fields=found.view.fields, on=clock.today()),
        "form": form,
        "unconfirmed": Unconfirmed().in_words(
            rule=found.view.rule, class_id=found.view.class_id, decided_on=found.view.decided_on
        ),
        "comes_again": found.view.held_reason.startswith(RETURNS_AFTER),
        "never_shows": found.view.held_reason.removeprefix(RETURNS_AFTER) in FOR_GOOD,
        "may_decide": allowed(request, action="held.decide"),
        "basis_in_force": found.view.class_id in classes_by_id(on=clock.today()),
    }
    return desk_page(request, "desk/held_case.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, subject_id: UUID, record_id: UUID, ground: str) -> None:
    act, by, at = request.POST.get("act"), actor_of(request), clock.now()
    address = {"subject_id": subject_id, "record_id": record_id}
    try:
        if act == "certify":
            shown = certify_returned(**address, ground=ground, actor=by, at=at)
        else:
            decide_held(**address, publish=act == "publish", ground=ground, actor=by, at=at)
            shown = act == "publish"
    except ComesAgain:
        messages.error(
            request, _("The record had ended before: it is released only as certified by its source.")
        )
    except NotWaiting:
        messages.error(request, _("Someone has decided this already."))
    except NoBasisInForce:
        messages.error(
            request,
            _("Not published: its class is no longer in the catalogue in force. It can only be withheld."),
        )
    else:
        messages.success(request, _done(act == "certify", shown=shown))


def _done(certified: bool, *, shown: bool) -> str:
    if certified and not shown:
        return _("Decided: the certified record is kept, and is not shown again.")
    return _("Decided: it is published as the law says.") if shown else _("Decided: it stays withheld.")
