"""How often an address may send a public form within an hour: a flood would hide what matters."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from gongxin.interfaces.clock import machine_seconds
from gongxin.interfaces.pages.came_from import address_of
from gongxin.interfaces.pages.counting import Counter

AN_HOUR = 3600


def minutes_to_wait(request: HttpRequest, *, form: str, limit: int) -> int:
    """Count a form from where the request comes; return 0, or in how many minutes it may come again.

    The address stands nowhere but as a keyed hash in the count, and leads to nothing that was sent. With a
    `limit` of 0 nothing is counted.
    """
    if not limit:
        return 0
    at = machine_seconds()
    if _counter(form).asked(address_of(request), at=at) <= limit:
        return 0
    return (AN_HOUR - at % AN_HOUR) // 60 + 1


@cache
def _counter(form: str) -> Counter:
    path = Path(settings.GONGXIN_HOME) / "running" / form
    return Counter(path, key=settings.SECRET_KEY, window_seconds=AN_HOUR)
