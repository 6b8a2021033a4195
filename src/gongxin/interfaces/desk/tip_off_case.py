"""One tip-off at the desk: what was told, what has happened, what may be done now, and never who gave it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.tip_offs import Act, Outcome
from gongxin.flows import tip_offs as flow
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.tip_off_forms import FORMS, OF_THE_AGENCY, ActForm, possible
from gongxin.interfaces.desk.tip_offs import agencies_in_reach, line_of
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.tip_off_words import channel_in_words, refusal_in_words
from gongxin.interfaces.permissions import actor_of, allowed, permit, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.subjects.queries import Profile, profile
from gongxin.registry.tip_offs.models import GIVEN, TipOff, TipOffStep
from gongxin.registry.tip_offs.queries import in_reach, openings_of, steps_of
from gongxin.registry.tip_offs.sealed import reason_in

STEPS: Mapping[str, Promise] = {
    GIVEN: gettext_lazy("Taken in through the public form"),
    Act.SEND: gettext_lazy("Sent to the agency that acts"),
    Act.ROUTE_OUT: gettext_lazy("Routed out: does not belong here"),
    Act.REFUSE: gettext_lazy("Not taken up"),
    Act.HAND_BACK: gettext_lazy("Handed back to the centre"),
    Act.ANSWER: gettext_lazy("Answered by the agency"),
    Act.ASK_AGAIN: gettext_lazy("The agency was asked again"),
    Act.REWARD: gettext_lazy("Reward noted"),
    Act.CLOSE: gettext_lazy("Closed: nothing more is done"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One step, as a person reads it."""

    words: Promise
    step: TipOffStep
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was told and about whom, for those who may read it."""

    text: str
    about: Profile | None


@requires("tip-off.read", signed_out=kept_form.signed_out)
def case(request: HttpRequest, tip_off_id: UUID) -> HttpResponse:
    """Show a tip-off in one's reach, and take one act about it."""
    tip_off = tip_off_in_reach(request, tip_off_id)
    sent = _sent_form(request, tip_off) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        _act(request, tip_off, Act(sent.prefix or ""), sent.cleaned_data)
        return redirect("desk:tip-offs")
    forms = _forms(request, tip_off, sent)
    steps, openings = steps_of(tip_off), openings_of(tip_off)
    who = Who([*(one.by for one in steps), *(one.by for one in openings)])
    context = {
        "section": "tip-offs",
        "line": line_of(tip_off),
        "told": _told(request, tip_off),
        "may_read_text": allowed(request, action="tip-off.read-text"),
        "channel": channel_in_words(tip_off.ground) if tip_off.outcome == Outcome.ELSEWHERE else "",
        "refusal": refusal_in_words(tip_off.ground) if tip_off.outcome == Outcome.REFUSED else "",
        "happened": _happened(request, steps, who),
        "openings": [(one, who.in_words(one.by)) for one in openings],
        "may_see_openings": not allowed(request, action="tip-off.answer"),
        "may_open_identity": allowed(request, action="tip-off.read-identity")
        and tip_off.sealed_identity is not None,
        "anonymous": tip_off.sealed_identity is None,
        "forms": forms,
        "form": sent,
    }
    return desk_page(request, "desk/tip_off.html", context, status=422 if sent and sent.errors else 200)


def tip_off_in_reach(request: HttpRequest, tip_off_id: UUID) -> TipOff:
    """Return the tip-off if it is with one's own agency, or one is of the centre. Raises Http404."""
    agencies = agencies_in_reach(request, action="tip-off.read")
    found = in_reach(agencies).select_related("agency", "about__subject").filter(id=tip_off_id).first()
    if found is None:
        raise Http404
    return found


def _told(request: HttpRequest, tip_off: TipOff) -> Told | None:
    if not allowed(request, action="tip-off.read-text"):
        return None
    permit(request, action="tip-off.read-text")  # whose right it is, if one stands in, goes into the audit
    at = clock.now()
    try:
        text = flow.read_text(tip_off=tip_off, actor=actor_of(request), at=at)
    except flow.NotKept:
        return None
    return Told(text, profile(tip_off.about_id, at=at) if tip_off.about_id else None)


