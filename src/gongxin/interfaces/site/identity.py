"""The institution's emblem and colours, at addresses of our own."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from gongxin.interfaces.permissions import requires

A_DAY = 24 * 3600


@requires("public.read")
def emblem(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    found = settings.IDENTITY.emblem
    if found is None:
        raise Http404
    return _kept(HttpResponse(found.content, content_type=found.content_type))


@requires("public.read")
def colours(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """Give the brand colour as a style sheet: no page holds a style of its own."""
    found = settings.IDENTITY.palette
    if found is None:
        raise Http404
    sheet = f":root {{ --brand: {found.brand}; --brand-pale: {found.pale}; --brand-deep: {found.deep}; }}\n"
    return _kept(HttpResponse(sheet, content_type="text/css; charset=utf-8"))


def _kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response
