"""Follows by the exchange API: a body follows organisations and hears of changes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from gongxin.core.catalogue import Label
from gongxin.core.checks import Unfit, UnfitWords
from gongxin.flows.follow import (
    Asked,
    EndsTooSoon,
    FollowedAlready,
    HasEnded,
    NoConsent,
    NotAnOrganisation,
    NotSealed,
    TooLong,
    begin_follow,
    end_follow,
)
from gongxin.interfaces.api.cursors import at_most, cursor_of, cursor_of_moment, moment_of, place_of
from gongxin.interfaces.api.exchange_v1 import follow_refusals, refusals
from gongxin.interfaces.api.exchange_v1.follow_schemas import (
    FOLLOWING,
    FOLLOWS,
    Follows,
    FollowState,
    Warnings,
    follow_json,
    warning_json,
)
from gongxin.interfaces.api.exchange_v1.keys import acting_agency
from gongxin.interfaces.api.exchange_v1.statements import object_of
from gongxin.interfaces.clock import now
from gongxin.interfaces.permissions import actor_of, names_action
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.checks.follows import follows_before, follows_of, warnings_after
from gongxin.registry.checks.models import Follow
from gongxin.registry.subjects.queries import profiles, subject_of_code

PAGE, MOST = 50, 200
LONGEST = 1000
FORM = Label(
    '{"code", "purpose", "basis" 或 "consent", "until": "2027-05-31", "case_number"（可省略）}',
    '{"code", "purpose", "basis" or "consent", "until": "2027-05-31", "case_number" (optional)}',
)

router = Router()


@router.post("/follows", response={201: FollowState}, openapi_extra=FOLLOWING)
@names_action("follow.begin")
def follow_subject(request: HttpRequest) -> Status[dict[str, Any]]:
    """Follow an organisation for a purpose until a day."""
    agency, at = acting_agency(request), now()
    asked = _asked(request)
    try:
        made = begin_follow(agency=agency, asked=asked, actor=actor_of(request), at=at)
    except UnfitWords as unfit:
        raise _unfit(unfit) from unfit
    except NotAnOrganisation as nobody:
        raise follow_refusals.unknown_code() from nobody
    except NoConsent as without:
        raise follow_refusals.no_consent() from without
    except (EndsTooSoon, TooLong) as day:
        raise follow_refusals.end_not_open() from day
    except FollowedAlready as already:
        raise follow_refusals.followed_already() from already
    except NotSealed as unsealed:
        raise follow_refusals.not_sealed() from unsealed
    return Status(201, _told([made])[0])


def _asked(request: HttpRequest) -> Asked:
    said = object_of(request, FORM)
    code, purpose, until = (_text(said, name, needed=True) for name in ("code", "purpose", "until"))
    basis, consent, case = (_text(said, name) for name in ("basis", "consent", "case_number"))
    try:
        until_on = date.fromisoformat(until)
    except ValueError as no_day:
        raise refusals.unreadable_body(FORM) from no_day
    subject_id = subject_of_code(code, at=now())
    if subject_id is None:
        raise follow_refusals.unknown_code()
    return Asked(
        subject_id=subject_id, purpose=purpose, until_on=until_on, basis=basis, consent=consent,
        case_number=case,
    )  # fmt: skip


def _text(said: dict[str, Any], name: str, *, needed: bool = False) -> str:
    text = said.get(name)
    if text is None and not needed:
        return ""
    if not isinstance(text, str) or len(text) > LONGEST or (needed and not text.strip()):
        raise refusals.unreadable_body(FORM)
    return text.strip()


def _unfit(unfit: UnfitWords) -> Exception:
    if unfit.why is Unfit.PERSON:
        return follow_refusals.words_of_a_person(unfit.field)
    return refusals.unreadable_body(FORM)


@router.get("/follows", response={200: Follows})
@names_action("follow.read")
def follows(request: HttpRequest, limit: int = PAGE, cursor: str | None = None) -> dict[str, Any]:
    """List whom the agency follows or followed, newest first."""
    agency, limit = acting_agency(request), at_most(limit, MOST)
    listed = f"follows of {agency.id}"
    before = moment_of(cursor, of=listed)
    found = follows_before(agencies_of(agency), before=before, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    place = cursor_of_moment(last.begun_at, last.id, of=listed) if last else None
    return {
        "follows": _told(found[:limit]),
        "next": f"{FOLLOWS}?limit={limit}&cursor={place}" if place else None,
    }


@router.get("/follows/warnings", response={200: Warnings})
@names_action("follow.read")
def follow_warnings(request: HttpRequest, after: str | None = None, limit: int = PAGE) -> dict[str, Any]:
    """List what changed about the organisations followed, the first told first, after a place."""
    agency, limit = acting_agency(request), at_most(limit, MOST)
    listed = f"warnings of {agency.id}"
    place = UUID(place_of(after, of=listed)[0]) if after is not None else None
    found = warnings_after(agencies_of(agency), after=place, limit=limit + 1)
    shown = found[:limit]
    cursor = cursor_of([shown[-1].warned.id.hex], of=listed) if shown else after
    more = len(found) > limit
    return {
        "warnings": [warning_json(one) for one in shown],
        "cursor": cursor,
        "next": f"{FOLLOWS}/warnings?limit={limit}&after={cursor}" if more else None,
    }


@router.delete("/follows/{uuid:follow_id}", response={200: FollowState})
@names_action("follow.end")
def end_following(request: HttpRequest, follow_id: UUID) -> dict[str, Any]:
    """End a follow before its day. What was told stays on the list."""
    agencies = agencies_of(acting_agency(request))
    found = follows_of(agencies).filter(id=follow_id).first()
    if found is None:
        raise follow_refusals.no_such_follow()
    try:
        end_follow(follow=found, actor=actor_of(request), at=now())
    except HasEnded as ended:
        raise follow_refusals.follow_ended() from ended
    return _told(list(follows_of(agencies).filter(id=follow_id)))[0]


def _told(found: list[Follow]) -> list[dict[str, Any]]:
    at = now()
    known = profiles({one.subject_id for one in found}, at=at)
    return [follow_json(one, known[one.subject_id], at=at) for one in found]
