"""A tip-off about an organisation, from the public form to its closing. Each step is one transaction.

Nothing here says who gave it: that is `flows/tip_off_identity.py`, and nobody else's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.core.tip_offs import FOUND, MOVES, REWARDED, Act, Outcome, State, due_in, erase_on
from gongxin.core.working_days import Calendar
from gongxin.flows.judge import refuse_persons
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import working_calendar
from gongxin.registry.ids import fresh_id
from gongxin.registry.tip_offs import sealed
from gongxin.registry.tip_offs.models import GIVEN, TipOff, TipOffStep
from gongxin.registry.tip_offs.queries import tip_off_of_form, to_erase

# Whoever gives a tip-off is nobody here, signed in or not.
REPORTER = Actor(ActorKind.JOB, "tip-off-form")
ERASED_AT_ONCE = 500
_FORGOTTEN = (
    "number",
    "form_hash",
    "code_hash",
    "about",
    "sealed_text",
    "sealed_identity",
    "agency",
    "reward_yuan",
)


class NotPossibleNow(Exception):
    """The tip-off is in another state: someone has acted already."""


class NoReward(Exception):
    """A reward is noted only of what was found true, wholly or in part."""


class NotKept(Exception):
    """What was told is not kept any more."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter is given, once: with number and code they may ask what became of it."""

    number: str
    code: str
    tip_off: TipOff


def give(
    *, about: UUID, matter: str, text: str, identity: sealed.Identity, form_id: UUID, at: datetime
) -> Receipt:
    """Take a tip-off about an organisation in. A form that is sent again gets the same receipt.

    Persons' numbers in the text are starred before it is sealed. Raises NotAnOrganisation
    (`judge.refuse_persons`) for whatever else is a subject here.
    """
    refuse_persons(about)
    code = sealed.code_of_form(form_id)
    with transaction.atomic():
        bulk.one_writer()
        tip_off = tip_off_of_form(sealed.hash_of_form(form_id))
        if tip_off is None:
            tip_off = _given(about, matter, text, identity, form_id, at)
            _note(tip_off, GIVEN, REPORTER, at)
            _audit("tip-off.given", tip_off, REPORTER, at)
    return Receipt(tip_off.number or "", code, tip_off)


def _given(
    about: UUID, matter: str, text: str, identity: sealed.Identity, form_id: UUID, at: datetime
) -> TipOff:
    tip_off_id = fresh_id(at=at)
    return TipOff.objects.create(
        id=tip_off_id,
        number=sealed.fresh_number(),
        form_hash=sealed.hash_of_form(form_id),
        code_hash=sealed.hash_of_code(sealed.code_of_form(form_id)),
        about_id=about,
        matter=matter,
        sealed_text=sealed.sealed_text(tip_off_id, mask_personal_numbers(text)),
        sealed_identity=sealed.sealed_identity(tip_off_id, identity),
        given_at=at,
        **_waiting(State.GIVEN, at),
    )


@transaction.atomic
def read_text(*, tip_off: TipOff, actor: Actor, at: datetime) -> str:
    """Return what was told, and write down that it was read. Raises NotKept.

    No `Look` is written: its subject may see those, and would learn of the tip-off before anyone looked.
    """
    told = None if _is_past(tip_off, at) else sealed.text_in(tip_off)
    if told is None:
        raise NotKept(tip_off.id.hex)
    _audit("tip-off.read", tip_off, actor, at)
    return told


@transaction.atomic
def send(*, tip_off: TipOff, agency: Agency, actor: Actor, at: datetime) -> None:
    """Send it to the agency that acts. Raises NotPossibleNow."""
    _move(tip_off, Act.SEND, actor, at, {"agency": agency}, agency=agency)
    _audit("tip-off.sent", tip_off, actor, at, {"agency": agency.code})


@transaction.atomic
def route_out(*, tip_off: TipOff, channel: str, actor: Actor, at: datetime) -> None:
    """Close what does not belong here, and erase at once what was told, by whom and about whom.

    The reporter is told the channel of `law/tip_offs.yaml`. Raises NotPossibleNow. Source: law-decisions R13.
    """
    forgotten = {"about": None, "sealed_text": None, "sealed_identity": None}
    closed = {"outcome": Outcome.ELSEWHERE.value, "ground": channel, **forgotten, **_closing(at)}
    _move(tip_off, Act.ROUTE_OUT, actor, at, closed)
    _audit("tip-off.routed-out", tip_off, actor, at, {"channel": channel})


@transaction.atomic
def refuse(*, tip_off: TipOff, ground: str, actor: Actor, at: datetime) -> None:
    """Close what nothing can be looked into of, or what is dealt with already. Raises NotPossibleNow."""
    closed = {"outcome": Outcome.REFUSED.value, "ground": ground, **_closing(at)}
    _move(tip_off, Act.REFUSE, actor, at, closed)
    _audit("tip-off.refused", tip_off, actor, at, {"ground": ground})


@transaction.atomic
def hand_back(*, tip_off: TipOff, reason: str, actor: Actor, at: datetime) -> None:
    """Give it back to the centre: another agency has to act. Raises NotPossibleNow."""
    _move(tip_off, Act.HAND_BACK, actor, at, {"agency": None}, reason=reason, agency=tip_off.agency)
    _audit("tip-off.handed-back", tip_off, actor, at)


