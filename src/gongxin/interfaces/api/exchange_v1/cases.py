"""Applications by the exchange API: the national site pushes what it took in, and asks how it stands."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from gongxin.flows.case_steps import DecidedBeforeItsRecord
from gongxin.flows.push_case import (
    NoSuchSubject,
    NothingLeft,
    NotYet,
    Pushed,
    PushedOtherwise,
    push,
)
from gongxin.flows.told_elsewhere import Told, end_elsewhere
from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.api.exchange_v1.bodies import PUSHING
from gongxin.interfaces.api.exchange_v1.case_schemas import WHY, CaseState, EndedElsewhere, case_json
from gongxin.interfaces.api.exchange_v1.pushed import RepairedElsewhere, pushed_of
from gongxin.interfaces.clock import now
from gongxin.interfaces.parties import who_of
from gongxin.interfaces.permissions import names_action
from gongxin.registry.cases.queries import case_pushed
from gongxin.registry.ledger.queries import NoSuchRecord

router = Router()
Answered = CaseState | EndedElsewhere


@router.post("/cases", response={200: Answered, 201: Answered}, openapi_extra=PUSHING)
@names_action("case.push")
def push_case(request: HttpRequest) -> Status[dict[str, Any]]:
    """Take in an application of the national site: 201; pushed again, 200 with the same case."""
    said = pushed_of(request)
    try:
        return _taken(request, said) if isinstance(said, Pushed) else _ended(request, said)
    except NoSuchSubject as unknown:
        raise refusals.no_such_subject() from unknown
    except NotYet as ahead:
        raise refusals.day_ahead() from ahead
    except PushedOtherwise as other:
        raise refusals.pushed_otherwise() from other


@router.get("/cases/{str:external_number}", response={200: CaseState})
@names_action("case.push")
def pushed_case(request: HttpRequest, external_number: str) -> dict[str, Any]:  # noqa: ARG001 (ninja's)
    """Say how a pushed application stands, for the site to answer whoever applied."""
    found = case_pushed(external_number)
    if found is None:
        raise refusals.no_such_case()
    return case_json(found)


def _taken(request: HttpRequest, said: Pushed) -> Status[dict[str, Any]]:
    try:
        answer = push(said, who=who_of(request), at=now())
    except NothingLeft as nothing:
        raise refusals.nothing_to_ask([(one.record, WHY[one.why]) for one in nothing.refused]) from nothing
    return Status(201 if answer.is_new else 200, case_json(answer.case))


def _ended(request: HttpRequest, said: RepairedElsewhere) -> Status[dict[str, Any]]:
    try:
        record_id, ended = end_elsewhere(
            record=said.record, subject_code=said.subject_code, external_number=said.external_number,
            told=Told(said.document, said.body, said.decided_on), who=who_of(request), at=now(),
        )  # fmt: skip
    except NoSuchRecord as unknown:
        raise refusals.no_such_record() from unknown
    except DecidedBeforeItsRecord as early:
        raise refusals.before_its_record() from early
    told = {"external_number": said.external_number, "record": str(record_id), "ended": ended}
    return Status(201 if ended else 200, told)
