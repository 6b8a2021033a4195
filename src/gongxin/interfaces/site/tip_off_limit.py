"""How many tip-offs an address may give within an hour: a flood of them would hide what matters."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from gongxin.interfaces.clock import machine_seconds
from gongxin.interfaces.pages.came_from import address_of
from gongxin.interfaces.pages.counting import Counter

AN_HOUR = 3600


def minutes_to_wait(request: HttpRequest) -> int:
    """Count a tip-off from where the request comes; return 0, or in how many minutes it may come again.

    The address stands nowhere but as a keyed hash in the count, and leads to no tip-off.
    """
    if not settings.TIP_OFF_LIMIT:
        return 0
    at = machine_seconds()
    if _counter().asked(address_of(request), at=at) <= settings.TIP_OFF_LIMIT:
        return 0
    return (AN_HOUR - at % AN_HOUR) // 60 + 1


@cache
def _counter() -> Counter:
    path = Path(settings.GONGXIN_HOME) / "running" / "tip-offs"
    return Counter(path, key=settings.SECRET_KEY, window_seconds=AN_HOUR)
