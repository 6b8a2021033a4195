from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.clock import now
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.figures import counter
from gongxin.interfaces.site.newest import lines_of
from gongxin.registry.publication.newest import newest_published

COLUMN = 6


@requires("public.read")
def home(request: HttpRequest) -> HttpResponse:
    """The front page: look up, three doors, three figures, what is new."""
    at = now()
    shown = {
        "counted": counter.figures(at=at),
        "licences": lines_of(newest_published("licence", at=at, limit=COLUMN)),
        "penalties": lines_of(newest_published("penalty", at=at, limit=COLUMN)),
    }
    response = render(request, "site/home.html", shown)
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    return response
