"""The newest licences and penalties as plain lists, paged by link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongxin.interfaces.clock import UnreadableNow, instant, now
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.permissions import requires
from gongxin.registry.publication.newest import Place, newest_published
from gongxin.registry.publication.queries import RecordView

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One record in a list: whom, what number, who decided, when."""

    view: RecordView
    subject_name: str


def lines_of(found: Sequence[tuple[RecordView, str]]) -> list[Line]:
    return [Line(view, name) for view, name in found]


@requires("public.read")
def licences(request: HttpRequest) -> HttpResponse:
    return _list_page(request, class_id="licence", title=_("Administrative licences"))


@requires("public.read")
def penalties(request: HttpRequest) -> HttpResponse:
    """Penalties shown now. Not for search engines: each ends by itself, their copies would not."""
    response = _list_page(request, class_id="penalty", title=_("Administrative penalties"))
    not_indexed(response)
    return response


def _list_page(request: HttpRequest, *, class_id: str, title: str) -> HttpResponse:
    before = _before(request)
    lines = lines_of(newest_published(class_id, at=now(), limit=PAGE + 1, before=before))
    last = lines[PAGE - 1].view if len(lines) > PAGE else None
    shown = {
        "title": title,
        "lines": lines[:PAGE],
        "older_than": _written(last) if last else None,
        "paged": before is not None,
        "section": class_id,
        "noindex": class_id == "penalty",
    }
    response = render(request, "site/newest.html", shown)
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    return response


def _written(view: RecordView) -> str:
    """Return where a page of the list ends, as its link says it."""
    published = view.publish_from.isoformat() if view.publish_from else ""
    return f"{published}~{view.decided_on or ''}~{view.record_id}"


def _before(request: HttpRequest) -> Place | None:
    asked = request.GET.get("before")
    if not asked:
        return None
    try:
        published, decided_on, record_id = asked.split("~")
        return instant(published), date.fromisoformat(decided_on) if decided_on else None, UUID(record_id)
    except (UnreadableNow, ValueError) as unreadable:
        raise BadRequest(_("This page's address holds a day that cannot be read.")) from unreadable
