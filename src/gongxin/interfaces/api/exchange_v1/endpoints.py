"""The exchange API, `/api/exchange/v1`: an agency's system sends rows and follows what becomes of them."""

from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja.errors import AuthenticationError, ValidationError
from ninja.responses import Status

from gongxin.core.lawbook import UnknownClass
from gongxin.core.submissions import NotAStep
from gongxin.flows.corrections import NotItsCorrection
from gongxin.flows.submit import IdempotencyConflict, receive
from gongxin.flows.submit import confirm as confirm_checked
from gongxin.interfaces.api.answers import known_already, tag_of
from gongxin.interfaces.api.cursors import at_most, cursor_of, cursor_of_moment, moment_of, place_of
from gongxin.interfaces.api.description import DescribedAPI
from gongxin.interfaces.api.exchange_v1 import cases, checks, follows, nil_returns, refusals
from gongxin.interfaces.api.exchange_v1.arrivals import arrival_of
from gongxin.interfaces.api.exchange_v1.bodies import REPORT, SENDING
from gongxin.interfaces.api.exchange_v1.keys import AgencyKey, acting_agency, idempotency_key_of
from gongxin.interfaces.api.exchange_v1.one_at_a_time import StillRunning, alone
from gongxin.interfaces.api.exchange_v1.schemas import (
    BASE,
    ProblemReport,
    Submissions,
    SubmissionState,
    submission_json,
)
from gongxin.interfaces.api.exchange_v1.words import WORDS
from gongxin.interfaces.api.refused import Refused, answer_of, unknown_class
from gongxin.interfaces.clock import now, today
from gongxin.interfaces.permissions import actor_of, named_agency, names_action, requires
from gongxin.interfaces.problem_report import CONTENT_TYPES, problems_from, report_of
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.queries import submissions_of

PAGE, MOST, MOST_PROBLEMS = 50, 200, 1000
FARTHEST = 1_000_000

api = DescribedAPI(
    WORDS,
    version="1",
    docs_decorator=requires("catalogue.read"),
    urls_namespace="exchange_v1",
    auth=AgencyKey(),
)
api.add_router("", nil_returns.router)
api.add_router("", cases.router)
api.add_router("", checks.router)
api.add_router("", follows.router)


@api.post("/submissions", response={200: SubmissionState, 202: SubmissionState}, openapi_extra=SENDING)
@names_action("submission.send")
def send(
    request: HttpRequest, response: HttpResponse, check_first: bool = False, corrects: UUID | None = None
) -> Status[dict[str, Any]]:
    """Send rows or a file for one class.

    202 with a new submission; the same Idempotency-Key with the same body answers 200 with the same one.
    With `check_first` nothing is posted before `confirm`.
    """
    idempotency_key = idempotency_key_of(request)
    agency = acting_agency(request)
    corrected = _own(request, corrects) if corrects else None
    try:
        with alone(home=settings.GONGXIN_HOME, agency_id=agency.id, idempotency_key=idempotency_key):
            sent_before = Submission.objects.filter(
                agency_id__in=agencies_of(agency), idempotency_key=idempotency_key
            )
            known = sent_before.exists()
            submission = _receive(
                request,
                named_agency(request) or agency,
                idempotency_key,
                check_first=check_first,
                corrects=corrected,
            )
    except StillRunning as running:
        raise refusals.still_running() from running
    response["Location"] = f"{BASE}/{submission.id}"
    return Status(200 if known else 202, submission_json(submission))


def _receive(
    request: HttpRequest,
    agency: Agency,
    idempotency_key: str,
    *,
    check_first: bool,
    corrects: Submission | None,
) -> Submission:
    arrival = arrival_of(request)
    try:
        return receive(
            agency=agency,
            class_id=arrival.class_id,
            file_name=arrival.file_name,
            spool=arrival.spool,
            mapping=None,
            check_first=check_first,
            corrects=corrects,
            idempotency_key=idempotency_key,
            actor=actor_of(request),
            at=now(),
            on=today(),
        )
    except UnknownClass as unknown:
        arrival.spool.discard()
        raise unknown_class(unknown.known) from unknown
    except NotItsCorrection as other:
        arrival.spool.discard()
        raise refusals.not_its_correction() from other
    except IdempotencyConflict as conflict:
        arrival.spool.discard()
        raise refusals.used_for_another_body() from conflict
    except IntegrityError as taken:
        # Another machine's request with this key was a moment faster.
        raise refusals.still_running() from taken


