"""The columns as Atom feeds: what shows now and nothing else, so that an end reaches whoever follows one."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as Xml

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language

from gongxin.core.legal_day import day_begins, legal_day
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import freshness, not_indexed, stamped, unchanged
from gongxin.interfaces.pages.identity import full_name
from gongxin.interfaces.pages.seen import seen_of
from gongxin.interfaces.pages.states import states_of
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.filters import Filters
from gongxin.interfaces.site.newest import COLUMNS
from gongxin.interfaces.site.record_words import ClassWords, Telling
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.publication.newest import newest_published
from gongxin.registry.publication.queries import RecordView, next_end
from gongxin.registry.subjects.queries import Profile

ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
# What no XML may hold. The check refuses such signs in a row; no other name is to break a feed either.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Found = Sequence[tuple[RecordView, Profile]]


@requires("public.read")
def licences_feed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, class_id="licence", column="site:licences")


@requires("public.read")
def penalties_feed(request: HttpRequest) -> HttpResponseBase:
    """The penalties shown now: one that has ended, or was withdrawn, is not in the next reading."""
    return _feed(request, class_id="penalty", column="site:penalties")


def _feed(request: HttpRequest, *, class_id: str, column: str) -> HttpResponseBase:
    filters, at = Filters.asked(request), now()
    if filters.faults:
        raise BadRequest(" ".join(filters.faults))
    found = newest_published(class_id, at=at, limit=ENTRIES, narrowing=filters.narrowing())
    views = [view for view, _ in found]
    seen = [part for view, known in found for part in seen_of(known, [view])]
    fresh = freshness(
        seen=[*seen, filters], at=at, next_end=next_end(views), adverse=any(view.adverse for view in views)
    )
    if (same := unchanged(request, fresh)) is not None:
        return same
    document = _document(request, class_id, filters, reverse(column), found, at)
    response = HttpResponse(document, content_type=CONTENT_TYPE)
    return not_indexed(stamped(response, fresh))


def _document(
    request: HttpRequest, class_id: str, filters: Filters, column: str, found: Found, at: datetime
) -> bytes:
    query = f"?{filters.query()}" if filters.query() else ""
    own = request.build_absolute_uri(f"{request.path}{query}")
    page = request.build_absolute_uri(f"{column}{query}")
    return atom(
        request, title=str(COLUMNS[class_id]), own=own, page=page, class_id=class_id, found=found, at=at
    )


def atom(
    request: HttpRequest, *, title: str, own: str, page: str, class_id: str, found: Found, at: datetime
) -> bytes:
    """Return records of one class as an Atom document; `own` is its address, `page` the one it follows."""
    feed = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": _xml_language()})
    _text(feed, "id", own)
    _text(feed, "title", f"{full_name()} · {title}")
    _text(feed, "updated", _feed_updated([view for view, _ in found], at).isoformat())
    Xml.SubElement(feed, "link", rel="self", type="application/atom+xml", href=own)
    Xml.SubElement(feed, "link", rel="alternate", href=page)
    _text(Xml.SubElement(feed, "author"), "name", full_name())
    if found:  # a class that has left the catalogue has no words left, and no records either
        words = ClassWords(active_class(class_id, on=legal_day(at)))
        for view, known in found:
            _entry(feed, request, words.tell(view, today=legal_day(at)), known)
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Xml.Element, request: HttpRequest, telling: Telling, known: Profile) -> None:
    view = telling.view
    entry = Xml.SubElement(feed, "entry")
    _text(entry, "id", view.record_id.urn)
    _text(entry, "title", " ".join(filter(None, (known.public_name, telling.heading, view.document_number))))
    _text(entry, "updated", _updated(view).isoformat())
    if view.publish_from is not None:
        _text(entry, "published", view.publish_from.isoformat())
    Xml.SubElement(entry, "link", rel="alternate", href=request.build_absolute_uri(telling.address))
    _text(Xml.SubElement(entry, "author"), "name", telling.body)
    for state in states_of(view):
        Xml.SubElement(entry, "category", scheme=state.axis, term=state.value, label=str(state.words))
    _text(entry, "summary", f"{telling.ends} {telling.remedy}")


def _updated(view: RecordView) -> datetime:
    """Return when the entry last changed: its version was recorded, or it came to be shown."""
    return max(filter(None, (view.recorded_at, view.publish_from)))


def _feed_updated(views: Sequence[RecordView], at: datetime) -> datetime:
    """Return the newest change of what is listed; of an empty feed the day's beginning, as it holds still."""
    return max(map(_updated, views), default=day_begins(legal_day(at)))


def _text(parent: Xml.Element, name: str, value: str) -> None:
    Xml.SubElement(parent, name).text = _NOT_XML.sub("", value)


def _xml_language() -> str:
    return "en" if get_language() == "en" else "zh-Hans"
