"""Nil returns by the exchange API: an agency's system states that a month had nothing, and takes it back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from gongxin.core.lawbook import UnknownClass
from gongxin.core.reporting import MONTHS_STATED, ended_months
from gongxin.flows.nil_return import (
    MonthNotOpen,
    NoDayOfDecision,
    NotNil,
    NotStanding,
    state_nil,
    withdraw_nil,
)
from gongxin.interfaces.api.cursors import at_most, cursor_of_moment, moment_of
from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.api.exchange_v1.bodies import STATING, WITHDRAWING
from gongxin.interfaces.api.exchange_v1.keys import acting_agency
from gongxin.interfaces.api.exchange_v1.schemas import NIL_BASE, NilReturns, NilReturnState, nil_json
from gongxin.interfaces.api.exchange_v1.statements import Statement, reason_of, statement_of
from gongxin.interfaces.api.refused import unknown_class
from gongxin.interfaces.clock import now, today
from gongxin.interfaces.permissions import actor_of, names_action
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.intake.models import NilReturn
from gongxin.registry.intake.queries import nil_returns_of

PAGE, MOST = 50, 200

router = Router()


@router.post("/nil-returns", response={200: NilReturnState, 201: NilReturnState}, openapi_extra=STATING)
@names_action("nil.state")
def state_nil_return(request: HttpRequest) -> Status[dict[str, Any]]:
    """State that the agency decided nothing of a class in a month.

    201 with a new statement; said again while it stands, 200 with the same one.
    """
    found, is_new = _stated(request, statement_of(request))
    return Status(201 if is_new else 200, nil_json(found))


def _stated(request: HttpRequest, said: Statement) -> tuple[NilReturn, bool]:
    on = today()
    try:
        return state_nil(
            agency=acting_agency(request),
            information_class=active_class(said.class_id, on=on),
            month=said.month,
            actor=actor_of(request),
            at=now(),
            on=on,
        )
    except UnknownClass as unknown:
        raise unknown_class(unknown.known) from unknown
    except MonthNotOpen as closed:
        raise refusals.month_not_open(ended_months(on, MONTHS_STATED)) from closed
    except NoDayOfDecision as undated:
        raise refusals.no_day_of_decision() from undated
    except NotNil as here:
        raise refusals.not_nil(here.count) from here


@router.get("/nil-returns", response={200: NilReturns})
@names_action("nil.read")
def nil_returns(request: HttpRequest, limit: int = PAGE, cursor: str | None = None) -> dict[str, Any]:
    """List what the agency stated, newest first."""
    agency, limit = acting_agency(request), at_most(limit, MOST)
    listed = f"nil returns of {agency.id}"
    before = moment_of(cursor, of=listed)
    found = nil_returns_of(agencies_of(agency), limit=limit + 1, before=before)
    last = found[limit - 1] if len(found) > limit else None
    place = cursor_of_moment(last.stated_at, last.id, of=listed) if last else None
    return {
        "nil_returns": [nil_json(one) for one in found[:limit]],
        "next": f"{NIL_BASE}?limit={limit}&cursor={place}" if place else None,
    }


@router.post("/nil-returns/{uuid:nil_id}/withdraw", response={200: NilReturnState}, openapi_extra=WITHDRAWING)
@names_action("nil.withdraw")
def withdraw_nil_return(request: HttpRequest, nil_id: UUID) -> dict[str, Any]:
    """Take back what was stated wrongly, with a reason."""
    found = _own(request, nil_id)
    try:
        withdraw_nil(nil=found, reason=reason_of(request), actor=actor_of(request), at=now())
    except NotStanding as withdrawn:
        raise refusals.withdrawn_already() from withdrawn
    return nil_json(_own(request, nil_id))


def _own(request: HttpRequest, nil_id: UUID) -> NilReturn:
    agencies = agencies_of(acting_agency(request))
    found = NilReturn.objects.filter(id=nil_id, agency_id__in=agencies).first()
    if found is None:
        raise refusals.no_such_nil_return()
    return found
