"""Who gave a tip-off: for the reviewer alone, who says why before anything is shown."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from gongxin.flows.tip_off_identity import NobodyNamed, read_identity
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.tip_off_case import tip_off_in_reach
from gongxin.interfaces.desk.tip_offs import line_of
from gongxin.interfaces.permissions import actor_of, requires


@requires("tip-off.read-identity")
@sensitive_variables("identity")
def identity(request: HttpRequest, tip_off_id: UUID) -> HttpResponse:
    """Ask why; write it down; show who gave it, on this answer alone."""
    tip_off = tip_off_in_reach(request, tip_off_id)
    if tip_off.sealed_identity is None:
        raise Http404
    form = ground_form(request)
    context = {"section": "tip-offs", "line": line_of(tip_off), "form": form}
    if request.method != "POST" or not form.is_valid():
        return desk_page(request, "desk/tip_off_identity.html", context, status=422 if form.errors else 200)
    try:
        identity = read_identity(
            tip_off=tip_off, reason=form.cleaned_data["ground"], actor=actor_of(request), at=clock.now()
        )
    except NobodyNamed:
        messages.error(request, _("Who gave it is not kept any more."))
        return redirect("desk:tip-off", tip_off_id)
    return desk_page(request, "desk/tip_off_identity.html", {**context, "identity": identity})
