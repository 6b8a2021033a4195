"""The pages for people who program: what can be asked, and what each refusal means."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.pages.problem_words import PROBLEMS
from gongxin.interfaces.permissions import requires


@requires("catalogue.read")
def problem_list(request: HttpRequest) -> HttpResponse:
    """Every code of a refusal; where the `type` of a problem leads."""
    return render(request, "api/problems.html", {"problems": PROBLEMS.items(), "section": "api"})
