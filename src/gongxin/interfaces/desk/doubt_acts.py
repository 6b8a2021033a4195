"""What can be done about a doubtful link at the desk: decide it, confirm a merge, undo either."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gongxin.flows.decide_doubt import decide, undo
from gongxin.flows.merge import merge
from gongxin.interfaces import clock
from gongxin.interfaces.desk.doubt_form import DecisionForm
from gongxin.interfaces.desk.doubt_history import standing_of
from gongxin.interfaces.desk.doubt_words import REFUSALS
from gongxin.interfaces.desk.doubts import Asked, case_address
from gongxin.interfaces.desk.ground import GroundForm
from gongxin.interfaces.permissions import actor_of, permit
from gongxin.registry.subjects.doubt_queue import beside, cases, doubts_of_case, open_doubts
from gongxin.registry.subjects.models import CANNOT_TELL, Doubt, Judgement, Merge

SHOWN = 3  # candidates of one row


def is_open(said: Judgement | None) -> bool:
    """Return whether a candidate still asks for a decision: nobody has said anything, or could not tell."""
    return said is None or said.verdict == CANNOT_TELL


def merge_of(doubt: Doubt) -> Merge | None:
    """Return the merge that stands on a doubt."""
    return Merge.objects.filter(judgement__doubt=doubt, undone_at=None).first()


def act_on(request: HttpRequest, lead: Doubt, asked: Asked, form: DecisionForm, second: GroundForm) -> str:
    """Do what the pressed button says; return where to go then, or nothing where it was not done."""
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return ""
    try:
        return act(request, lead, asked, form, second)
    except tuple(REFUSALS) as refused:
        messages.error(request, str(REFUSALS[type(refused)]))
        return ""


def _decide(request: HttpRequest, lead: Doubt, asked: Asked, form: DecisionForm, _second: GroundForm) -> str:
    permit(request, action="doubt.judge")
    if not form.is_valid():
        return ""
    meant = _meant(lead, form.chosen)
    decide(
        doubts=meant,
        verdict=form.cleaned_data["verdict"],
        ground=form.cleaned_data["why"],
        actor=actor_of(request),
        at=clock.now(),
    )
    return _onward(request, lead, asked, meant[0])


def _confirm(request: HttpRequest, lead: Doubt, asked: Asked, _form: DecisionForm, second: GroundForm) -> str:
    permit(request, action="merge.decide")
    judgement = standing_of(lead)
    if judgement is None or not second.is_valid():
        return ""
    merge(
        judgement=judgement,
        decided_by=actor_of(request),
        ground=second.cleaned_data["ground"],
        at=clock.now(),
    )
    return _onward(request, lead, asked, lead)


def _undo(request: HttpRequest, lead: Doubt, asked: Asked, _form: DecisionForm, second: GroundForm) -> str:
    permit(request, action="merge.undo" if merge_of(lead) else "doubt.judge")
    if not second.is_valid():
        return ""
    undo(doubt=lead, ground=second.cleaned_data["ground"], actor=actor_of(request), at=clock.now())
    messages.success(request, _("Undone. The case waits again."))
    return case_address(lead.id, asked)


_Act = Callable[[HttpRequest, Doubt, Asked, DecisionForm, GroundForm], str]
_ACTS: Mapping[str, _Act] = {"decide": _decide, "confirm": _confirm, "undo": _undo}


def _meant(lead: Doubt, chosen: UUID | None) -> list[Doubt]:
    """Return the doubts a decision is about: the candidate chosen, or all that are shown and open."""
    case = doubts_of_case(lead)
    waiting = [one for one in case if is_open(standing_of(one))][:SHOWN] or [lead]
    return waiting if chosen is None else [one for one in case if one.id == chosen] or [lead]


def _onward(request: HttpRequest, lead: Doubt, asked: Asked, decided: Doubt) -> str:
    """Return the address of what comes after a decision: the rest of the case, the next case, the list."""
    case = [one.id for one in doubts_of_case(lead)]
    rest = open_doubts().filter(id__in=case).order_by("-score", "id").first()
    next_case = rest or beside(lead, asked.narrowed)[1] or cases(asked.narrowed).first()
    if next_case is None:
        messages.success(request, _("Decided. Nothing else waits here."))
    address = case_address(next_case.id, asked) if next_case else f"{reverse('desk:doubts')}?{asked.query}"
    return f"{address}{'&' if '?' in address else '?'}decided={decided.id.hex}"