def _happened(request: HttpRequest, steps: Any, who: Who) -> list[Happened]:
    reads = allowed(request, action="tip-off.read-text")
    return [
        Happened(
            words=STEPS[one.kind],
            step=one,
            by="" if one.kind == GIVEN else who.in_words(one.by),
            reason=reason_in(one) if reads else "",
        )
        for one in steps
    ]


def _action_of(act: Act) -> str:
    return "tip-off.answer" if act in OF_THE_AGENCY else "tip-off.decide"


def _sent_form(request: HttpRequest, tip_off: TipOff) -> ActForm | None:
    """Return the form of the act that was sent; None, with words, where somebody was quicker."""
    try:
        act = Act(request.POST.get("act", ""))
    except ValueError as unknown:
        raise BadRequest from unknown
    permit(request, action=_action_of(act))
    if act not in possible(tip_off):
        messages.error(request, _("Someone has acted on this already. This is how it stands now."))
        return None
    return FORMS[act](request.POST, tip_off=tip_off, prefix=act.value)


def _forms(request: HttpRequest, tip_off: TipOff, sent: ActForm | None) -> dict[str, ActForm]:
    typed = kept_form.taken(request)
    found: dict[str, ActForm] = {}
    for act in possible(tip_off):
        if not allowed(request, action=_action_of(act)):
            continue
        if sent is not None and sent.prefix == act.value:
            found[_key(act)] = sent
            continue
        prefix = f"{act.value}-"
        initial = {key.removeprefix(prefix): value for key, value in (typed or {}).items()}
        found[_key(act)] = FORMS[act](tip_off=tip_off, prefix=act.value, initial=initial)
    return found


def _key(act: Act) -> str:
    """Return an act's name as a template can say it."""
    return act.value.replace("-", "_")


def _act(request: HttpRequest, tip_off: TipOff, act: Act, told: Mapping[str, Any]) -> None:
    common = {"tip_off": tip_off, "actor": actor_of(request), "at": clock.now()}
    try:
        _ACTS[act](told, common)
    except flow.NotPossibleNow:
        messages.error(request, _("Someone has acted on this already. Nothing was changed."))
    except flow.NoReward:
        messages.error(request, _("A reward is noted only of what was found true."))
    else:
        messages.success(request, str(_DONE[act]))


def _send(told: Mapping[str, Any], common: dict[str, Any]) -> None:
    agency: Agency = told["to"]
    flow.send(agency=agency, **common)


_ACTS: Mapping[Act, Callable[[Mapping[str, Any], dict[str, Any]], None]] = {
    Act.SEND: _send,
    Act.ROUTE_OUT: lambda told, common: flow.route_out(channel=told["channel"], **common),
    Act.REFUSE: lambda told, common: flow.refuse(ground=told["ground"], **common),
    Act.HAND_BACK: lambda told, common: flow.hand_back(reason=told["reason"], **common),
    Act.ANSWER: lambda told, common: flow.answer(
        outcome=Outcome(told["outcome"]), reason=told["reason"], **common
    ),
    Act.ASK_AGAIN: lambda told, common: flow.ask_again(reason=told["reason"], **common),
    Act.REWARD: lambda told, common: flow.note_reward(yuan=told["yuan"], reason=told["reason"], **common),
    Act.CLOSE: lambda _told, common: flow.close(**common),
}
_DONE: Mapping[Act, Promise] = {
    Act.SEND: gettext_lazy("Sent. The agency finds it in its list."),
    Act.ROUTE_OUT: gettext_lazy("Routed out. What was told is erased; whoever asks is told the channel."),
    Act.REFUSE: gettext_lazy("Closed as not taken up."),
    Act.HAND_BACK: gettext_lazy("Handed back to the centre."),
    Act.ANSWER: gettext_lazy("Answered. The centre closes it."),
    Act.ASK_AGAIN: gettext_lazy("Sent back to the agency."),
    Act.REWARD: gettext_lazy("The reward is noted."),
    Act.CLOSE: gettext_lazy("The tip-off is closed."),
}
