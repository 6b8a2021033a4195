"""Results: who has something public under this name or code."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language

from gongxin.core.names import normalise_name
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.pages.paging import page_number
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.pages.subject_words import DATABASES, region_in_words
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.site.facets import asked_narrowing, facets_in_words, query_of
from gongxin.interfaces.site.matches import Piece, marked
from gongxin.registry.publication.queries import public_values
from gongxin.registry.publication.search import Answer, Facets, Hit, Narrowing, search_with_facets
from gongxin.registry.subjects.queries import Profile, profiles

PAGE = 20
LAST_PAGE = 50
SHORTEST, LONGEST = 2, 60
CODE_LENGTHS = (9, 15, 18)  # organisation, registration, unified


@dataclass(frozen=True, slots=True)
class Row:
    hit: Hit
    name: tuple[Piece, ...]
    former_name: tuple[Piece, ...]
    other_name: tuple[Piece, ...]
    kind: Promise
    region: str
    state: str  # of its registration, as registered


@requires("public.read")
def search_page(request: HttpRequest) -> HttpResponse:
    """Answer a name of two characters or more, or a code; a whole code goes straight to its subject."""
    asked, page = question_of(request), min(page_number(request), LAST_PAGE)
    text = asked[:LONGEST].strip()
    if is_about_a_person(asked):
        # A question about a person: neither kept nor repeated on the page (law-decisions 13).
        return _page_of_results(request, {"q": "", "person": True})
    heard = normalise_name(text)
    if len(heard) < SHORTEST:
        # Brackets, spaces and marks are not part of a name; what is left of them may be a character or none.
        return _page_of_results(request, {"q": text, "short": len(heard), "unheard": text and not heard})
    narrowing = asked_narrowing(request)
    found, facets = search_with_facets(
        text, at=now(), narrowing=narrowing, limit=PAGE, offset=(page - 1) * PAGE
    )
    if len(found.hits) == 1 and looks_like_a_code(text):
        return redirect("site:subject", subject_id=found.hits[0].subject_id)
    return _page_of_results(
        request, {"cut": len(asked) > LONGEST, **_answer(text, found, facets, narrowing, page=page)}
    )


def question_of(request: HttpRequest) -> str:
    """Return the question without what cannot be seen; a control character would spoil the page."""
    seen = "".join(sign if sign.isprintable() else " " for sign in request.GET.get("q", ""))
    return " ".join(seen.split())


def _page_of_results(request: HttpRequest, answer: dict[str, object]) -> HttpResponse:
    response = render(request, "site/search.html", {"section": "search", "noindex": True, **answer})
    response.headers["Cache-Control"] = "no-cache, max-age=0"
    not_indexed(response)
    return response


def _answer(
    text: str, found: Answer, facets: Facets | None, narrowing: Narrowing, *, page: int
) -> dict[str, object]:
    known = profiles([hit.subject_id for hit in found.hits], at=now())
    states = public_values(known, class_id="registration", field="registration_state", at=now())
    further = len(found.hits) == PAGE and page * PAGE < found.total and page < LAST_PAGE
    return {
        "q": text,
        "answer": found,
        "rows": [_row(hit, known[hit.subject_id], states, text) for hit in found.hits],
        "facets": facets_in_words(facets, narrowing, text) if facets else None,
        "narrowed": bool(facets and narrowing != Narrowing()),
        "all_query": query_of(text, Narrowing()),
        "all_kinds_query": query_of(text, Narrowing(region=narrowing.region)),
        "all_regions_query": query_of(text, Narrowing(database=narrowing.database)),
        "query": query_of(text, narrowing if facets else Narrowing()),
        "previous": page - 1,
        "next": page + 1 if further else None,
    }


def _row(hit: Hit, known: Profile, states: Mapping[UUID, str], text: str) -> Row:
    return Row(
        hit=hit,
        name=marked(hit.name, text),
        former_name=marked(hit.former_name or "", text),
        other_name=marked(hit.other_name or "", text),
        kind=DATABASES[known.database],
        region=region_in_words(known.region, language=get_language() or ""),
        state=states.get(hit.subject_id, ""),
    )


def looks_like_a_code(text: str) -> bool:
    return len(text.replace("-", "")) in CODE_LENGTHS and not any(
        "\u4e00" <= sign <= "\u9fff" for sign in text
    )
