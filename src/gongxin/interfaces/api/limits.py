"""How many questions a minute an address or a key may ask, and the headers that say how many are left.

Generous, and the same for everyone: whoever asks too fast waits, and is never asked to prove anything.
Headers: draft-ietf-httpapi-ratelimit-headers-10.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.refused import Refused
from gongxin.interfaces.clock import machine_seconds
from gongxin.interfaces.pages.came_from import address_of
from gongxin.interfaces.pages.counting import WINDOW_SECONDS, Counter

STANDING = "_standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """How someone stands with a limit after this question."""

    policy: str
    limit: int
    asked: int
    ends_in: int

    @property
    def exceeded(self) -> bool:
        return self.asked > self.limit

    def headers(self) -> dict[str, str]:
        left = max(0, self.limit - self.asked)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.policy}";r={left};t={self.ends_in}',
        }


def count_address(request: HttpRequest) -> None:
    """Count a question of an address. Raises Refused once there were too many in this minute."""
    _count(request, policy="address", who=address_of(request), limit=settings.API_LIMIT_ADDRESS)


def count_key(request: HttpRequest, key_id: object) -> None:
    """Count a question of an agency's key. Raises Refused once there were too many in this minute."""
    _count(request, policy="key", who=str(key_id), limit=settings.API_LIMIT_KEY)


def count_if_not_yet(request: HttpRequest) -> None:
    """Count a question whose promised key was never looked at. Raises Refused like the others."""
    if not hasattr(request, STANDING):
        count_address(request)


def stamped(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return `response` with how many questions are left."""
    standing: Standing | None = getattr(request, STANDING, None)
    for name, value in (standing.headers() if standing else {}).items():
        response.headers[name] = value
    return response


def _count(request: HttpRequest, *, policy: str, who: str, limit: int) -> None:
    if not limit:
        return
    at = machine_seconds()
    asked = _counter().asked(f"{policy} {who}", at=at)
    standing = Standing(policy, limit, asked, WINDOW_SECONDS - at % WINDOW_SECONDS)
    setattr(request, STANDING, standing)
    if standing.exceeded:
        raise _too_many(standing.ends_in)


def _too_many(ends_in: int) -> Refused:
    words = Label(
        f"一分钟内请求过多，请在 {ends_in} 秒后继续。",
        f"Too many requests within a minute. Go on in {ends_in} seconds.",
    )
    return Refused(429, "too-many-requests", words, {"Retry-After": str(ends_in)})


@cache
def _counter() -> Counter:
    return Counter(Path(settings.GONGXIN_HOME) / "running" / "requests", key=settings.SECRET_KEY)
