"""What a program is told when it cannot be answered: RFC 9457, and beside it the code our first answers had.

`type` leads to a page that says what each code means and what to do (`interfaces/api/guide.py`).
"""

import json
from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from gongxin.core.catalogue import Label
from gongxin.interfaces.pages.problem_words import PROBLEMS

MEDIA_TYPE = "application/problem+json"
TYPES = "/api/problems/"
# The pages for people who program; everything else under /api/ is read by programs.
PAGES = ("/api/", TYPES, "/api/sandbox-key/")


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") and request.path not in PAGES


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    detail: Label | str,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return the refusal as a program reads it, in the language asked; kept by no cache.

    Nothing of the question is repeated. `error` is what answers had before and keeps both languages.
    """
    language = get_language() or ""
    both = f"{detail.zh} {detail.en}" if isinstance(detail, Label) else detail
    body = {
        "type": f"{TYPES}#{code}",
        "title": PROBLEMS[code].title.in_language(language),
        "status": status,
        "detail": detail.in_language(language) if isinstance(detail, Label) else detail,
        "instance": _place(request),
        "error": {"code": code, "message": both},
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        status=status,
        content_type=f"{MEDIA_TYPE}; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"},
    )
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _place(request: HttpRequest) -> str:
    """Return the address asked as far as it can hold nothing of a person: to the first text given in it."""
    match = request.resolver_match
    if match is None:
        return "/api/"
    place = request.path
    for given in match.kwargs.values():
        if not isinstance(given, UUID):
            place = place.partition(str(given))[0] if given else place
    return place
