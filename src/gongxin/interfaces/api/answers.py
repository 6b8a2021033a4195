"""What every answer under /api/ has, whoever gave it: problems in one form, an ETag where it may be kept."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from gongxin.core.catalogue import Label
from gongxin.interfaces.api import limits
from gongxin.interfaces.api.refused import Refused, answer_of
from gongxin.interfaces.pages.freshness import RELEASE
from gongxin.interfaces.pages.problem_words import PROBLEMS
from gongxin.interfaces.pages.problems import MEDIA_TYPE, is_for_programs, problem

# Refusals Django or ninja makes before any of our operations is asked.
CODES = {
    400: "unreadable",
    401: "no-key",
    403: "not-permitted",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unknown-content-type",
    422: "unreadable-question",
    429: "too-many-requests",
    503: "not-available",
}
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
FOR_ONE_KEY = ("/api/exchange/", "/api/usage/")
FOR_EVERYONE = "/api/v1/"
# A page of anybody's may ask what anybody may know; no cookie goes with such a question.
OPEN_TO_PAGES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After",
}
# What a browser asks before it sends JSON, or an ETag, from a page of another site.
MAY_BE_SENT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ApiAnswersMiddleware:
    """Stands within the language and before everything that may refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_for_programs(request):
            return self.get_response(request)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"  # ninja knows no HEAD: the same question, and an answer without its body
        if _asks_what_may_be_sent(request):
            response: HttpResponseBase = HttpResponse(status=204, headers=MAY_BE_SENT)
        else:
            response = limits.stamped(request, self._answer(request))
        if request.path.startswith(FOR_EVERYONE):
            for name, value in OPEN_TO_PAGES.items():
                response.headers[name] = value
        return _without_body(response) if head else response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            if not _brings_a_key(request):  # the exchange counts those itself, by the key
                limits.count_address(request)
            response = self.get_response(request)
            limits.count_if_not_yet(request)
        except Refused as refusal:
            return answer_of(request, refusal)
        if response.status_code >= 400:
            return _as_problem(request, response)
        return _kept(request, response)


def _asks_what_may_be_sent(request: HttpRequest) -> bool:
    asked = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    return asked and request.path.startswith(FOR_EVERYONE)


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    elif isinstance(response, StreamingHttpResponse):
        response.streaming_content = iter(())
    return response


def _brings_a_key(request: HttpRequest) -> bool:
    return request.path.startswith(FOR_ONE_KEY) and "Authorization" in request.headers


def tag_of(*seen: object) -> str:
    """Return the ETag of an answer made of `seen` alone, by this release and in the language asked."""
    text = "\x1f".join(map(str, (RELEASE, get_language(), *seen)))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def known_already(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """Return the 304 for a reader who has the answer with this tag, before it is made again; else None."""
    if "If-None-Match" not in request.headers:
        return None
    found: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    return found


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    code = CODES.get(
        response.status_code, "fault-on-our-side" if response.status_code >= 500 else "unreadable"
    )
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    kind = PROBLEMS[code]
    detail = Label(f"{kind.title.zh}。{kind.remedy.zh}", f"{kind.title.en}. {kind.remedy.en}")
    return problem(request, status=response.status_code, code=code, detail=detail, headers=headers)


def _kept(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return `response` with how long it may be kept, or the 304 for a reader who has it.

    An answer whose operation gave it an ETag (`pages/freshness.py`) keeps it: what it says of the moment
    asked is not part of the tag. What one key may see is kept by that key's system alone.
    """
    if request.method not in {"GET", "HEAD"} or response.status_code not in {200, 304}:
        return response
    if request.path.startswith(FOR_ONE_KEY) and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ("Authorization",))
    response.headers.setdefault("Cache-Control", "no-cache, max-age=0")
    if not isinstance(response, HttpResponse):
        return response  # a file; its operation has looked at the tag before making it
    if "ETag" not in response.headers:
        response.headers["ETag"] = tag_of(hashlib.sha256(response.content).hexdigest())
    if "If-None-Match" not in request.headers:
        return response
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
