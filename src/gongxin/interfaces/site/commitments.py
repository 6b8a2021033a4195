"""Commitments everyone may see, found by their number or by who made them: where that was agreed."""

from collections.abc import Iterator
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.core.commitments import CLASS_ID
from gongxin.core.disclosure import Audience, Visibility
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.search import LONGEST, SHORTEST, question_of
from gongxin.registry.ledger.numbers import exactly_numbered
from gongxin.registry.publication.queries import RecordView, public_views, record
from gongxin.registry.publication.search import search
from gongxin.registry.subjects.queries import profiles

NAMES, MOST = 1_000, 100  # as many names as the search counts
DIGITS = 20


@requires("public.read")
def commitments(request: HttpRequest) -> HttpResponse:
    """Show the commitments under a number, or of the organisations of a name or code."""
    asked, at = question_of(request), now()
    text = asked[:LONGEST].strip()
    is_number = len(text) == DIGITS and text.isdecimal()
    person = not is_number and is_about_a_person(asked)
    found: list[RecordView] = []
    more_names = False
    if is_number:
        found = list(_numbered(text, at))
    elif not person and len(text) >= SHORTEST:
        found, more_names = _of_organisations(text, at)
    names = profiles({one.subject_id for one in found}, at=at)
    rows = [{"view": one, "subject": names[one.subject_id]} for one in found[:MOST]]
    shown = {"q": "" if person else text, "person": person, "rows": rows, "noindex": True}
    shown |= {"more_names": more_names, "more": len(found) > MOST}
    response = render(request, "site/commitments.html", shown)
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    not_indexed(response)
    return response


def _numbered(number: str, at: datetime) -> Iterator[RecordView]:
    for subject_id, record_id in exactly_numbered(number):
        seen = record(subject_id, record_id, audience=Audience.PUBLIC, at=at)
        if seen is not None and seen.class_id == CLASS_ID and seen.visibility is Visibility.SHOWN:
            yield seen


def _of_organisations(text: str, at: datetime) -> tuple[list[RecordView], bool]:
    """Return what the organisations of a name or code promised, and whether there are more than are asked."""
    answer = search(text, at=at, limit=NAMES)
    known = profiles([hit.subject_id for hit in answer.hits], at=at)
    posted_to = {one: found for found in known.values() for one in (found.subject_id, *found.absorbed)}
    views = public_views(posted_to, at=at, class_id=CLASS_ID).values()
    place = {hit.subject_id: number for number, hit in enumerate(answer.hits)}
    shown = [seen for seen in views if seen.visibility is Visibility.SHOWN]
    shown.sort(key=lambda seen: seen.decided_on or date.min, reverse=True)
    return sorted(shown, key=lambda seen: place.get(seen.subject_id, NAMES)), answer.capped
