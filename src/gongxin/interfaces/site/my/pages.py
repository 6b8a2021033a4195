from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.site.my.acting import Acting


def my_page(
    request: HttpRequest, acts: Acting, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the subject's own place; its head says for whom one acts."""
    return render(request, template, {"acts": acts, "noindex": True, **context}, status=status)
