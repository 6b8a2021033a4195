"""The statutory lists as public pages, files and feeds: their law, who stands on them, who has left.

What is shown is published and in force now. Adverse lists are for no search engine: each listing ends, its
copies would not. Source: Henan regulation arts 36, 37; law-decisions 7, 12.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import InformationClass
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import StatutoryList, statutory_lists
from gongxin.engine.export_text import csv_lines
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.feeds import CONTENT_TYPE, ENTRIES, atom
from gongxin.interfaces.site.list_words import told_of
from gongxin.interfaces.site.search import LONGEST, question_of
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.lists.queries import on_public_notice, rehabilitated
from gongxin.registry.publication.listings import (
    ANNOUNCED,
    Place,
    Shown,
    left_lately,
    officers_of,
    shown_of,
)
from gongxin.registry.publication.search import search
from gongxin.registry.subjects.queries import Profile, profiles

PAGE, FILE_PAGE, FOUND = 30, 500, 50
CSV = "text/csv; charset=utf-8"


@requires("public.read")
def overview(request: HttpRequest) -> HttpResponse:
    """Tell of every list: its law, its grounds, the measures that follow, and whether it binds yet."""
    language, on = get_language() or "", legal_day(now())
    told = [told_of(found, on=on, language=language) for found in statutory_lists().values()]
    context = {
        "section": "lists",
        "adverse": [one for one in told if one.adverse],
        "honours": [one for one in told if not one.adverse],
    }
    return render(request, "site/lists.html", context)


@requires("public.read")
def list_page(request: HttpRequest, list_id: str) -> HttpResponse:
    """Show who stands on a list, found by name or code where asked; and who has left it lately."""
    found, at = _known(list_id), now()
    asked = question_of(request)
    person = is_about_a_person(asked)
    text = "" if person else asked[:LONGEST].strip()
    only = _found(text, at) if text else None
    shown = [] if person else shown_of(found, at=at, limit=PAGE + 1, before=_before(request), only=only)
    noindex = found.adverse or bool(request.GET) or any(one.known.noindex for one in shown)
    context = {
        "section": "lists",
        "told": told_of(found, on=legal_day(at), language=get_language() or ""),
        "q": text,
        "person": person,
        "lines": _with_officers(found, shown[:PAGE], at),
        "older_than": _written(shown[PAGE - 1]) if len(shown) > PAGE else None,
        "paged": bool(request.GET.get("before")),
        "left": left_lately(found, at=at),
        "rehabilitated": _rehabilitated(found, at),
        "noticed": _noticed(found, at),
        "noindex": noindex,
    }
    return _kept_by_nobody(render(request, "site/list.html", context), noindex=noindex)


@requires("public.read")
def list_file(_request: HttpRequest, list_id: str) -> HttpResponseBase:
    """Give a list as a file: what its law orders to be published, of the listings shown now."""
    found, at = _known(list_id), now()
    of = classes_by_id(on=legal_day(at)).get(found.class_id)
    columns = _columns(found, of) if of else {}
    rows = (_row(one, columns) for one in _all(found, at))
    response = HttpResponse(b"".join(csv_lines(_header(columns), rows)), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.id}-{legal_day(at)}.csv"'
    return _kept_by_nobody(response, noindex=True)


@requires("public.read")
def list_feed(request: HttpRequest, list_id: str) -> HttpResponseBase:
    """Give the listings of a list as a feed: one that ended is not in the next reading."""
    found, at = _known(list_id), now()
    shown = [(one.view, one.known) for one in shown_of(found, at=at, limit=ENTRIES)]
    title = found.label.in_language(get_language() or "")
    document = atom(
        request, title=title, own=request.build_absolute_uri(request.path),
        page=request.build_absolute_uri(reverse("site:list", args=[found.id])), class_id=found.class_id,
        found=shown, at=at,
    )  # fmt: skip
    return _kept_by_nobody(HttpResponse(document, content_type=CONTENT_TYPE), noindex=True)


def _known(list_id: str) -> StatutoryList:
    found = statutory_lists().get(list_id)
    if found is None:
        raise Http404
    return found


def _with_officers(found: StatutoryList, shown: Sequence[Shown], at: datetime) -> list[tuple[Shown, str]]:
    """Return the lines of this page, with whom the list's law orders to be named: here and nowhere else."""
    named = officers_of(found, shown, at=at)
    return [(one, named.get(one.view.record_id, "")) for one in shown]


def _found(text: str, at: datetime) -> Collection[UUID]:
    """Return the subjects a question finds, with those one with them."""
    known = profiles([hit.subject_id for hit in search(text, at=at, limit=FOUND).hits], at=at)
    return {one for found in known.values() for one in (found.subject_id, *found.absorbed)}


def _rehabilitated(found: StatutoryList, at: datetime) -> Sequence[tuple[Profile, date]]:
    since = legal_day(at) - ANNOUNCED + timedelta(days=1)
    exits = rehabilitated(found.id, since=since)
    known = profiles([one.subject_id for one in exits], at=at)
    return [
        (known[one.subject_id], legal_day(one.rehabilitation_asked_at))
        for one in exits
        if one.subject_id in known and one.rehabilitation_asked_at is not None
    ]


def _noticed(found: StatutoryList, at: datetime) -> Sequence[tuple[Profile, date, str]]:
    """Return whose honour lies open to everybody, until when, and by whom."""
    if found.adverse:
        return []
    open_ones = on_public_notice(found.id)
    known = profiles([one.subject_id for one in open_ones], at=at)
    return [
        (known[one.subject_id], one.objections_until - timedelta(days=1), one.agency.name)
        for one in open_ones
        if one.subject_id in known and one.objections_until is not None
    ]


def _all(found: StatutoryList, at: datetime) -> Iterator[Shown]:
    before: Place | None = None
    while some := shown_of(found, at=at, limit=FILE_PAGE, before=before):
        yield from some
        before = (some[-1].until_on, some[-1].listing_id)
        if len(some) < FILE_PAGE:
            return


def _columns(found: StatutoryList, of: InformationClass) -> dict[str, str]:
    """Return the published columns by their headings; no person's name leaves in a file (R5)."""
    fields = {one.key: one for one in of.fields}
    return {
        key: fields[key].label.zh for key in found.published if key in fields and not fields[key].person_name
    }


def _header(columns: dict[str, str]) -> tuple[str, ...]:
    return (*columns.values(), "列入至")


def _row(one: Shown, columns: dict[str, str]) -> tuple[str, ...]:
    return (*(one.view.fields.get(key, "") for key in columns), one.until_on.isoformat())


def _written(one: Shown) -> str:
    return f"{one.until_on.isoformat()}~{one.listing_id}"


def _before(request: HttpRequest) -> Place | None:
    asked = request.GET.get("before")
    if not asked:
        return None
    try:
        until, listing_id = asked.split("~")
        return date.fromisoformat(until), UUID(listing_id)
    except ValueError as unreadable:
        raise BadRequest(_("This page's address holds a day that cannot be read.")) from unreadable


def _kept_by_nobody(response: HttpResponse, *, noindex: bool) -> HttpResponse:
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    if noindex:
        not_indexed(response)
    return response
