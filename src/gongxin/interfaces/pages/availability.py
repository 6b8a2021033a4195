"""Answers with words while the database is away, has not been made, or cannot even be asked."""

import logging
from collections.abc import Callable

from django.db import DataError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gongxin.interfaces.pages.errors import bad_request, unavailable
from gongxin.registry.catalogue.queries import NoEditionInForce

log = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError, NoEditionInForce)


class AvailabilityMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a database that is away, or has no tables yet, into a 503, a NUL in a question into a 400."""
        if isinstance(exception, AWAY) or _has_no_tables(exception):
            log.error("the database cannot be used: %s", type(exception).__name__)
            return unavailable(request)
        return bad_request(request) if _holds_nul(exception) else None


def _holds_nul(exception: Exception) -> bool:
    """Return whether PostgreSQL was given a NUL: it takes none, even to look for, and no reader types one."""
    said = str(exception)
    return isinstance(exception, DataError) and ("NUL (0x00)" in said or "\\u0000" in said)


def _has_no_tables(exception: Exception) -> bool:
    return isinstance(exception, ProgrammingError) and "does not exist" in str(exception)
