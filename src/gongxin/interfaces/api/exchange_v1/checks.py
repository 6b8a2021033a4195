"""Checks by the exchange API: an approval system asks, hears of changes, and says what it did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router
from ninja.responses import Status

from gongxin.core.checks import MomentAhead, Question, UnfitWords
from gongxin.core.measures import UnknownMatter
from gongxin.flows.acknowledge_change import NothingChanged, acknowledge
from gongxin.flows.check_subject import Answer, AskedOtherwise, ask, ask_many
from gongxin.flows.say_done import NotNamed, NotThatDay, say_done
from gongxin.interfaces.api.cursors import at_most, cursor_of_moment, moment_of
from gongxin.interfaces.api.exchange_v1 import check_refusals
from gongxin.interfaces.api.exchange_v1.bodies import ACKNOWLEDGING, ASKING, SAYING_DONE
from gongxin.interfaces.api.exchange_v1.check_schemas import (
    CHECKS,
    AnswerChange,
    AnswerChanges,
    CheckState,
    DoneSaid,
    SignedAnswer,
    SignedAnswers,
    answer_json,
    change_json,
    check_json,
    done_json,
)
from gongxin.interfaces.api.exchange_v1.keys import acting_agency, idempotency_key_of
from gongxin.interfaces.api.exchange_v1.questions import change_of, done_of, questions_of
from gongxin.interfaces.clock import now
from gongxin.interfaces.permissions import actor_of, looker_of, names_action
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.checks.keys import NoSigningKey
from gongxin.registry.checks.models import Check
from gongxin.registry.checks.queries import ChangeOf, NoSuchCheck, changes_after, check_of

PAGE, MOST = 50, 200
JSON = "application/json; charset=utf-8"
AS_TOLD: dict[str, Any] = {"by_alias": True, "exclude_unset": True}

router = Router()
Answered = SignedAnswers | SignedAnswer


@router.post("/checks", response={200: Answered, 201: Answered}, openapi_extra=ASKING, **AS_TOLD)
@names_action("check.ask")
def ask_check(request: HttpRequest) -> HttpResponse:
    """Answer one question, or the same question about up to a hundred subjects.

    201; the same under its Idempotency-Key again, 200 with the same answer. It goes out as it was signed: the
    schema describes it, and nothing is put through it again.
    """
    at = now()
    questions, several = questions_of(request, key=idempotency_key_of(request, needed=False), now=at)
    answers = _answers(request, questions, at)
    told = [answer_json(one.told, one.signed) for one in answers]
    is_new = any(one.is_new for one in answers)
    body = {"answers": told} if several else told[0]
    return JsonResponse(body, status=201 if is_new else 200, content_type=JSON)


def _answers(request: HttpRequest, questions: Sequence[Question], at: datetime) -> Sequence[Answer]:
    acting_agency(request)
    looker = looker_of(request)
    try:
        if len(questions) == 1:
            return [ask(questions[0], looker=looker, at=at)]
        return ask_many(questions, looker=looker, at=at)
    except UnknownMatter as unknown:
        raise check_refusals.unknown_matter() from unknown
    except MomentAhead as ahead:
        raise check_refusals.moment_ahead() from ahead
    except UnfitWords as unfit:
        raise check_refusals.unfit(unfit) from unfit
    except AskedOtherwise as other:
        raise check_refusals.asked_otherwise() from other
    except NoSigningKey as no_key:
        raise check_refusals.no_signing_key() from no_key


@router.get("/checks/changes", response={200: AnswerChanges}, **AS_TOLD)
@names_action("check.read")
def answer_changes(request: HttpRequest, after: str | None = None, limit: int = PAGE) -> dict[str, Any]:
    """List the agency's answers that changed, the oldest first, after a place."""
    agency, limit = acting_agency(request), at_most(limit, MOST)
    listed = f"changed answers of {agency.id}"
    place = moment_of(after, of=listed)
    found = changes_after(place, agency_ids=agencies_of(agency), limit=limit + 1)
    shown = found[:limit]
    cursor = cursor_of_moment(shown[-1].changed.at, shown[-1].changed.id, of=listed) if shown else after
    more = len(found) > limit
    return {
        "changes": [change_json(one) for one in shown],
        "cursor": cursor,
        "next": f"{CHECKS}/changes?limit={limit}&after={cursor}" if more else None,
    }


@router.get("/checks/{uuid:check_id}", response={200: CheckState}, **AS_TOLD)
@names_action("check.read")
def follow_check(request: HttpRequest, check_id: UUID) -> dict[str, Any]:
    """Fetch an answer again, with how it changed and what was said to have been done."""
    return check_json(_own(request, check_id))


@router.post(
    "/checks/{uuid:check_id}/acknowledge",
    response={200: AnswerChange},
    openapi_extra=ACKNOWLEDGING,
    **AS_TOLD,
)
@names_action("check.acknowledge")
def acknowledge_change(request: HttpRequest, check_id: UUID) -> dict[str, Any]:
    """Say that a changed answer was read: the newest, or the one named, and those before it."""
    check = _own(request, check_id)
    try:
        read = acknowledge(check, actor=actor_of(request), at=now(), change_id=change_of(request))
    except NothingChanged as unchanged:
        raise check_refusals.nothing_changed() from unchanged
    return change_json(ChangeOf(check, read))


@router.post(
    "/checks/{uuid:check_id}/feedback", response={200: DoneSaid, 201: DoneSaid}, openapi_extra=SAYING_DONE
)
@names_action("check.say-done")
def say_what_was_done(request: HttpRequest, check_id: UUID) -> Status[dict[str, Any]]:
    """Say what was in fact done because of an answer. 201; the same said again, 200."""
    check = _own(request, check_id)
    try:
        said, is_new = say_done(check, done_of(request), actor=actor_of(request), at=now())
    except NotNamed as other:
        raise check_refusals.rule_not_named(other.named) from other
    except NotThatDay as day:
        raise check_refusals.not_that_day() from day
    except UnfitWords as unfit:
        raise check_refusals.unfit(unfit) from unfit
    return Status(201 if is_new else 200, done_json(said))


def _own(request: HttpRequest, check_id: UUID) -> Check:
    try:
        return check_of(check_id, agency_ids=agencies_of(acting_agency(request)))
    except NoSuchCheck as unknown:
        raise check_refusals.no_such_check() from unknown
