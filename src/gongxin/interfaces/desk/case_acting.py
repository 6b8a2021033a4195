"""Taking one act with a part of a case at the desk: to the flow, and refusals back into the form."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from gongxin.core.cases import Kind, Party, Who, Words
from gongxin.flows import steer_case
from gongxin.flows.case_acts import take_act
from gongxin.flows.case_steps import TakenMeanwhile
from gongxin.interfaces import clock
from gongxin.interfaces.desk.case_forms import Acts, PartForm, SteerForm
from gongxin.interfaces.desk.case_reach import Reached, possible_steering, possible_steps
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.case_refusals import REFUSALS, refusals_in_words
from gongxin.interfaces.parties import who_of
from gongxin.registry.cases.models import Part, Point
from gongxin.registry.cases.queries import points_of, running_clocks

STEER, PREPARE = "steer:", "prepare"


@dataclass(frozen=True, slots=True)
class Desk:
    """One part on the page: what may be done with it now, and in which forms."""

    part: Part
    points: list[Point]
    acts: Acts
    form: PartForm
    steering: list[str]
    steer: SteerForm


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form that was sent: done; or shown again, perhaps because another was quicker."""

    done: bool = False
    meanwhile: bool = False


def desk_of(
    request: HttpRequest, reached: Reached, part: Part, number: int, data: QueryDict | None = None
) -> Desk:
    """Return a part with its forms; `data` is what was sent about it."""
    acts = Acts(Kind(part.kind), possible_steps(request, reached, part))
    steering, points = possible_steering(request, reached, part), list(points_of(part))
    steers = data is not None and data.get("act", "").startswith(STEER)
    typed = kept_form.taken(request)
    initial = _typed(typed, f"p{number}") if typed is not None else {}
    return Desk(
        part=part,
        points=points,
        acts=acts,
        form=PartForm(
            None if steers else data, part=part, points=points, acts=acts, prefix=f"p{number}",
            initial=initial,
        ),
        steering=steering,
        steer=SteerForm(
            data if steers else None, acts=steering, limits=[one.limit for one in running_clocks(part)],
            prefix=f"s{number}", initial=_typed(typed, f"s{number}") if typed is not None else {},
        ),
    )  # fmt: skip


def act_on(request: HttpRequest, desk: Desk) -> Outcome:
    """Take the act that was sent. Raises PermissionDenied, BadRequest for what no page offers."""
    act, at = request.POST.get("act", ""), clock.now()
    form: forms.Form = desk.steer if act.startswith(STEER) else desk.form
    if form.is_valid() and form is desk.form:
        desk.form.complain_for(act)
    if not form.is_valid():
        return Outcome()
    try:
        if act.startswith(STEER):
            return Outcome(done=_steer(request, desk, act.removeprefix(STEER), at))
        _take(request, desk, act, at)
    except TakenMeanwhile:
        return Outcome(meanwhile=True)
    except REFUSALS as refused:
        _show(desk, form, refused)
        return Outcome()
    return Outcome(done=True)


def seen_of(request: HttpRequest) -> int:
    """Return how many steps had been taken when the form was shown. Raises BadRequest."""
    written = request.POST.get("seen", "")
    if not (written.isdecimal() and written.isascii() and len(written) < len("100000")):
        raise BadRequest("seen")
    return int(written)


def part_asked(request: HttpRequest, reached: Reached) -> Part:
    """Return the part a form is about. Raises Http404."""
    try:
        wanted = UUID(request.POST.get("part", ""))
    except ValueError as none:
        raise Http404 from none
    found = next((part for part in reached.parts if part.id == wanted), None)
    if found is None:
        raise Http404
    return found


def _take(request: HttpRequest, desk: Desk, act: str, at: datetime) -> None:
    step, party = next((one for one in desk.acts.steps if one[0].act == act), (None, None))
    seen = seen_of(request)
    if step is None or party is None:
        if desk.part.steps_taken != seen:
            raise TakenMeanwhile(desk.part.id.hex)
        raise PermissionDenied(_("This is not yours to do."))
    told = desk.form.cleaned_data
    words = Words(
        reason=told["reason"].strip(),
        basis=told.get("basis", "").strip() if step.ends else "",
        remedy=told.get("remedy", "").strip() if step.ends else "",
        decided_on=told.get("decided_on") if step.ends else None,
        detail=desk.form.detail(),
    )
    who = who_of(request, as_second=party is Party.SECOND)
    take_act(Kind(desk.part.kind), act, part_id=desk.part.id, seen=seen, who=who, words=words, at=at)


def _steer(request: HttpRequest, desk: Desk, act: str, at: datetime) -> bool:
    if act not in desk.steering:
        if desk.part.steps_taken != seen_of(request):
            raise TakenMeanwhile(desk.part.id.hex)
        raise PermissionDenied(_("This is not yours to do."))
    told = desk.steer.cleaned_data
    given: dict[str, Any] = {
        "part_id": desk.part.id, "seen": seen_of(request), "who": _steerer(request),
        "words": Words(reason=told["why"].strip()), "at": at,
    }  # fmt: skip
    if act == "extend":
        steer_case.extend_limit(
            **given, limit=told.get("limit", ""), working_days=told.get("working_days") or 0
        )
    elif act == "hand-over":
        body = desk.steer.body()
        if body is None:
            return False
        steer_case.hand_over(**given, to=body)
    else:
        {"pause": steer_case.pause, "resume": steer_case.resume, "escalate": steer_case.escalate}[act](
            **given
        )
    return True


def _steerer(request: HttpRequest) -> Who:
    return who_of(request)


def _show(desk: Desk, form: forms.Form, refused: Exception) -> None:
    """Put what is wrong beside the field it is about."""
    places = {point.field: point.place for point in desk.points}
    for one in refusals_in_words(refused):
        name = one.field
        if name in {"answer", "value"}:
            name = f"{name}_{one.place or places.get(one.key, 0)}"
        if name == "reason" and form is desk.steer:
            name = "why"
        form.add_error(name if name in form.fields else None, one.words)


def _typed(typed: QueryDict, prefix: str) -> dict[str, str]:
    start = f"{prefix}-"
    return {key.removeprefix(start): str(typed[key]) for key in typed if key.startswith(start)}


def prepared(request: HttpRequest, desk: Desk, number: int) -> Desk:
    """Return a part with a prepared reason put into its form, and all else as it was typed."""
    wanted = request.POST.get(f"p{number}-template", "")
    found = next((one for _act, of_act in desk.acts.templates for one in of_act if one.id == wanted), None)
    initial = _typed(request.POST, f"p{number}")
    if found is not None:
        initial |= {"reason": found.text, "basis": found.basis}
    form = PartForm(
        None, part=desk.part, points=desk.points, acts=desk.acts, prefix=f"p{number}", initial=initial
    )
    return replace(desk, form=form)
