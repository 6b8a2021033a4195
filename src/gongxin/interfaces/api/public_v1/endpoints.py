"""The public API, `/api/v1`: search, subjects, records, catalogue. Open to everyone, read only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query
from ninja.errors import ValidationError

from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Audience, Visibility
from gongxin.core.lawbook import UnknownClass
from gongxin.core.legal_day import legal_day
from gongxin.core.names import normalise_name
from gongxin.interfaces.api.cursors import at_most
from gongxin.interfaces.api.description import DescribedAPI
from gongxin.interfaces.api.public_v1 import refusals, schemas
from gongxin.interfaces.api.public_v1.answers import json_answer
from gongxin.interfaces.api.public_v1.catalogue import class_json, class_summary
from gongxin.interfaces.api.public_v1.match import router as matching
from gongxin.interfaces.api.public_v1.newest import newest_json, newest_page
from gongxin.interfaces.api.public_v1.reconcile.endpoints import router as reconciliation
from gongxin.interfaces.api.public_v1.records import alike, moment, record_json, records_json
from gongxin.interfaces.api.public_v1.subjects import counted, result_json, subject_json, successions_json
from gongxin.interfaces.api.public_v1.words import WORDS
from gongxin.interfaces.api.refused import Refused, answer_of, unknown_class
from gongxin.interfaces.clock import UnreadableNow, instant, now, today
from gongxin.interfaces.pages.freshness import Freshness, freshness, not_indexed, stamped, unchanged
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.pages.seen import marks_of, seen_of
from gongxin.interfaces.pages.subject_words import registration_state
from gongxin.interfaces.permissions import names_action, requires
from gongxin.registry.catalogue.queries import active_class, active_classes, classes_by_id
from gongxin.registry.publication.queries import RecordView, next_end, record, records_of
from gongxin.registry.publication.search import search
from gongxin.registry.subjects.queries import Profile, profile, profiles, subject_of_code
from gongxin.registry.subjects.successions import successions_of

PAGE, LAST_PAGE = 20, 50
NEWEST, MOST_NEWEST = 30, 100
SHORTEST, LONGEST = 2, 60

api = DescribedAPI(
    WORDS,
    version="1",
    docs_decorator=requires("catalogue.read"),
    urls_namespace="public_v1",
)
api.add_router("", matching)
api.add_router("/reconcile", reconciliation)


@api.get("/search", response={200: schemas.SearchAnswer}, url_name="search")
@names_action("public.read")
def find(request: HttpRequest, q: str, page: int = 1) -> HttpResponseBase:
    """Find organisations with something public by two characters of a name or more, or by code."""
    at, text, page = now(), " ".join(q.split())[:LONGEST], min(max(page, 1), LAST_PAGE)
    if is_about_a_person(text):
        raise refusals.not_held_here()
    # Nothing found must not be read where nothing could be looked for: punctuation is no part of a name.
    if len(normalise_name(text)) < SHORTEST:
        raise refusals.too_short()
    found = search(text, at=at, limit=PAGE, offset=(page - 1) * PAGE)
    known = profiles([hit.subject_id for hit in found.hits], at=at)
    fresh = freshness(seen=[found, page], at=at, next_end=None, adverse=True)
    results = [result_json(hit, known[hit.subject_id]) for hit in found.hits]
    body = {"total": found.total, "capped": found.capped, "page": page, "results": results}
    return _answer(request, body, at, fresh)


@api.get("/subjects/by-code/{code}", response={200: schemas.SubjectAnswer})
@names_action("public.read")
def subject_by_code(request: HttpRequest, code: str) -> HttpResponseBase:
    """Return the subject that bears a unified code, registration number or organisation code."""
    found = subject_of_code(code, at=now())
    if found is None:
        raise refusals.not_found()
    return _subject(request, found)


@api.get("/subjects/{uuid:subject_id}", response={200: schemas.SubjectAnswer})
@names_action("public.read")
def subject(request: HttpRequest, subject_id: UUID) -> HttpResponseBase:
    """Return one subject and how many records of each class show."""
    return _subject(request, subject_id)


@api.get("/subjects/{uuid:subject_id}/records", response={200: schemas.RecordsAnswer})
@names_action("public.read")
def records(request: HttpRequest, subject_id: UUID, at: str | None = None) -> HttpResponseBase:
    """Return what shows of a subject, newest decided first; `at` asks for a past day or instant.

    Of the past, an adverse record that has ended since is a tombstone: which, how, when.
    """
    asked_now = now()
    instant = _moment(at, asked_now)
    classes = classes_by_id(on=legal_day(asked_now))
    known, views = _public(subject_id, instant, asked_now, classes)
    body = {"subject": subject_json(known), "records": records_json(views, classes)}
    return _answer(request, body, instant, _fresh(known, views, asked_now, instant))


@api.get(
    "/subjects/{uuid:subject_id}/records/{uuid:record_id}",
    response={200: schemas.RecordAnswer},
)
@names_action("public.read")
def one_record(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponseBase:
    """Return one record: 410 once it has ended, the same 404 for none and for withheld."""
    at = now()
    view = record(subject_id, record_id, audience=Audience.PUBLIC, at=at)
    known = profile(view.subject_id, at=at) if view else None
    if known is None or view is None:
        raise refusals.not_found()
    if view.visibility is Visibility.TOMBSTONE:
        raise refusals.no_longer_shown()
    shown = record_json(view, alike(active_class(view.class_id, on=legal_day(at))))
    body = {"subject": subject_json(known), "record": shown}
    return _answer(request, body, at, _fresh(known, [view], at, at))


@api.get("/records/newest", response={200: schemas.NewestAnswer})
@names_action("public.read")
def newest(
    request: HttpRequest,
    class_id: str = Query(..., alias="class"),  # type: ignore[type-arg]  # ninja says its types loosely
    limit: int = NEWEST,
    cursor: str | None = None,
) -> HttpResponseBase:
    """Return the records of a class published last, newest first, page by page."""
    at = now()
    try:
        asked_class = active_class(class_id, on=legal_day(at))
    except UnknownClass as unknown:
        raise unknown_class(unknown.known) from unknown
    found, following = newest_page(class_id, at=at, limit=at_most(limit, MOST_NEWEST), cursor=cursor)
    views = [view for view, _ in found]
    seen = (*(known for _, known in found), *marks_of(views), following)
    fresh = freshness(seen=seen, at=at, next_end=next_end(views), adverse=any(view.adverse for view in views))
    body = {"records": newest_json(found, asked_class), "next": following}
    return _answer(request, body, at, fresh)


@api.get("/catalogue", response=schemas.CatalogueAnswer)
@names_action("catalogue.read")
def catalogue(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 (ninja passes it)
    """Return every class of information in force."""
    return json_answer({"classes": [class_summary(one) for one in active_classes(on=today())]})


@api.get("/catalogue/{class_id}", response={200: schemas.ClassAnswer})
@names_action("catalogue.read")
def information_class(request: HttpRequest, class_id: str) -> HttpResponseBase:  # noqa: ARG001 (ninja passes it)
    """Return one class whole: the ten statutory elements, basis, fields, rules, accepted layouts."""
    try:
        return json_answer(class_json(active_class(class_id, on=today())))
    except UnknownClass as unknown:
        raise refusals.not_found() from unknown


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return answer_of(request, refusal)


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, _invalid: ValidationError) -> HttpResponse:
    return answer_of(request, refusals.unreadable_question())


def _subject(request: HttpRequest, subject_id: UUID) -> HttpResponseBase:
    at = now()
    known, views = _public(subject_id, at, at)
    successions = successions_of(known, at=at)
    body = {
        "subject": subject_json(known),
        "registration_state": registration_state(views),
        "successions": successions_json(successions),
        "classes": counted(views),
    }
    return _answer(request, body, at, _fresh(known, views, at, at, *successions))


def _public(
    subject_id: UUID,
    at: datetime,
    asked_now: datetime,
    classes: Mapping[str, InformationClass] | None = None,
) -> tuple[Profile, Sequence[RecordView]]:
    """Return a subject and what shows of it. Refused alike where there is none and where nothing shows."""
    known = profile(subject_id, at=asked_now, merged_at=at)
    if known is None:
        raise refusals.not_found()
    views = records_of(
        subject_id, audience=Audience.PUBLIC, at=at, now=asked_now, known=known, classes=classes
    )
    if not views:
        raise refusals.not_found()
    return known, views


def _moment(asked: str | None, asked_now: datetime) -> datetime:
    if asked is None:
        return asked_now
    try:
        at = instant(asked)
    except UnreadableNow as unreadable:
        raise refusals.unreadable_moment() from unreadable
    if at > asked_now:
        raise refusals.moment_ahead()
    return at


def _fresh(
    known: Profile, views: Sequence[RecordView], asked_now: datetime, at: datetime, *more: object
) -> Freshness:
    adverse = any(view.adverse for view in views)
    seen = (*seen_of(known, views), *more, None if at == asked_now else at)
    return freshness(seen=seen, at=asked_now, next_end=next_end(views), adverse=adverse)


def _answer(
    request: HttpRequest, body: Mapping[str, Any], as_of: datetime, fresh: Freshness
) -> HttpResponseBase:
    dated = {**body, "as_of": moment(as_of), "valid_until": moment(fresh.valid_until)}
    return unchanged(request, fresh) or not_indexed(stamped(json_answer(dated), fresh))
