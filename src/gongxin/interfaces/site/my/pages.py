from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.pages.kept_form import shown_to
from gongxin.interfaces.site.my.acting import Acting
from gongxin.registry.notices.queries import count_unopened


def my_page(
    request: HttpRequest, acts: Acting, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the subject's own place; its head says for whom one acts."""
    carried = {
        "acts": acts, "unopened": count_unopened(acts.subject_ids), "noindex": True,
        "shown_to": shown_to(request),
    }  # fmt: skip
    return render(request, template, {**carried, **context}, status=status)
