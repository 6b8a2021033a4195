"""How long an answer may be kept: an ETag from what is seen, and an age that never outlives the next end.

Source: design §7.13, law-decisions 6 and 20: a suspension holds at the instant it is recorded, so what
is adverse is asked for again every time.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from gongxin.core.legal_day import legal_day

KEPT_FOR = timedelta(seconds=60)
RELEASE = version("gongxin")  # another release may draw the same facts differently


@dataclass(frozen=True, slots=True)
class Freshness:
    etag: str
    max_age: int
    valid_until: datetime


def freshness(*, seen: Iterable[object], at: datetime, next_end: datetime | None, adverse: bool) -> Freshness:
    """Return how fresh an answer made at `at` is. `seen` is everything of it that may change.

    The language and the legal day belong to it too: words such as "from today" change at midnight.
    """
    parts = (RELEASE, get_language(), legal_day(at), *seen)
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]
    ends = at + KEPT_FOR if next_end is None else min(at + KEPT_FOR, next_end)
    max_age = 0 if adverse else max(0, int((ends - at).total_seconds()))
    return Freshness(f'"{digest}"', max_age, ends)


def unchanged(request: HttpRequest, fresh: Freshness) -> HttpResponseBase | None:
    """Return the 304 for a reader who already has this answer, else None."""
    if request.headers.get("If-None-Match") is None:
        return None
    response = get_conditional_response(request, etag=fresh.etag)
    return None if response is None else stamped(response, fresh)


def stamped(response: HttpResponseBase, fresh: Freshness) -> HttpResponseBase:
    """Return `response` with its ETag and age."""
    response.headers["ETag"] = fresh.etag
    response.headers["Cache-Control"] = (
        f"public, max-age={fresh.max_age}" if fresh.max_age else "no-cache, max-age=0"
    )
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def not_indexed(response: HttpResponseBase) -> HttpResponseBase:
    """Return `response` with the word that search engines are to leave it out."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
