from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.interfaces.clock import now
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.newest import lines_of
from gongxin.registry.publication.queries import newest_published, public_figures

COLUMN = 6
FIGURES: dict[str, Promise] = {
    "subjects": _("Organisations with something shown"),
    "licences": _("Licences shown now"),
    "penalties": _("Penalties shown now"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    words: Promise
    number: int


def figures(counted: dict[str, int]) -> list[Figure]:
    return [Figure(words, counted[key]) for key, words in FIGURES.items()]


@requires("public.read")
def home(request: HttpRequest) -> HttpResponse:
    """The front page: look up, three doors, three figures, what is new."""
    at = now()
    shown = {
        "figures": figures(public_figures(at=at)),
        "licences": lines_of(newest_published("licence", at=at, limit=COLUMN)),
        "penalties": lines_of(newest_published("penalty", at=at, limit=COLUMN)),
        "at": at,
    }
    response = render(request, "site/home.html", shown)
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    return response
