"""Pages that are words alone: rights, contesting, one's own file, and what robots may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.permissions import requires

ROBOTS = """User-agent: *
Disallow: /search/
Disallow: /api/
Disallow: /desk/
Disallow: /language/
"""


@requires("public.read")
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html", {"section": "about"})


@requires("public.read")
def contest(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contest.html", {"section": "contest"})


@requires("public.read")
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "site/mine.html", {"section": "mine"})


@requires("public.read")
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
