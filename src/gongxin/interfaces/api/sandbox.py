"""A key for whoever tries the exchange: only in a sandbox, only for agencies that do not exist."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from gongxin.core.actors import Actor, ActorKind
from gongxin.flows.enrol import issue_key
from gongxin.interfaces.api.limits import count_address
from gongxin.interfaces.api.refused import Refused
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.errors import error_page
from gongxin.interfaces.permissions import requires
from gongxin.registry.accounts.models import Agency

ITSELF = Actor(ActorKind.JOB, "sandbox")


@require_POST
@requires("sandbox.take-key")
@sensitive_variables("key")
def take_key(request: HttpRequest) -> HttpResponse:
    """Issue a key to a fictional agency and show it, once, to whoever asked."""
    if not settings.SANDBOX:
        raise Http404
    agency = get_object_or_404(Agency, code=request.POST.get("agency", ""), demonstration=True)
    try:
        count_address(request)
    except Refused:
        return error_page(
            request, status=429, heading=_("Too many requests"), words=_("Try again in a minute.")
        )
    _kept, key = issue_key(agency=agency, label="sandbox", actor=ITSELF, at=now())
    response = render(request, "api/key.html", {"key": key, "agency": agency, "section": "api"})
    response.headers["Cache-Control"] = "no-store"
    return response