@transaction.atomic
def answer(*, tip_off: TipOff, outcome: Outcome, reason: str, actor: Actor, at: datetime) -> None:
    """Say what the agency found, and why; the reporter reads it. Raises NotPossibleNow."""
    if outcome not in FOUND:
        raise ValueError(f"no agency finds {outcome}")
    found = {"outcome": outcome.value}
    _move(tip_off, Act.ANSWER, actor, at, found, reason=reason, agency=tip_off.agency)
    _audit("tip-off.answered", tip_off, actor, at, found)


@transaction.atomic
def ask_again(*, tip_off: TipOff, reason: str, actor: Actor, at: datetime) -> None:
    """Send it back to the agency whose answer leaves something open. Raises NotPossibleNow."""
    unsaid = {"outcome": "", "reward_yuan": None}
    _move(tip_off, Act.ASK_AGAIN, actor, at, unsaid, reason=reason, agency=tip_off.agency)
    _audit("tip-off.asked-again", tip_off, actor, at)


@transaction.atomic
def note_reward(*, tip_off: TipOff, yuan: int, reason: str, actor: Actor, at: datetime) -> None:
    """Note that a reward was decided on, and on what ground; it is paid elsewhere.

    Raises NoReward where nothing was found true, NotPossibleNow.
    """
    if tip_off.outcome not in REWARDED:
        raise NoReward(tip_off.id.hex)
    waits = {"waits_since": tip_off.waits_since, "due_on": tip_off.due_on, "provisional": tip_off.provisional}
    _move(tip_off, Act.REWARD, actor, at, {"reward_yuan": yuan, **waits}, reason=reason)
    _audit("tip-off.reward-noted", tip_off, actor, at, {"yuan": yuan})


@transaction.atomic
def close(*, tip_off: TipOff, actor: Actor, at: datetime) -> None:
    """Close what the agency has answered; two years later all of it but the counts is erased.

    Raises NotPossibleNow.
    """
    _move(tip_off, Act.CLOSE, actor, at, _closing(at))
    _audit("tip-off.closed", tip_off, actor, at)


@transaction.atomic
def erase_due(*, actor: Actor, at: datetime) -> int:
    """Erase what was told in the tip-offs whose time of keeping is over; return how many. Source: R13."""
    found = to_erase(legal_day(at), limit=ERASED_AT_ONCE)
    forgotten = dict.fromkeys(_FORGOTTEN)
    for tip_off in found:
        TipOff.objects.filter(id=tip_off.id).update(ground="", erased_at=at, **forgotten)
        TipOffStep.objects.filter(tip_off=tip_off).update(reason=None, agency=None)
        _audit("tip-off.erased", tip_off, actor, at)
    return len(found)


def reckon_again(*, calendar: Calendar) -> int:
    """Reckon the days anew that no official calendar covered yet; return how many are settled now.

    Inside the transaction that loads the notice.
    """
    moved = 0
    for tip_off in TipOff.objects.filter(provisional=True, closed_at=None):
        due = due_in(State(tip_off.state), legal_day(tip_off.waits_since), calendar)
        if not due.provisional:
            moved += TipOff.objects.filter(id=tip_off.id, waits_since=tip_off.waits_since).update(
                due_on=due.due_on, provisional=False
            )
    return moved


def _move(
    tip_off: TipOff,
    act: Act,
    actor: Actor,
    at: datetime,
    changes: Mapping[str, Any],
    *,
    reason: str = "",
    agency: Agency | None = None,
) -> None:
    """Take it from the state in which `act` begins into the one in which it ends. Raises NotPossibleNow."""
    bulk.one_writer()
    move = MOVES[act]
    here = TipOff.objects.filter(id=tip_off.id, state=move.begins.value, erased_at=None)
    if here.update(**{**_waiting(move.ends, at), **changes}) != 1:
        raise NotPossibleNow(tip_off.id.hex)
    tip_off.refresh_from_db()
    _note(tip_off, act.value, actor, at, reason=reason, agency=agency)


def _waiting(state: State, at: datetime) -> dict[str, Any]:
    due = due_in(state, legal_day(at), working_calendar())
    return {"state": state.value, "waits_since": at, "due_on": due.due_on, "provisional": due.provisional}


def _closing(at: datetime) -> dict[str, Any]:
    return {"closed_at": at, "erase_on": erase_on(legal_day(at))}


def _note(
    tip_off: TipOff, kind: str, actor: Actor, at: datetime, *, reason: str = "", agency: Agency | None = None
) -> None:
    step_id = fresh_id(at=at)
    TipOffStep.objects.create(
        id=step_id,
        tip_off=tip_off,
        place=tip_off.steps.count() + 1,
        kind=kind,
        at=at,
        by=actor.written,
        agency=agency,
        reason=sealed.sealed_reason(step_id, reason),
    )


def _is_past(tip_off: TipOff, at: datetime) -> bool:
    """Whether its time of keeping is over, be it erased already or not."""
    return tip_off.erase_on is not None and tip_off.erase_on <= legal_day(at)


def _audit(
    action: str, tip_off: TipOff, actor: Actor, at: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    # The detail never says about whom: the audit outlives the tip-off.
    write_event(
        actor=actor,
        action=action,
        object_kind="tip-off",
        object_id=tip_off.id.hex,
        at=at,
        detail={"matter": tip_off.matter, **(detail or {})},
    )