@api.get("/submissions", response={200: Submissions})
@names_action("submission.read")
def submissions(
    request: HttpRequest, limit: int = PAGE, offset: int = 0, cursor: str | None = None
) -> dict[str, Any]:
    """List the agency's own submissions, newest first."""
    agency, limit = acting_agency(request), at_most(limit, MOST)
    listed = f"submissions of {agency.id}"
    before = moment_of(cursor, of=listed)
    found = submissions_of(agency.id, limit=limit + 1, offset=min(max(offset, 0), FARTHEST), before=before)
    last = found[limit - 1] if len(found) > limit else None
    place = cursor_of_moment(last.received_at, last.id, of=listed) if last else None
    return {
        "submissions": [submission_json(one) for one in found[:limit]],
        "next": f"{BASE}?limit={limit}&cursor={place}" if place else None,
    }


@api.get("/submissions/{uuid:submission_id}", response={200: SubmissionState})
@names_action("submission.read")
def follow(request: HttpRequest, submission_id: UUID) -> dict[str, Any]:
    """Say how far a submission is and what became of its rows."""
    return submission_json(_own(request, submission_id))


@api.post("/submissions/{uuid:submission_id}/confirm", response={200: SubmissionState})
@names_action("submission.send")
def confirm(request: HttpRequest, submission_id: UUID) -> dict[str, Any]:
    """Let the accepted rows of a submission that was only checked be posted."""
    found = _own(request, submission_id)
    try:
        confirm_checked(submission=found, actor=actor_of(request), at=now())
    except NotAStep as not_waiting:
        raise refusals.not_waiting() from not_waiting
    return submission_json(_own(request, submission_id))


@api.get(
    "/submissions/{uuid:submission_id}/problems",
    response={200: ProblemReport},
    by_alias=True,
    openapi_extra=REPORT,
)
@names_action("submission.read")
def problems(
    request: HttpRequest,
    submission_id: UUID,
    format: Literal["json", "csv", "xlsx"] = "json",  # noqa: A002
    limit: int | None = None,
    cursor: str | None = None,
) -> HttpResponseBase:
    """Fetch what is wrong, row by row: JSON, CSV, or the sender's own workbook with the cells marked.

    With `limit` or `cursor` the JSON comes page by page.
    """
    found = _own(request, submission_id)
    if found.checked_at is None:
        raise refusals.not_checked_yet()
    etag = tag_of(found.id, found.checked_at, format, limit, cursor)
    known = known_already(request, etag)
    if known is not None:
        return known
    if format == "json" and not (limit is None and cursor is None):
        page = _page_of_problems(found, MOST if limit is None else limit, cursor)
        return JsonResponse(page, json_dumps_params={"ensure_ascii": False}, headers={"ETag": etag})
    return FileResponse(
        report_of(found, file_format=format),
        filename=f"problems.{format}",
        content_type=CONTENT_TYPES[format],
        headers={"ETag": etag},
    )


def _page_of_problems(found: Submission, limit: int, cursor: str | None) -> dict[str, Any]:
    limit, listed = at_most(limit, MOST_PROBLEMS), f"problems of {found.id}"
    start = int(place_of(cursor, of=listed)[0]) if cursor is not None else 0
    page = problems_from(found, start=start, limit=limit)
    end = start + limit
    place = cursor_of([end], of=listed) if end < page["total"] else None
    page["next"] = f"{BASE}/{found.id}/problems?limit={limit}&cursor={place}" if place else None
    return page


def _own(request: HttpRequest, submission_id: UUID) -> Submission:
    agencies = agencies_of(acting_agency(request))
    found = Submission.objects.filter(id=submission_id, agency_id__in=agencies).first()
    if found is None:
        raise refusals.no_such_submission()
    return found


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return answer_of(request, refusal)


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return answer_of(request, refusals.no_key())


@api.exception_handler(PermissionDenied)
def _not_permitted(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return answer_of(request, refusals.not_permitted())


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, _error: ValidationError) -> HttpResponse:
    return answer_of(request, refusals.unreadable_question())
