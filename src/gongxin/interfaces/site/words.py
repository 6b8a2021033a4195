"""Pages that are words alone: rights, contesting, one's own file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.permissions import requires


@requires("public.read")
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html", {"section": "about"})


@requires("public.read")
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "site/help.html", {"section": "help"})


@requires("public.read")
def contest(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contest.html", {"section": "contest"})


@requires("public.read")
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "site/mine.html", {"section": "mine"})
