from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces import clock
from gongxin.interfaces.pages.case_figures import case_figures
from gongxin.interfaces.permissions import requires


@requires("public.read")
def figures(request: HttpRequest) -> HttpResponse:
    """Show everyone how the limits of cases were kept in the last twelve months, body by body."""
    return render(request, "site/case_figures.html", {"figures": case_figures(on=clock.today())})
