"""Commitments everyone may see, found by their number or by who made them: where that was agreed."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

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
from gongxin.registry.publication.queries import RecordView, record, records_of
from gongxin.registry.publication.search import Narrowing, search_with_facets
from gongxin.registry.subjects.queries import profiles

FIRMS, MOST = 10, 100
DIGITS = 20


@requires("public.read")
def commitments(request: HttpRequest) -> HttpResponse:
    """Show the commitments under a number, or of the organisations of a name or code."""
    asked, at = question_of(request), now()
    text = asked[:LONGEST].strip()
    is_number = len(text) == DIGITS and text.isdecimal()
    person = not is_number and is_about_a_person(asked)
    found: list[RecordView] = []
    if not person and len(text) >= SHORTEST:
        found = list(_numbered(text, at) if is_number else _of_organisations(text, at))
    names = profiles({one.subject_id for one in found}, at=at)
    rows = [{"view": one, "subject": names[one.subject_id]} for one in found[:MOST]]
    shown = {"q": "" if person else text, "person": person, "rows": rows, "noindex": True}
    response = render(request, "site/commitments.html", shown)
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    not_indexed(response)
    return response


def _numbered(number: str, at: datetime) -> Iterator[RecordView]:
    for subject_id, record_id in exactly_numbered(number):
        seen = record(subject_id, record_id, audience=Audience.PUBLIC, at=at)
        if seen is not None and seen.class_id == CLASS_ID and seen.visibility is Visibility.SHOWN:
            yield seen


def _of_organisations(text: str, at: datetime) -> Iterator[RecordView]:
    answer, _facets = search_with_facets(text, at=at, narrowing=Narrowing(), limit=FIRMS, offset=0)
    for hit in answer.hits:
        for seen in records_of(UUID(str(hit.subject_id)), audience=Audience.PUBLIC, at=at):
            if seen.class_id == CLASS_ID:
                yield seen
