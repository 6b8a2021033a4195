"""What a reader has chosen for all pages: the language, the size of type. Each is a link and a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import Http404
from django.utils.http import url_has_allowed_host_and_scheme

from gongxin.interfaces.pages import type_size
from gongxin.interfaces.pages.languages import KNOWN
from gongxin.interfaces.permissions import requires

A_YEAR = 365 * 24 * 3600


@requires("public.read")
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a reader's language and lead back to where they were."""
    if code not in KNOWN:
        raise Http404
    return _remembered(request, settings.LANGUAGE_COOKIE_NAME, code)


@requires("public.read")
def choose_type_size(request: HttpRequest, size: str) -> HttpResponse:
    """Remember whether a reader wants large type and lead back to where they were."""
    if size not in {type_size.LARGE, type_size.NORMAL}:
        raise Http404
    return _remembered(request, type_size.COOKIE, size)


def _remembered(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    wanted = request.GET.get("next", "/")
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    response = HttpResponseRedirect(wanted if here else "/")
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        cookie,
        value,
        max_age=A_YEAR,
        samesite="Lax",
        secure=settings.BEHIND_TLS,
        httponly=True,
    )
    return response
