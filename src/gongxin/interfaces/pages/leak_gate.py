"""The gate on the way out: no public text leaves with a person's number in it (design §1.4)."""

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from gongxin.core.leaks import holds_personal_number
from gongxin.interfaces.pages.errors import error_page

log = logging.getLogger(__name__)

TEXTS = (
    "text/html",
    "application/json",
    "application/problem+json",
    "text/csv",
    "text/plain",
    "text/javascript",  # JSON for older clients
    "application/xml",
    "application/atom+xml",
)
# What staff and agencies read is guarded by sign-in and key; rows at fault have to be shown as sent there.
NOT_PUBLIC = ("/desk/", "/api/exchange/")


class LeakGateMiddleware:
    """Reads every public text going out and lets none pass that holds a person's number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(NOT_PUBLIC) or not _is_text(response):
            return response
        if isinstance(response, HttpResponse) and not holds_personal_number(_text(response)):
            return response
        return _stopped(request)


def _is_text(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").partition(";")[0] in TEXTS


def _text(response: HttpResponse) -> str:
    return response.content.decode(response.charset, "replace")


def _stopped(request: HttpRequest) -> HttpResponse:
    """Return the page that says so. The log gets a reference and the route's name, never the text."""
    reference = secrets.token_hex(6)
    route = request.resolver_match.view_name if request.resolver_match else "none"
    log.error("leak gate: %s stopped, reference %s", route, reference)
    words = _(
        "This page was stopped on its way out because it may hold a person's number. It is being examined."
    )
    return error_page(
        request, status=500, heading=_("An error on our side"), words=words, reference=reference
    )
