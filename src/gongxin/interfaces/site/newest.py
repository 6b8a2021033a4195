"""The columns: the newest licences and penalties as plain lists, narrowed by filters, paged by link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.interfaces.clock import UnreadableNow, instant, now
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.filters import Filters, region_choices
from gongxin.registry.publication.newest import (
    ALL,
    COUNTED,
    FOLLOWED,
    Place,
    count_decided,
    count_published,
    newest_decided,
    newest_published,
)
from gongxin.registry.publication.queries import RecordView
from gongxin.registry.subjects.queries import Profile

PAGE = 30
UNPROCESSABLE = 422
COLUMNS: dict[str, Promise] = {
    "licence": gettext_lazy("Administrative licences"),
    "penalty": gettext_lazy("Administrative penalties"),
}
FEEDS = {"licence": "site:licences-feed", "penalty": "site:penalties-feed"}


@dataclass(frozen=True, slots=True)
class Line:
    """One record in a list: whom, what number, who decided, when."""

    view: RecordView
    subject_name: str


def lines_of(found: Sequence[tuple[RecordView, Profile]]) -> list[Line]:
    return [Line(view, known.public_name) for view, known in found]


@requires("public.read")
def licences(request: HttpRequest) -> HttpResponse:
    return _list_page(request, class_id="licence")


@requires("public.read")
def penalties(request: HttpRequest) -> HttpResponse:
    """Penalties shown now. Not for search engines: each ends by itself, their copies would not."""
    return _list_page(request, class_id="penalty")


def _list_page(request: HttpRequest, *, class_id: str) -> HttpResponse:
    filters, before = Filters.asked(request), _before(request)
    found = [] if filters.faults else _found(class_id, filters, before)
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    # A name that is a person's, even masked, is not for search engines either (R4).
    noindex = class_id == "penalty" or any(known.noindex for _, known in found) or bool(request.GET)
    shown = {
        "title": COLUMNS[class_id],
        "lines": lines_of(found[:PAGE]),
        "filters": filters,
        "regions": region_choices(),
        "total": None if filters.faults else _total(class_id, filters),
        "older_than": _written(last) if last else None,
        "paged": before is not None,
        "feed": FEEDS[class_id],
        "followed": FOLLOWED,
        "section": class_id,
        "noindex": noindex,
    }
    response = render(request, "site/newest.html", shown, status=UNPROCESSABLE if filters.faults else None)
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    if noindex:
        not_indexed(response)
    return response


def _found(class_id: str, filters: Filters, before: Place | None) -> list[tuple[RecordView, Profile]]:
    narrowing = filters.narrowing()
    if narrowing == ALL:
        return newest_published(class_id, at=now(), limit=PAGE + 1, before=before)
    return newest_decided(class_id, at=now(), limit=PAGE + 1, before=before, narrowing=narrowing)


def _total(class_id: str, filters: Filters) -> dict[str, object]:
    narrowing = filters.narrowing()
    if narrowing == ALL:
        counted = count_published(class_id, at=now())
    else:
        counted = count_decided(class_id, at=now(), narrowing=narrowing)
    return {"number": min(counted, COUNTED), "capped": counted > COUNTED}


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
