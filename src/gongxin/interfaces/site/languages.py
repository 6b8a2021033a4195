from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import Http404
from django.utils.http import url_has_allowed_host_and_scheme

from gongxin.interfaces.pages.languages import KNOWN
from gongxin.interfaces.permissions import requires

A_YEAR = 365 * 24 * 3600


@requires("public.read")
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a reader's language and lead back to where they were."""
    if code not in KNOWN:
        raise Http404
    wanted = request.GET.get("next", "/")
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    response = HttpResponseRedirect(wanted if here else "/")
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        samesite="Lax",
        secure=settings.BEHIND_TLS,
        httponly=True,
    )
    return response
