"""Error pages: what it means, what to do. They work without a database."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gongxin.interfaces.pages.identity import identity_in_words
from gongxin.interfaces.pages.problems import is_for_programs, problem
from gongxin.interfaces.pages.type_size import is_large
from gongxin.registry.accounts.queries import holds_demonstration_data

RETRY_AFTER_SECONDS = 30
CODES = {
    400: "unreadable",
    403: "not-permitted",
    404: "not-found",
    500: "fault-on-our-side",
    503: "not-available",
}


def error_page(
    request: HttpRequest, *, status: int, heading: str, words: str | Promise, reference: str = ""
) -> HttpResponse:
    """Return an error page in the reader's language; for a program, the same in JSON.

    Kept by no cache, read by no search engine.
    """
    if is_for_programs(request):
        said = f"{words} ({reference})" if reference else str(words)
        return problem(request, status=status, code=CODES[status], detail=said)
    response = _for_readers(request, status=status, heading=heading, words=words, reference=reference)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _for_readers(
    request: HttpRequest, *, status: int, heading: str, words: str | Promise, reference: str
) -> HttpResponse:
    shown = {
        "heading": heading,
        "words": words,
        "reference": reference,
        **identity_in_words(),
        "large_type": is_large(request),
        "sandbox": settings.SANDBOX,
        "demonstration": _is_demonstration(),
        "noindex": True,
        "request": request,
    }
    return HttpResponse(render_to_string("error.html", shown), status=status)


def _is_demonstration() -> bool:
    try:
        return holds_demonstration_data()
    except DatabaseError:
        return False  # a page that says the database is away cannot ask it


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    said = str(exception) if isinstance(exception, BadRequest) else ""
    words = said or _("The address or the form holds something that cannot be read. Go back and try again.")
    return error_page(request, status=400, heading=_("This could not be read"), words=words)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = str(exception or "") or _("Your account does not include this.")
    return error_page(request, status=403, heading=_("You may not do this"), words=words)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django passes it)
    words = _("The form is too old or came from elsewhere. Go back, reload the page and send it again.")
    return error_page(request, status=403, heading=_("The form was not accepted"), words=words)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    words = _("Nothing is shown at this address. Check it, or look the organisation up by name or code.")
    return error_page(request, status=404, heading=_("Not found"), words=words)


def broken(request: HttpRequest, **_named: Any) -> HttpResponse:
    words = _("Something went wrong here, not with you. It has been noted. Try again in a moment.")
    return error_page(request, status=500, heading=_("An error on our side"), words=words)


def unavailable(request: HttpRequest) -> HttpResponse:
    words = _("The data cannot be reached at the moment. Nothing is lost. Try again in half a minute.")
    response = error_page(request, status=503, heading=_("Not available at the moment"), words=words)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
